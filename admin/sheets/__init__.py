"""Sheets: records as rows of a table, written and read by the same declaration."""
