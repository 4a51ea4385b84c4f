"""How what is published is named and loaded wherever people see it: in the panel and on the public pages.

labels.py    what nouns and values are called
naming.py    what single records are called
days.py      days and imprecise dates as people write them
vacancies.py how many places a service has
tables.py    tables as CSV
assets.py    stylesheets and scripts, named after their content
"""
