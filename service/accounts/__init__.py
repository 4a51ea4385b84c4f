"""Who people are: accounts, ways to sign in, sessions, API tokens, and the audit of all that.

What each may do with records is in `service.editing.policy`. Secrets are random (128 bits or more), shown once and
kept as their SHA-256; what is used once is used up by one statement, so that two at a time cannot both use it.
"""
