"""Parents of many tables get a column with a rule of its own, in the middle of everything that points to them."""

from importlib import import_module

from tortoise import migrations

from service.migrations.operations import RemakeTable, RunStatements, statements_beside

FIRST = str(import_module("service.migrations.versions.0001_initial").__file__)
RULE = "CONSTRAINT {table}_standing_choice CHECK (standing IN ('known', 'new'))"
NEW = "standing TEXT NOT NULL DEFAULT 'new'"


def body(table: str) -> str:
    """What stood in the brackets; a real migration writes it out, this one follows the first, which may change."""
    start = f'CREATE TABLE "{table}" (\n'
    made = next(text for text in statements_beside(FIRST, "sqlite") if text.startswith(start))
    old = made.removeprefix(start).removesuffix("\n)")
    return f"\n    {NEW},\n{old},\n    {RULE.format(table=table)}\n"


class Migration(migrations.Migration):
    dependencies = [("kopa", "0001_initial")]
    operations = [
        *(
            RemakeTable(
                table,
                body=body(table),
                fill={"standing": "'known'"},
                postgres=[
                    f"ALTER TABLE {table} ADD COLUMN {NEW} {RULE.format(table=table)}",
                    f"UPDATE {table} SET standing = 'known'",
                    "SET CONSTRAINTS ALL IMMEDIATE",
                ],
            )
            for table in ("record", "organisation", "region")
        ),
        RunStatements(
            sqlite=["CREATE INDEX organisation_standing_idx ON organisation (standing)"],
            postgres=["CREATE INDEX organisation_standing_idx ON organisation (standing)"],
        ),
    ]
