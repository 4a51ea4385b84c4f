"""What keeps the pages of the panel to their visitors: headers, and posts from our own pages only."""

from __future__ import annotations

from service.pages.account.security import HEADERS as ACCOUNT

HEADERS = {
    **ACCOUNT,
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'",
}

LARGEST_FORM = 600_000
"""Bytes: two texts of the longest kind in both languages, each letter of which may take six."""

LARGEST_UPLOAD = 5_200_000
"""Bytes: a file of a sheet, with what a form puts around it."""

MOST_FIELDS = 10_000
