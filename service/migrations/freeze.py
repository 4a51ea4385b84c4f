"""Write the statements of the first migration anew from the models: `python -m service.migrations.freeze`.

Only as long as nothing is released: from then on a database somewhere was made with them, and a change of the
models needs a migration of its own.
"""

from __future__ import annotations

from pathlib import Path

from service.migrations.operations import BETWEEN
from service.models.ddl import schema
from service.models.fields import Dialect

ENGINES: dict[str, Dialect] = {"sqlite": "sqlite", "postgresql": "postgres"}
FIRST = Path(__file__).parent / "versions" / "0001_initial.py"


def frozen(dialect: Dialect) -> str:
    """The text of one engine's file."""
    statements = schema(dialect)
    assert not any(BETWEEN in statement for statement in statements)
    return BETWEEN.join(statements) + ";\n"


def main() -> None:
    for engine, dialect in ENGINES.items():
        FIRST.with_suffix(f".{engine}.sql").write_text(frozen(dialect), "utf-8")


if __name__ == "__main__":
    main()
