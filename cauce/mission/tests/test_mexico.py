"""The Mexico package is complete: keys, rules, languages, and nothing that knows a published value."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml
from django.conf import settings

from cauce import mission
from cauce.languages.locales import COMPLETE
from cauce.mission import Mission
from cauce.mission.definition import FigureDefinition, How, from_plain
from cauce.mission.package import read
from cauce.mission.schema import figure_schema, text
from cauce.mission.texts import Texts
from cauce.mission.vocabulary import Vault

FOLDER = Path(settings.BASE) / "missions" / "mexico"
SCHEMA = Path(settings.BASE) / "docs" / "reference" / "figures.schema.json"
# Published keys that rest on rooms that are not built yet (docs/reference/figures-to-come.md).
LATER = ("protection.legal_clinics", "protection.search_commissions", "protection.idp_study_cities")


@pytest.fixture(scope="module")
def mexico() -> Mission:
    return mission.load(FOLDER)


def published() -> dict[str, str]:
    with (FOLDER / "reference" / "2022.csv").open(newline="") as file:
        return {row["key"]: row["unit"] for row in csv.DictReader(file)}


def test_the_package_has_no_mistakes():
    _mission, findings = read(FOLDER)
    assert [str(problem) for problem in findings.problems] == []


def test_the_installation_reads_it_once():
    assert mission.current() is mission.current()


def test_every_published_key_of_protection_and_training_is_declared(mexico):
    keys = [key for key in published() if key.startswith(("protection.", "capacity.participants", "capacity.topics"))]
    assert [key for key in keys if key not in (*mexico.figure_keys, *LATER)] == []
    assert "shelters.other_institutions" in mexico.figure_keys


def test_every_key_that_is_not_declared_is_listed_as_to_come(mexico):
    listed = (Path(settings.BASE) / "docs" / "reference" / "figures-to-come.md").read_text("utf-8")
    missing = [key for key in published() if key not in mexico.figure_keys and f"`{key}`" not in listed]
    assert missing == []
    assert [key for key in published() if key in mexico.figure_keys and f"`{key}`" in listed] == []


def test_units_are_those_that_were_published(mexico):
    units = published()
    for key in mexico.figure_keys:
        if key in units:
            share = mexico.share(key)
            assert (share.unit if share else mexico.figure(key).unit).value == units[key], key


def test_the_published_table_is_complete():
    assert len(published()) == 75


def test_the_published_values_are_never_read(mexico, tmp_path):
    shutil.copytree(FOLDER, tmp_path / "mexico", ignore=shutil.ignore_patterns("reference"))
    without, findings = read(tmp_path / "mexico")
    assert findings.problems == []
    assert without == mexico


def every_text(value: object) -> list[Texts]:
    """All texts inside a definition, a list or a report."""
    if isinstance(value, Texts):
        return [value]
    if isinstance(value, dict) or hasattr(value, "items"):
        return [text for inner in value.values() for text in every_text(inner)]
    if isinstance(value, tuple | list):
        return [text for inner in value for text in every_text(inner)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in every_text(getattr(value, name))]
    return []


def test_every_text_is_in_the_complete_languages(mexico):
    texts = [text for text in every_text(mexico) if text]
    assert len(texts) > 200
    assert [text for text in texts if not all(text.has(language) for language in COMPLETE)] == []


def test_a_text_falls_back_on_spanish():
    assert Texts((("es", "caso"), ("en", "case"))).get("ht") == "caso"
    assert Texts((("es", "caso"), ("en", "case"))).get("en-gb") == "case"


def test_one_category_by_precedence(mexico):
    categories = mexico.vocabulary("protection_categories")
    assert categories.first_by_precedence({"prenatal", "child", "gbv"}) == "gbv"
    assert categories.first_by_precedence({"referral_general", "trafficking"}) == "trafficking"
    assert categories.first_by_precedence(set()) is None
    assert sorted(categories.precedence) == sorted(code.code for code in categories)


def test_shelter_staff_comes_before_civil_society(mexico):
    assert mexico.vocabulary("sectors").first_by_precedence(["cso", "shelter"]) == "shelter"


def test_vaults_follow_the_categories(mexico):
    cases = mexico.figure("protection.cases")
    assert {share.key: share.vault for share in cases.shares if share.vault} == {
        "protection.cases.share.child": Vault.CHILD,
        "protection.cases.share.gbv": Vault.GBV,
        "protection.cases.share.trafficking": Vault.TRAFFICKING,
    }


def test_a_code_knows_its_vault(mexico):
    categories = mexico.vocabulary("protection_categories")
    assert categories.vault_of("gbv") is Vault.GBV
    assert categories.vault_of("prenatal") is None
    assert categories.vault_of("not_in_the_list") is None
    assert categories.vault_of(None) is None


def test_lists_give_choices_and_keep_unknown_codes_readable(mexico):
    sexes = mexico.vocabulary("sexes")
    assert sexes.choices("es")[0] == ("female", "Mujer")
    assert str(sexes["male"].label) == "Hombre"
    assert sexes.text("not_in_the_list") == "not_in_the_list"
    assert "female" in sexes
    with pytest.raises(KeyError, match="not in the list sexes"):
        sexes["nobody"]


def test_keys_lead_to_their_definition(mexico):
    assert mexico.figure("protection.cases.share.gbv").key == "protection.cases"
    assert mexico.share("protection.cases") is None
    assert mexico.share("protection.cases.share.gbv").code == "gbv"
    with pytest.raises(KeyError):
        mexico.figure("protection.nothing")
    with pytest.raises(KeyError, match="has no breakdown"):
        mexico.figure("protection.cases").breakdown("moon")
    with pytest.raises(KeyError):
        mexico.figure("protection.cases").share("protection.cases.share.moon")


def test_numbers_are_printed_in_the_house_style(mexico):
    style = mexico.numbers
    assert style.format(5772) == "5.772"
    assert style.format(17_500_000, compact=True) == "17.5 millones"
    assert style.format(252_000, compact=True) == "252 mil"
    assert style.format(1_000_000, compact=True) == "1 millón"
    assert style.format(5772, compact=True) == "5.772"
    assert style.format(252_000, "en", compact=True) == "252 thousand"
    assert style.format(-1_250_000, compact=True) == "-1.3 millones"
    assert style.percent(65) == "65%"


def test_a_folio_says_the_office_and_the_year(mexico):
    assert mexico.make_folio(office="TIJ", year=2022, number=4711) == "TIJ-22-004711"
    assert mexico.office("TAP").place == "07089"
    with pytest.raises(KeyError):
        mexico.office("XXX")


def test_reports_name_each_figure_once(mexico):
    keys = mexico.reports["en-cifras"].figure_keys
    assert len(keys) == len(set(keys))
    assert {key for key in published() if key in mexico.figure_keys} <= set(keys)
    assert mexico.reports["flow-monitoring"].figure_keys == ("surveys.interviews",)


@pytest.mark.parametrize("key", list(mission.load(FOLDER).figures))
def test_a_definition_survives_an_archive(mexico, key):
    figure = mexico.figures[key]
    again = from_plain(figure.plain())
    assert again == figure
    assert again.fingerprint == figure.fingerprint
    assert again.counting() == figure.counting()


def test_an_archive_keeps_the_columns_a_definition_reads(mexico):
    columns = mexico.figure("protection.perinatal_people").columns
    assert {"category", "person", "date", "consented", "age_band"} <= columns
    assert "source_id" not in columns
    assert "month" not in columns


def test_only_figures_of_people_have_thresholds(mexico):
    guarded = {figure.key: figure.disclosure.people for figure in mexico.figures.values()}
    assert guarded["protection.cases"] and guarded["protection.perinatal_kits"]
    assert not guarded["protection.fairs"] and not guarded["shelters.supported"]
    assert mexico.figure("capacity.topics").count.how is How.ELEMENTS


def test_the_schema_for_editors_is_current():
    assert SCHEMA.read_text("utf-8") == text(), (
        "run python -m cauce.mission.schema > docs/reference/figures.schema.json"
    )


def test_the_schema_takes_the_mission_and_refuses_a_slip():
    jsonschema.Draft202012Validator.check_schema(figure_schema())
    validator = jsonschema.Draft202012Validator(figure_schema())
    for path in sorted((FOLDER / "figures").glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        assert [error.message for error in validator.iter_errors(data)] == [], path.name
    slip = yaml.safe_load((FOLDER / "figures" / "capacity.yaml").read_text("utf-8"))
    slip[0]["kidns"] = slip[0].pop("kinds")
    assert not validator.is_valid(slip)


def test_definitions_are_frozen(mexico):
    figure: FigureDefinition = mexico.figure("protection.cases")
    with pytest.raises(AttributeError):
        figure.version = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        mexico.figures["new"] = figure  # type: ignore[index]
