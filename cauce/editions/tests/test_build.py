"""Building the files: all of them or none."""

from __future__ import annotations

import pytest

from cauce.editions import actions, build, printing, queries
from cauce.editions.tests import invented, pdfs
from cauce.editions.verification import verify
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast):
    invented.keep([*invented.year(), *invented.interviews()])
    return actions.draft("en-cifras", Period.year(2022), by=cast.info)


def test_everything_is_written_and_verified(edition, tmp_path):
    out = tmp_path / "out" / "mexico-2022"
    names = {path.name for path in build.build_outputs(edition, out)}
    assert names == set(build.OUTPUTS)
    assert all(path.stat().st_size > 200 for path in out.iterdir())
    assert verify(out / "edition.zip").complete
    assert not verify(out / "edition-public.zip").complete


def test_built_again_the_bytes_are_equal(edition, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for out in (one, other, other):
        build.build_outputs(edition, out)
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name


def test_a_build_that_dies_leaves_what_was_there(edition, tmp_path):
    out = tmp_path / "out"
    build.build_outputs(edition, out)
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}

    class Killed(BaseException):
        pass

    def die(name: str) -> None:
        if name == "figures.csv":
            raise Killed

    with pytest.raises(Killed):
        build.build_outputs(edition, out, progress=die)
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_lost_folder_is_built_again(edition):
    path = build.output(edition, "figures.csv")
    path.unlink()
    assert build.output(edition, "figures.csv").is_file()


def test_the_flow_report_prints_from_the_same_facts(cast, edition):
    report = actions.draft("flow-monitoring", Period.parse("2022-Q4"), by=cast.info)
    assert report.name == "flow-monitoring-2022-q4"
    pdf = pdfs.open_pdf(printing.pdf(build.document_of(report).to_json(), build.moment_of(build.values_of(report))))
    assert len(pdf.pages) == 2
    text = pdfs.text(pdf)
    assert "400" in text
    assert "no a una población" in text


def test_a_full_disk_is_said_and_nothing_is_lost(edition, tmp_path, monkeypatch):
    out = tmp_path / "out"
    build.build_outputs(edition, out)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build.os, "fsync", full)
    with pytest.raises(Problem) as stopped:
        build.build_outputs(edition, out)
    assert stopped.value.code == "editions.not_written"
    assert {path.name for path in out.iterdir()} == set(build.OUTPUTS)


def test_what_a_killed_build_moved_aside_comes_back(edition, tmp_path):
    out = tmp_path / "out"
    build.build_outputs(edition, out)
    out.rename(tmp_path / ".out.abc.before")
    build.build_outputs(edition, out)
    assert not (tmp_path / ".out.abc.before").exists()
    assert out.is_dir()


def test_a_command_finds_an_edition_by_its_name_or_its_key(edition):
    assert queries.named("mexico-2022") == edition
    with pytest.raises(Problem) as unknown:
        queries.named("mexico-1999")
    assert "mexico-2022" in unknown.value.advice
