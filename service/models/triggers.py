"""What no constraint can hold: a row of a noun has a published record, and some tables only grow."""

from __future__ import annotations

from collections.abc import Iterator

from service import models
from service.models.fields import Dialect

KEPT = ("record", "slug", "revision", "change", "confirmation", "availability", "account", "audit_entry")
"""Tables from which nothing is ever deleted."""

PARTIAL_DATE = """CREATE FUNCTION is_partial_date(said text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CASE
        WHEN said !~ '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$' OR said < '0001' THEN FALSE
        WHEN length(said) < 10 THEN TRUE
        ELSE right(said, 2)::int <= extract(day FROM
            make_date(left(said, 4)::int, substr(said, 6, 2)::int, 1) + interval '1 month' - interval '1 day')
    END
$$"""

REFUSE = """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$"""

RECORD_OF_NOUN = "NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = TG_TABLE_NAME AND state = 'published')"


def functions(dialect: Dialect) -> Iterator[str]:
    """What constraints and triggers of PostgreSQL call; SQLite writes it out in each of them."""
    if dialect == "sqlite":
        return
    yield PARTIAL_DATE
    yield REFUSE.format(name="record_of_noun", condition=RECORD_OF_NOUN)
    yield REFUSE.format(name="record_without_row", condition=_record_has_row())
    yield REFUSE.format(name="kept_for_ever", condition="TRUE")


def triggers(dialect: Dialect) -> Iterator[str]:
    """The triggers, after all tables are there."""
    for noun in models.NOUNS:
        yield from _record_of_noun(noun, dialect)
    yield _trigger("record_without_row", "UPDATE OF state, noun", "record", _record_has_row(), dialect)
    for table in KEPT:
        yield _trigger(f"{table}_kept", "DELETE", table, None, dialect, "kept_for_ever")


def _record_of_noun(noun: str, dialect: Dialect) -> Iterator[str]:
    name, refused = f"{noun}_record_of_noun", "record_of_noun"
    if dialect == "postgres":
        yield _trigger(name, "INSERT OR UPDATE OF id", noun, None, dialect, refused)
        return
    condition = RECORD_OF_NOUN.replace("TG_TABLE_NAME", f"'{noun}'")
    yield _trigger(f"{name}_insert", "INSERT", noun, condition, dialect, refused)
    yield _trigger(f"{name}_update", "UPDATE OF id", noun, condition, dialect, refused)


def _record_has_row() -> str:
    """A record leaves the published ones, or changes its noun, while its noun's table still has its row."""
    rows = " OR ".join(f'EXISTS (SELECT 1 FROM "{noun}" WHERE id = OLD.id)' for noun in models.NOUNS)
    return f"(NEW.state <> 'published' OR NEW.noun <> OLD.noun) AND ({rows})"


def _trigger(
    name: str, act: str, table: str, condition: str | None, dialect: Dialect, refused: str | None = None
) -> str:
    head = f'CREATE TRIGGER {name} BEFORE {act} ON "{table}"\n'
    if dialect == "postgres":
        return f"{head}    FOR EACH ROW EXECUTE FUNCTION {refused or name}()"
    when = f"WHEN {condition}\n" if condition else ""
    return f"{head}{when}BEGIN\n    SELECT RAISE(ABORT, '{refused or name}');\nEND"
