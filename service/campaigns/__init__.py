"""Campaigns: organisations are invited by letter to keep their own profile, and what comes of it is told.

Whether somebody answered is read off what they did, not kept beside it. An address stands in one row only, is in no
log and no revision, and goes ninety days after its campaign was closed.
"""
