"""A mistake in a mission's file is told with the file, the line, what is wrong and what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from cauce import mission
from cauce.kernel.problems import Problems
from cauce.mission.package import read

MEXICO = Path(settings.BASE) / "missions" / "mexico"

FIGURE = """
- key: test.figure
  version: 1
  owner: officer
  chapter: protection
  unit: person
  label: {es: Personas, en: People}
  sentence: {es: "{value} personas", en: "{value} people"}
  kinds: [assistance.service]
  count: rows
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "mission"
    shutil.copytree(MEXICO, folder)
    return folder


def told(folder: Path) -> list[str]:
    with translation.override("es"):
        return [str(problem) for problem in read(folder)[1].problems]


def write_figure(folder: Path, more: str = "", figure: str = FIGURE) -> None:
    (folder / "figures" / "test.yaml").write_text(figure.lstrip() + more, "utf-8")


CASES = {
    "unknown key": ("  kidns: [x]\n", 10, "no se conoce la clave «kidns»", "«kinds»"),
    "unknown column": ("  where: {categry: training}\n", 10, "«categry» no es", "«category»"),
    "unknown code": ("  where: {category: trainin}\n", 10, "ninguna lista de códigos", "«training»"),
    "code of a list column": ("  where: {topics: gbv}\n", 10, "«topics» es una lista", "contains"),
    "test of a list column": ("  where: {topics: {not: gbv}}\n", 10, "«not» no sirve", "contains o lacks"),
    "two tests": ("  where: {country: {not: MEX, is: present}}\n", 10, "una sola clave", ""),
    "country by name": ("  where: {country: Mexico}\n", 10, "«Mexico» no es un valor", "MEX"),
    "municipality by name": ("  where: {place: Tijuana}\n", 10, "«Tijuana» no es un valor", "02004"),
    "ages of another column": ("  where: {sex: {ages: under_18}}\n", 10, "sólo va en age_band", ""),
    "unknown ages": ("  where: {age_band: {ages: underage}}\n", 10, "«underage» no es", "under_18"),
    "no values": ("  where: {country: []}\n", 10, "al menos un valor", ""),
    "date rule": ("  when: during\n", 10, "«during» no es", "within"),
    "never add what is not there": ("  never_add: [protection.casos]\n", 1, "no es una cifra declarada", "protection.cases"),
    "sums of what is not there": (
        "  must_hold:\n    - {left: [test.figure], relation: equal, right: [test.figure/sexo]}\n", 1, "no es una cifra", ""
    ),
    "relation": ("  must_hold:\n    - {left: [test.figure], relation: equals, right: [test.figure]}\n", 11, "«equals»", "«equal»"),
    "breakdown by person": ("  breakdowns:\n    - {key: who, by: person, label: {es: a, en: b}}\n", 11, "«person» no es", ""),
    "breakdown by three": (
        "  breakdowns:\n    - {key: x, by: [sex, place, state], label: {es: a, en: b}}\n", 11, "una columna o por dos", ""
    ),
    "breakdown twice": (
        "  breakdowns:\n    - {key: x, by: sex, label: {es: a, en: b}}\n    - {key: x, by: place, label: {es: a, en: b}}\n",
        12, "ya se usó", "otra clave",
    ),
    "parts of a list": (
        "  breakdowns:\n    - {key: x, by: topics, label: {es: a, en: b}, percent: parts}\n", 11, "no son partes", "percent: base"
    ),
    "list that is not there": (
        "  breakdowns:\n    - {key: x, by: sex, label: {es: a, en: b}, list: sex}\n", 11, "«sex» no es una lista", "«sexes»"
    ),
    "shares of no parts": (
        "  breakdowns:\n    - {key: sex, by: sex, label: {es: a, en: b}}\n  shares: {of: sex, figures: []}\n",
        12, "«sex» no es un desglose con percent: parts", "",
    ),
    "vault that is not sensitive": ("  disclosure: {vault: gbv, sensitive: no}\n", 10, "siempre es sensible", "sensitive"),
    "unknown vault": ("  disclosure: {vault: violence}\n", 10, "«violence» no es una reserva", "gbv"),
    "sensitive is neither yes nor no": ("  disclosure: {sensitive: maybe}\n", 10, "no es sí ni no", "yes o no"),
    "no English": ("  notes: {es: Nota}\n", 10, "falta el texto en «en»", ""),
    "unknown language": ("  notes: {es: Nota, en: Note, xx: Nota}\n", 10, "no se conoce la clave «xx»", "es, en, fr, pt, ht"),
    "key twice": ("  version: 2\n", 10, "ya está en la línea 2", "sólo una"),
    "text for a block": ("  disclosure: people\n", 10, "un bloque de «clave: valor»", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_in_a_figure_is_told_with_its_line(package, name):
    more, line, what, right = CASES[name]
    write_figure(package, more)
    said = told(package)
    assert said, "the mistake was not seen"
    assert any(f"figures/test.yaml, línea {line}: " in each and what in each and right in each for each in said), said


CHANGED = {
    "version in words": ("version: 1", "version: one", "«one» no es un número entero"),
    "unit": ("unit: person", "unit: persons", "«persons» no es una unidad. ¿Quiso decir «person»?"),
    "chapter": ("chapter: protection", "chapter: proteccion", "«proteccion» no es un capítulo"),
    "kind": ("kinds: [assistance.service]", "kinds: [assistance.services]", "¿Quiso decir «assistance.service»?"),
    "kind in a block": ("kinds: [assistance.service]", "kinds: [{where: {sex: female}}]", "falta la clave «kind»"),
    "count": ("count: rows", "count: people", "no se entiende cómo contar"),
    "count of two": ("count: rows", "count: {sum: quantity, distinct: person}", "una sola clave"),
    "count of a column": ("count: rows", "count: {distinct: persona}", "¿Quiso decir «person»?"),
    "sum of a column": ("count: rows", "count: {sum: person}", "Se puede escribir: quantity"),
    "key in capitals": ("key: test.figure", "key: Check", "«Check» no es un código"),
    "sentence without its number": ('es: "{value} personas"', "es: Personas", "Escriba {value}"),
    "missing owner": ("  owner: officer\n", "", "falta la clave «owner»"),
    "not a text": ("owner: officer", "owner: [a]", "aquí va un texto"),
    "not yaml": ("label: {es: Personas, en: People}", "label: {es: Personas, en: People", "no se puede leer como YAML"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_wrong_value_is_told_with_what_would_be_right(package, name):
    old, new, said = CHANGED[name]
    assert old in FIGURE
    write_figure(package, figure=FIGURE.replace(old, new))
    assert any("figures/test.yaml, línea" in each and said in each for each in told(package)), told(package)


def test_a_right_figure_is_silent(package):
    write_figure(
        package,
        "  where: {response: mpp, country: {not: [MEX]}, topics: {contains: [medical]}, age_band: {ages: under_18},\n"
        "          organisation: present, projects: {is: present}, outcome: {is: empty}}\n"
        "  when: overlapping\n",
    )
    assert told(package) == []


def test_every_mistake_of_a_file_is_told_at_once(package):
    write_figure(package, "  wrong: 1\n  never: 2\n", FIGURE.replace("unit: person", "unit: people"))
    assert len(told(package)) == 3


def test_a_figure_declared_in_two_files_is_told(package):
    write_figure(package, figure=FIGURE.replace("test.figure", "protection.cases"))
    assert any("se declara dos veces" in each for each in told(package))


HEAD = {
    "country: MEX": ("country: Mexico", "tres letras"),
    "languages: [es, en, fr, pt, ht]": ("languages: [es, de]", "«de» no es un idioma"),
    'folio: "{office}-{yy:02d}-{number:06d}"': ('folio: "{office}"', "patrón de folio"),
    "code: TIJ": ("code: tijuana", "código de oficina"),
    "key: mexico": ("clave: mexico", "no se conoce la clave «clave»"),
}


@pytest.mark.parametrize("old", HEAD)
def test_a_mistake_in_the_head_is_told(package, old):
    new, said = HEAD[old]
    path = package / "mission.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert any("mission.yaml, línea" in each and said in each for each in told(package)), told(package)


def test_a_folio_with_a_word_that_is_not_known_is_told(package):
    path = package / "mission.yaml"
    path.write_text(path.read_text("utf-8").replace("{office}-{yy:02d}", "{city}"), "utf-8")
    assert any("patrón de folio" in each for each in told(package))


def test_lists_and_chapters_are_checked_too(package):
    lists = package / "vocabularies" / "people.yaml"
    lists.write_text(
        "- list: sexes\n  label: {es: Sexo, en: Sex}\n  precedence: [man, female, female]\n  codes:\n"
        "    female: {label: {es: Mujer, en: Female}, vault: all}\n- list: empty\n  label: {es: a, en: b}\n  codes: {}\n",
        "utf-8",
    )
    chapters = package / "report" / "chapters.yaml"
    chapters.write_text(chapters.read_text("utf-8").replace('"#00766C"', "green"), "utf-8")
    said = "\n".join(told(package))
    for part in ("«man» no es un código de esta lista", "está dos veces", "«all» no es una reserva",
                 "la lista no tiene códigos", "«green» no es un color"):  # fmt: skip
        assert part in said


def test_a_report_names_only_what_there_is(package):
    path = package / "report" / "en-cifras.yaml"
    path.write_text(
        path.read_text("utf-8")
        .replace("figures: [capacity.topics]", "figures: [capacity.topic]")
        .replace("breakdown: capacity.participants/sector", "breakdown: capacity.participants/sectors")
        .replace("layout: waffle", "layout: waffles"),
        "utf-8",
    )
    said = "\n".join(told(package))
    assert "«capacity.topic» no es una cifra declarada. ¿Quiso decir «capacity.topics»?" in said
    assert "«capacity.participants/sectors» no es un desglose declarado" in said
    assert "«waffles» no es una forma de mostrar" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "está vacío"), (b"\xff\xfe\x00", "no está en UTF-8"), (b"a: \x00", "no se puede leer como YAML")],
)
def test_a_file_that_cannot_be_read_is_told(package, content, said):
    (package / "figures" / "bad.yaml").write_bytes(content)
    assert any("figures/bad.yaml, línea 1: " in each and said in each for each in told(package))


def test_a_folder_that_is_no_mission_is_told(tmp_path):
    with pytest.raises(Problems) as failure:
        mission.load(tmp_path / "nothing")
    assert "mission.yaml, línea 1: el archivo no existe" in str(failure.value)
    assert len(list(failure.value)) == 2  # mission.yaml and report/chapters.yaml, and no noise after them
