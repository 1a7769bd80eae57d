"""The archive: whoever changes, adds, removes or renames anything is found out, in one sentence."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cauce import keys
from cauce.editions import actions, archive, build, facts_file
from cauce.editions.recount import definitions_of, differences, failed_sums
from cauce.editions.tests import invented, samples
from cauce.editions.values import Sum, Values
from cauce.editions.verification import verify
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.keys.ring import KeyRing, write_key_file

ISO = "2023-01-15T10:30:00+00:00"
_made: dict[bool, bytes] = {}


@pytest.fixture
def packed(cast):
    """A function that gives a real archive, made once: of a draft, with or without the facts."""

    def give(*, restricted: bool = True) -> bytes:
        if restricted not in _made:
            invented.keep(invented.year())
            edition = actions.draft("en-cifras", Period.year(2022), by=cast.info)
            _made.update({each: build.archive_of(edition, restricted=each) for each in (True, False)})
        return _made[restricted]

    return give


@pytest.fixture
def whole(packed, tmp_path):
    path = tmp_path / "edition.zip"
    path.write_bytes(packed())
    return path


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def zipped(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in contents.items():
            target.writestr(name, data)
    return out.getvalue()


def refused(path, data: bytes) -> Problem:
    path.write_bytes(data)
    with pytest.raises(Problem) as stopped:
        verify(path)
    assert stopped.value.sentence.endswith(".")
    assert "%(" not in str(stopped.value)
    return stopped.value


def test_a_whole_archive_is_recounted(whole):
    verified = verify(whole)
    assert verified.complete
    assert verified.name == "mexico-2022"
    assert any("Recontadas" in finding.text for finding in verified.findings)


def test_every_tampering_with_every_member_is_found(packed, tmp_path):
    path, original = tmp_path / "edition.zip", members(packed())
    assert len(original) == 8
    for name, data in original.items():
        without = {each: content for each, content in original.items() if each != name}
        refused(path, zipped({**original, name: data[:-1] + bytes([data[-1] ^ 1])}))
        refused(path, zipped({**original, name: b""}))
        refused(path, zipped(without))
        refused(path, zipped({**without, f"{name}.bak": data}))
    refused(path, zipped({**original, "public/nota.txt": b"hola"}))


def test_the_sentence_names_what_changed(packed, tmp_path):
    contents = members(packed())
    contents[archive.FIGURES] = contents[archive.FIGURES].replace(b"227", b"228")
    assert archive.FIGURES in refused(tmp_path / "edition.zip", zipped(contents)).sentence


def test_a_file_that_is_no_archive_is_said(tmp_path, packed):
    path = tmp_path / "edition.zip"
    assert refused(path, b"hola").code == "editions.archive_damaged"
    assert refused(path, packed()[:-200]).code == "editions.archive_damaged"
    broken = bytearray(packed())
    broken[600:640] = bytes(40)
    refused(path, bytes(broken))
    with pytest.raises(Problem) as missing:
        verify(tmp_path / "no.zip")
    assert missing.value.code == "editions.archive_missing"


@pytest.mark.parametrize("manifest", [b"[" * 200_000, b'{"members":' * 100_000, b"[]", b"7", b"null", b"\xff"])
def test_no_manifest_whatever_breaks_the_reader(packed, tmp_path, manifest):
    problem = refused(tmp_path / "edition.zip", zipped({**members(packed()), archive.MANIFEST: manifest}))
    assert problem.code == "editions.archive_damaged"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_in_another_way_are_refused(packed, tmp_path, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name, data in members(packed()).items():
            target.writestr(name, data)
    assert refused(tmp_path / "edition.zip", out.getvalue()).code == "editions.archive_damaged"


def test_the_order_of_the_members_says_nothing(packed, tmp_path):
    path = tmp_path / "edition.zip"
    path.write_bytes(zipped(dict(reversed(members(packed()).items()))))
    assert verify(path).complete


@given(st.lists(st.tuples(st.integers(min_value=0), st.integers(1, 255)), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_byte_changed_anywhere_is_a_traceback(packed, tmp_path, changes):
    data = bytearray(packed())
    for place, change in changes:
        data[place % len(data)] ^= change
    path = tmp_path / "edition.zip"
    path.write_bytes(bytes(data))
    try:
        contents = archive.unpack(path)
    except Problem as problem:
        assert problem.code.startswith("editions.archive_")
    else:
        # A byte of the container that says nothing, such as a date: every member is as it was.
        assert {**contents.members, archive.MANIFEST: b"", archive.SIGNATURE: b""} == {
            **members(packed()),
            archive.MANIFEST: b"",
            archive.SIGNATURE: b"",
        }


def test_the_same_member_twice_is_refused(packed, tmp_path):
    out = io.BytesIO(packed())
    with zipfile.ZipFile(out, "a") as target, pytest.warns(UserWarning):
        target.writestr(archive.FIGURES, b"key,value,unit\n")
    assert refused(tmp_path / "edition.zip", out.getvalue()).code == "editions.archive_damaged"


def test_a_signer_may_be_demanded(whole):
    ours = keys.fingerprint()
    assert verify(whole, fingerprint=ours.replace(" ", "").upper()).fingerprint == ours
    with pytest.raises(Problem) as stopped:
        verify(whole, fingerprint="0000 1111 2222 3333 4444 5555 6666 7777")
    assert stopped.value.code == "editions.archive_signer"


def test_a_forger_with_another_key_is_found_by_the_fingerprint(packed, tmp_path):
    contents = members(packed())
    wanted = keys.fingerprint()
    values = Values.from_json(contents[archive.VALUES].decode())
    inner = {name: data for name, data in contents.items() if name not in {archive.MANIFEST, archive.SIGNATURE}}
    keys.use(KeyRing.generate())
    path = tmp_path / "edition.zip"
    path.write_bytes(archive.pack(inner, {"edition": values.about.name}))
    with pytest.raises(Problem) as stopped:
        verify(path, fingerprint=wanted)
    assert stopped.value.code == "editions.archive_signer"


def test_without_the_key_the_public_part_is_checked_and_that_is_said(whole, packed, tmp_path):
    public = tmp_path / "edition-public.zip"
    public.write_bytes(packed(restricted=False))
    assert not verify(public).complete
    keys.use(KeyRing.generate())
    verified = verify(whole)
    assert not verified.complete
    assert any("no se recontó" in finding.text for finding in verified.findings)


def test_another_key_file_opens_it(whole, tmp_path):
    file = tmp_path / "keys.json"
    write_key_file(file, keys.ring())
    keys.use(KeyRing.generate())
    assert verify(whole, key_file=file).complete
    write_key_file(file, KeyRing.generate())
    with pytest.raises(Problem):
        verify(whole, key_file=file)


def resigned(packed, change) -> bytes:
    """An archive whose values were changed and then signed with the mission's own key."""
    contents = members(packed())
    values = change(Values.from_json(contents[archive.VALUES].decode()))
    inner = {name: data for name, data in contents.items() if name not in {archive.MANIFEST, archive.SIGNATURE}}
    inner[archive.VALUES] = values.to_json().encode()
    return archive.pack(inner, {"edition": values.about.name})


