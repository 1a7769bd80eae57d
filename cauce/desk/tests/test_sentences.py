"""Every step of the log is said in words, not in names of tables and roles."""

from __future__ import annotations

from django.apps import apps

from cauce.desk.sentences import THINGS, role_name
from cauce.records.base import Record


def test_every_table_of_records_has_its_words():
    tables = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Record)}
    assert tables - set(THINGS) == set()


def test_no_words_are_kept_for_tables_that_are_gone():
    assert set(THINGS) <= {model._meta.label_lower for model in apps.get_models()}


def test_roles_are_said_in_words():
    assert role_name("case_worker+trainer") == "Gestión de casos, Capacitación"
    assert role_name("a_role_of_the_past") == "a_role_of_the_past"
