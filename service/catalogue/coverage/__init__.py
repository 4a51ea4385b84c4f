"""Coverage: which services are known where, who gives them, and what both sides say of what is lacking.

question.py    what is asked, and what counts
place.py       one region as the question sees it
provider.py    who gives a category there, and by which links
capacity.py    how many people they can take
statements.py  what the municipal side and NGOs say
cell.py        one category in one region
coverage.py    all regions and categories asked for
"""

from service.catalogue.coverage.coverage import Coverage, coverage

__all__ = ["Coverage", "coverage"]