def test_numbers_that_disagree_are_found_even_when_signed(packed, tmp_path):
    path = tmp_path / "edition.zip"

    def other_value(values: Values) -> Values:
        figures = tuple(
            replace(each, value=(each.value or 0) + 1) if each.key == "protection.cases" else each
            for each in values.figures
        )
        return replace(values, figures=figures)

    assert refused(path, resigned(packed, other_value)).code == "editions.archive_print"


def test_a_recount_finds_a_breakdown_that_was_never_counted(packed, tmp_path):
    def other_cut(values: Values) -> Values:
        def changed(cut):
            if cut.name != "protection.cases/month":
                return cut
            return replace(cut, cells=(replace(cut.cells[0], value=(cut.cells[0].value or 0) + 1), *cut.cells[1:]))

        return replace(values, breakdowns=tuple(changed(cut) for cut in values.breakdowns))

    problem = refused(tmp_path / "edition.zip", resigned(packed, other_cut))
    assert problem.code == "editions.archive_recount"
    assert "protection.cases/month" in problem.sentence


def test_disclosure_is_repeated(packed, tmp_path):
    """A value that the gate would have withheld is found, also when it is the true count."""

    def told(values: Values) -> Values:
        return replace(values, about=replace(values.about, profile="partner"))

    # The partner's thresholds are the public's: the same values must come out.
    path = tmp_path / "edition.zip"
    path.write_bytes(resigned(packed, told))
    assert verify(path).complete


def test_equal_contents_are_equal_bytes():
    contents = {"public/b": b"2", "public/a": b"1"}
    assert archive.pack(contents, {"edition": "x"}) == archive.pack(dict(reversed(contents.items())), {"edition": "x"})


def test_the_facts_keep_no_one_to_follow_back(packed):
    values = Values.from_json(members(packed())[archive.VALUES].decode())
    plain = archive.opened_facts(members(packed())[archive.FACTS])
    facts = facts_file.read(plain)
    text = repr(facts)
    for trace in ("person-", "mother-", "child-1", "case-", "record-", "drive-"):
        assert trace not in text
    assert all(fact.source_id == "" == fact.source_room for fact in facts)
    assert len({fact.person for fact in facts if fact.kind == "assistance.item"}) == 20
    assert differences(values, facts) == []
    assert set(facts_file.columns_of(definitions_of(values))).isdisjoint({"source_room", "source_id"})


def test_two_freezings_key_the_same_people_differently():
    values, facts = samples.en_cifras(), invented.year()
    one, other = (facts_file.read(facts_file.write(facts, definitions_of(values))) for _each in range(2))
    assert {fact.person for fact in one} & {fact.person for fact in other} <= {None}


def test_the_manifest_says_who_and_when_without_names(packed):
    manifest = json.loads(members(packed())[archive.MANIFEST])
    assert set(manifest["members"]) == set(members(packed())) - {archive.MANIFEST, archive.SIGNATURE}
    assert "simulado" not in json.dumps(manifest)
    assert manifest["drafted_by"]


def test_sums_with_a_withheld_term_are_not_judged():
    values = samples.en_cifras()
    broken = Sum(
        left=("protection.perinatal_kits",), relation="at_most", right=("protection.perinatal_people",), text=""
    )
    assert failed_sums(replace(values, sums=(broken,)))
    hidden = tuple(
        replace(each, value=None, withheld="por pequeño") if each.key == "protection.perinatal_kits" else each
        for each in values.figures
    )
    assert not failed_sums(replace(values, sums=(broken,), figures=hidden))


def test_members_that_are_too_large_together_are_not_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({f"public/{number}": b"\0" * 400 for number in range(3)}))
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)
    with pytest.raises(Problem) as caught:
        archive.unpack(path)
    assert "demasiado grande" in str(caught.value)
