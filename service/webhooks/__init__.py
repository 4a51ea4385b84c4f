"""Webhooks: programs elsewhere are told each change that is public, in the order of the log, signed.

Messages follow Standard Webhooks (https://www.standardwebhooks.com). A change is sent until it is taken, and only then
the next one; so it can come twice, with the same id. What is sent is made of the change log when it is sent.
"""
