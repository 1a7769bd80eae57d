"""The database itself refuses to change or remove a step of the log."""

from django.db import migrations

TABLES = ("audit_entry", "audit_seal")
SAYS = "the audit log is append-only"


def _sqlite(table: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    )


def guard(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                run(_sqlite(table, act))
        return
    run(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
    )
    for table in TABLES:
        run(f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} EXECUTE FUNCTION audit_refuse()")


def release(apps, schema_editor):
    run = schema_editor.execute
    for table in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            for act in ("update", "delete"):
                run(f"DROP TRIGGER {table}_no_{act}")
        else:
            run(f"DROP TRIGGER {table}_append_only ON {table}")
    if schema_editor.connection.vendor != "sqlite":
        run("DROP FUNCTION audit_refuse()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, release)]
