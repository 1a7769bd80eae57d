"""Sealing binds a value to its place; look-ups are keyed; a missing key file says what to do."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce import keys
from cauce.kernel.problems import Problem
from cauce.keys import files
from cauce.keys.ring import KeyRing, create_key_file, load_key_file, write_key_file

HERE = {"table": "people_person", "column": "given_names", "row": "a"}


@given(st.text())
def test_what_was_sealed_opens_again(text):
    assert keys.unseal(keys.seal(text, **HERE), **HERE) == text


@pytest.mark.parametrize("moved", [{"table": "other"}, {"column": "other"}, {"row": "b"}])
def test_a_value_moved_elsewhere_does_not_open(moved):
    blob = keys.seal("María", **HERE)
    with pytest.raises(Problem) as problem:
        keys.unseal(blob, **{**HERE, **moved})
    assert problem.value.code == "keys.wrong_key"


@given(st.binary(min_size=1), st.data())
def test_a_changed_byte_is_noticed(data, draw):
    blob = bytearray(keys.encrypt(data, "archive"))
    place = draw.draw(st.integers(0, len(blob) - 1))
    blob[place] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(Problem):
        keys.decrypt(bytes(blob), "archive")


def test_the_same_text_is_sealed_differently_each_time():
    assert keys.seal("Ana", **HERE) != keys.seal("Ana", **HERE)


def test_look_ups_differ_by_purpose_and_by_mission():
    ours = keys.blind("ANA", "name"), keys.pseudonym("1", "person"), keys.digest("x")
    assert keys.blind("ANA", "name") == ours[0] != keys.blind("ANA", "phone")
    assert keys.pseudonym("1", "person") == ours[1] != keys.pseudonym("1", "subject")
    keys.use(KeyRing({1: b"9" * 32}, b"8" * 32, b"7" * 32))
    assert ours[0] != keys.blind("ANA", "name") and ours[1] != keys.pseudonym("1", "person")
    assert 0 <= ours[0] < 2**63 and len(ours[1]) == 22


def test_a_missing_key_file_says_what_to_do(tmp_path):
    with pytest.raises(Problem) as problem:
        load_key_file(tmp_path / "keys.json")
    assert problem.value.code == "keys.missing"
    assert "CAUCE_KEY_FILE" in problem.value.advice and str(tmp_path) in problem.value.sentence


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"format": "cauce-keys-1"}', "hola", '{"format":"x","sealing":{}}']
)
def test_a_damaged_key_file_is_refused(tmp_path, content):
    (tmp_path / "keys.json").write_text(content)
    with pytest.raises(Problem) as problem:
        load_key_file(tmp_path / "keys.json")
    assert problem.value.code == "keys.unreadable"


def test_a_key_file_is_private_and_never_overwritten(tmp_path):
    path = tmp_path / "keys.json"
    ring = create_key_file(path)
    assert path.stat().st_mode & 0o077 == 0
    assert load_key_file(path).to_json() == ring.to_json()
    with pytest.raises(Problem) as problem:
        create_key_file(path)
    assert problem.value.code == "keys.exists"


def test_after_rotation_old_values_still_open_and_new_ones_use_the_new_key(tmp_path):
    old = keys.seal("Ana", **HERE)
    rotated = keys.ring().rotated()
    write_key_file(tmp_path / "keys.json", rotated)
    keys.use(load_key_file(tmp_path / "keys.json"))
    assert keys.unseal(old, **HERE) == "Ana"
    assert keys.version_of(old) == 1 and keys.version_of(keys.seal("Ana", **HERE)) == 2
    assert keys.fingerprint() == keys.fingerprint(keys.public_key())


def test_signatures_hold_for_exactly_these_bytes():
    signature = keys.sign(b"5772")
    assert keys.verify(b"5772", signature, keys.public_key())
    assert not keys.verify(b"5773", signature, keys.public_key())
    assert not keys.verify(b"5772", signature, b"x" * 32)
    assert not keys.verify(b"5772", b"", keys.public_key())


@pytest.fixture
def _small_pieces(monkeypatch):
    monkeypatch.setattr(files, "PIECE", 4)


@pytest.mark.usefixtures("_small_pieces")
@pytest.mark.parametrize("data", [b"", b"1", b"1234", b"12345", b"123456789012"])
def test_a_file_survives_the_round_trip(data):
    sealed, back = io.BytesIO(), io.BytesIO()
    files.encrypt_stream(io.BytesIO(data), sealed, "backup")
    files.decrypt_stream(io.BytesIO(sealed.getvalue()), back, "backup")
    assert back.getvalue() == data


@pytest.mark.usefixtures("_small_pieces")
def test_a_cut_extended_or_reordered_file_is_refused():
    sealed = io.BytesIO()
    files.encrypt_stream(io.BytesIO(b"123456789012"), sealed, "backup")
    whole = sealed.getvalue()
    head, piece = len(files.MAGIC) + 17, 4 + 12 + 4 + 16
    swapped = (
        whole[:head] + whole[head + piece : head + 2 * piece] + whole[head : head + piece] + whole[head + 2 * piece :]
    )
    for damaged in (
        whole[:-piece],
        whole[:-1],
        whole + whole[head : head + piece],
        swapped,
        b"",
        whole[:10],
        whole + b"x",
    ):
        with pytest.raises(Problem):
            files.decrypt_stream(io.BytesIO(damaged), io.BytesIO(), "backup")


def test_the_key_backup_opens_with_its_passphrase_only():
    blob = files.lock_ring(keys.ring(), "cuatro palabras que recuerdo")
    assert files.unlock_ring(blob, "cuatro palabras que recuerdo").to_json() == keys.ring().to_json()
    for passphrase, damaged in (("otra frase de paso", blob), ("cuatro palabras que recuerdo", blob[:-1]), ("x", b"")):
        with pytest.raises(Problem):
            files.unlock_ring(damaged, passphrase)
    with pytest.raises(Problem) as problem:
        files.lock_ring(keys.ring(), "corta")
    assert problem.value.code == "keys.weak_passphrase"
