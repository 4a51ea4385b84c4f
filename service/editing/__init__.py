"""The only way to write: every change of what is published goes through here, as one transaction."""
