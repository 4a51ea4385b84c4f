"""The handbook: the services of a region by kind, as one reads them on paper.

scope.py       which services, in which parts and chapters
entries.py     one service in words
content.py     the whole handbook: parts, chapters, entries, indexes, sources, imprint
typography.py  quotes, dashes and spaces as the language sets them
page.py        on the site: contents, chapters, the whole for printing
file.py        as one HTML file
pdf.py         as PDF, laid out by `handbook.typ`
"""
