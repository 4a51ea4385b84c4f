"""What the directory asks people by mail: is everything still true, and is this cooperation so?

Answers are acts. A letter's link is all that is needed to answer; looking at it answers nothing.
"""
