"""What people without an account ask for: that their organisation enters the directory, or to speak for one.

Nothing tells whether an address has an account. What arrives is bounded, for each network and in all, and waits for an
editor; the words go ninety days after somebody decided.
"""
