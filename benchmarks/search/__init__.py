"""How well stems bring words together, and what a search takes."""
