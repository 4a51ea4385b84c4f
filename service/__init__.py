"""Kopā ("together"): an open directory of organisations, social services and their cooperation in Latvia."""

__version__ = "0.1.0"
