"""How the database is, in words: what `kopa check` says."""

from service.database import Database
from service.errors import DatabaseError

MOST_ORGANISATIONS = 100_000
"""The catalogue is not meant for more on one machine's memory."""


async def health(database: Database) -> list[str]:
    """What is in order, a sentence each.

    :raises DatabaseError: something is not.
    """
    told = [await _whole(database), await _log(database), await _sizes(database)]
    return [sentence for sentence in told if sentence]


async def _whole(database: Database) -> str:
    if database.dialect == "postgres":
        [row] = await database.fetch("SELECT current_setting('server_version') AS version")
        return f"PostgreSQL {row['version']} answers; it keeps its own files whole."
    [row] = await database.fetch("PRAGMA quick_check(1)")
    if next(iter(row.values())) != "ok":
        raise DatabaseError("The SQLite file is damaged; restore it from a backup.")
    broken = await database.fetch("PRAGMA foreign_key_check")
    if broken:
        raise DatabaseError(f"{len(broken)} rows point to rows that do not exist; restore the file from a backup.")
    return "The SQLite file is whole, and every row that points to another finds it."


async def _log(database: Database) -> str:
    [clock] = await database.fetch("SELECT seq FROM change_clock WHERE id = 1")
    [log] = await database.fetch("SELECT COUNT(*) AS entries, COALESCE(MAX(seq), 0) AS newest FROM change")
    if not clock["seq"] == log["entries"] == log["newest"]:
        raise DatabaseError(
            f"The change log is not whole: the clock says {clock['seq']}, the newest entry is {log['newest']}, "
            f"and there are {log['entries']}."
        )
    return f"The change log has {clock['seq']} entries without a gap."


async def _sizes(database: Database) -> str:
    [row] = await database.fetch("SELECT COUNT(*) AS organisations FROM organisation")
    [records] = await database.fetch("SELECT COUNT(*) AS published FROM record WHERE state = 'published'")
    told = f"{records['published']} records are published, {row['organisations']} of them organisations."
    if row["organisations"] > MOST_ORGANISATIONS:
        told += f" That is more than the {MOST_ORGANISATIONS} that one machine's memory is meant for."
    return told
