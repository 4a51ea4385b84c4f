"""For machines: where every page is, what they may visit, and the results of a search as feeds and tables.

sitemap.py  every public page, in parts
robots.py   what is not for them
feeds.py    the newest changes of what a search finds, as Atom
tables.py   what a search finds, as CSV
answers.py  answers that are written piece by piece
"""
