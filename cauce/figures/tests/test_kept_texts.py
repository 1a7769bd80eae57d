"""The SQL of definitions is compiled once and found by the next process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cauce import mission
from cauce.figures import compiling
from cauce.mission.definition import FigureDefinition


@pytest.fixture
def people() -> FigureDefinition:
    return mission.current().figures["assistance.people_direct"]


def forget() -> None:
    """As a new process begins."""
    for shape in (compiling.totals, compiling.cells, compiling.by_month, compiling.records, compiling.of_record):
        shape.cache_clear()


@pytest.fixture(autouse=True)
def _new_process():
    forget()
    yield
    forget()


def kept(home: Path) -> list[Path]:
    return sorted(home.glob("facts/.compiled/*/*.json"))


def test_a_text_is_read_where_it_was_kept(people, tmp_path):
    compiled = compiling.cells(people, "sex", office=False)
    (path,) = kept(tmp_path)
    # Another text, rightly signed, stands for "it was read and not compiled".
    text = "SELECT 1"
    path.write_text(json.dumps({"sql": text, "parameters": [], "sum": compiling._sum(text, [])}))
    forget()
    assert compiling.cells(people, "sex", office=False).sql == text != compiled.sql


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"sql": "SELECT 1", "parameters": [], "sum": "0"}'])
def test_a_damaged_text_is_compiled_again(people, tmp_path, damage):
    compiled = compiling.totals(people, ("sex",), office=True)
    (path,) = kept(tmp_path)
    path.write_text(damage)
    forget()
    assert compiling.totals(people, ("sex",), office=True) == compiled


def test_another_definition_has_another_text(people, tmp_path):
    first = compiling.by_month(people, office=False)
    narrower = replace(people, sources=people.sources[:1], with_consent=True)
    assert len(kept(tmp_path)) == 1
    compiling.by_month(narrower, office=False)
    compiling.by_month(people, office=True)
    assert len(kept(tmp_path)) == 3
    forget()
    assert compiling.by_month(people, office=False) == first


def test_texts_of_another_version_are_removed(people, tmp_path):
    old = tmp_path / "facts" / ".compiled" / "older"
    old.mkdir(parents=True)
    (old / "one.json").write_text("{}")
    compiling.of_record()
    assert not old.exists()
    assert len(kept(tmp_path)) == 1


def test_a_folder_that_cannot_be_written_is_no_obstacle(people, tmp_path):
    (tmp_path / "facts").write_text("a file where the folder should be")
    assert compiling.of_record().parameters == {"room", "record"}


def test_a_process_that_finds_its_texts_never_imports_ibis(people, tmp_path):
    compiling.totals(people, (), office=False)
    program = (
        "import sys, django; django.setup()\n"
        "from cauce import mission; from cauce.figures import compiling\n"
        "compiling.totals(mission.current().figures['assistance.people_direct'], (), office=False)\n"
        "print(sorted({'ibis', 'sqlglot', 'duckdb', 'pyarrow'} & set(sys.modules)))"
    )
    environment = {**os.environ, "CAUCE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cauce.settings"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
