"""Every table as it was at first. The statements are written by `python -m service.migrations.freeze`."""

from tortoise import migrations

from service.migrations.operations import RunStatements, statements_beside

CLOCK = "INSERT INTO change_clock (id, seq, epoch) VALUES (1, 0, {epoch})"


class Migration(migrations.Migration):
    initial = True
    operations = [
        RunStatements(
            sqlite=statements_beside(__file__, "sqlite"),
            postgres=statements_beside(__file__, "postgresql"),
        ),
        RunStatements(
            sqlite=[CLOCK.format(epoch="lower(hex(randomblob(8)))")],
            postgres=[CLOCK.format(epoch="left(replace(gen_random_uuid()::text, '-', ''), 16)")],
        ),
    ]
