"""Tortoise's clients for SQLite and PostgreSQL, made safe against cancellation.

The names `sqlite` and `asyncpg` matter: tortoise's migrations choose the SQL dialect by the name of the
module in which a client class is written.
"""
