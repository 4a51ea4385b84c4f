"""The results of a search: one question in the address, what fits, what else one could ask.

asked.py    what the address asks, and how it is written there again
finding.py  a page of what fits
facets.py   what one can narrow it by, with counts
instead.py  what is near when little or nothing fits
page.py     the page, and suggestions while somebody types
"""
