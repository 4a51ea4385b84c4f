"""What a municipality's planner needs before a decision about one kind of service, on a page made for printing.

givers.py      who is known to give it here, in the municipalities beside, and in the whole country
agreements.py  what municipalities have agreed on, with prices and documents
unknown.py     what is not known, said plainly
citing.py      the sources, numbered as they are used
page.py        the page
"""
