"""The migrations of a later version, as it might be."""
