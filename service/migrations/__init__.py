"""How the tables come to be, and how they change from one version of Kopā to the next.

`versions/` holds the migrations, numbered, each depending on the one before it. A migration is made of the
operations in `operations.py` only: tortoise's own ones drop constraints, and on SQLite indexes and triggers
too. Its SQL is written out, never derived from the models, since the models will change and it must not.

    class Migration(migrations.Migration):
        dependencies = [("kopa", "0001_initial")]
        operations = [RunStatements(sqlite=[...], postgres=[...])]

`runner.py` applies them. Until the first release `python -m service.migrations.freeze` writes the first one
anew.
"""
