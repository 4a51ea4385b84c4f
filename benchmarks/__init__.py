"""Measurements, by hand or by `make benchmark`; nothing here fails on a time."""
