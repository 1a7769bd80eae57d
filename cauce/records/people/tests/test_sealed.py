"""What somebody with the database and no keys reads: no name."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cauce.records.people import actions
from cauce.records.people.models import TravelGroup

BEFORE = [("people", "0001_initial")]


def stored() -> str:
    """Every value of the room's tables, as the file holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("people_"):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found += [bytes(v).decode("latin-1") if isinstance(v, (bytes, memoryview)) else str(v)
                          for row in cursor.fetchall() for v in row]  # fmt: skip
    return "\n".join(found)


def test_no_name_contact_or_document_stands_in_the_tables(cast):
    agreed = {"service": True, "statistics": True}
    person = actions.register(by=cast.ana, given_names="Ixchel", first_surname="Balamku", known_as="Chela",
                              phone="664 123 4567", consents=agreed)  # fmt: skip
    actions.add_document(person, by=cast.ana, type="passport", number="E1234567")
    group = actions.create_group(person, by=cast.ana, label="Familia Balamku")
    held = stored()
    for told in ("Ixchel", "Balamku", "Chela", "1234567", "123 4567"):
        assert told not in held
    assert TravelGroup.objects.get(pk=group.pk).label == "Familia Balamku"


@pytest.mark.django_db(transaction=True)
def test_labels_written_before_are_sealed():
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    old = executor.loader.project_state(BEFORE).apps
    try:
        office = old.get_model("access", "Office").objects.create(code="TIJ", name="Tijuana")
        groups = old.get_model("people", "TravelGroup")
        named = groups.objects.create(office=office, label="Familia Balamku", recorded_by="x")
        bare = groups.objects.create(office=office, label="", recorded_by="x")
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert "Balamku" not in stored()
    assert TravelGroup.objects.get(pk=named.pk).label == "Familia Balamku"
    assert TravelGroup.objects.get(pk=bare.pk).label is None
