"""Introductions: who would do well to meet, and of whom no cooperation with the municipal side is known.

working.py       where an organisation works, with whom it belongs together, whom it knows
needs.py         which services meet which stated needs
reason.py        why two are introduced, in words
suggesting.py    what speaks for introducing one organisation to others
ranking.py       who comes first among many
introduction.py  the partners suggested to an organisation
unconnected.py   the NGOs of a region without a known link with its municipal side
"""
