"""What ships: regions, taxonomies, a starter directory with its evidence; `docs/starter.md` says from where."""

from service.starter.loading import drafts, is_due, load_starter

__all__ = ["drafts", "is_due", "load_starter"]
