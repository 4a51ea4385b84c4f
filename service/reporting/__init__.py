"""What readers report about records: taken without asking who they are, shown to editors, closed, forgotten.

masking.py   takes out of what somebody wrote what may be about a person
reports.py   reports as they are kept
messages.py  what a report is refused with
"""
