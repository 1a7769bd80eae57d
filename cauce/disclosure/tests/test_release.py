"""The gate: who sees which count, what happens to tables with small cells, and the published year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce import disclosure, mission
from cauce.disclosure import Cell, Profile, Reason, Released
from cauce.disclosure.profiles import threshold
from cauce.facts.store import FactStore
from cauce.figures.explain import Standing
from cauce.figures.tests import generated
from cauce.figures.tests.test_two_evaluators import stored
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.mission.definition import Breakdown, Count, Disclosure, FigureDefinition, How, When
from cauce.mission.texts import Texts
from cauce.mission.vocabulary import Vault

YEAR = Period.year(2022)
NUMBER = count()
# The printed shares of 2022, in the order of the six categories, and cases that give them.
CASES_2022 = {
    "referral_general": 3752, "other_crime": 1270, "gbv": 289, "child": 231, "prenatal": 173, "trafficking": 57
}  # fmt: skip
PRINTED = {"referral_general": 65, "child": 4, "prenatal": 3, "gbv": 5, "trafficking": 1, "other_crime": 22}


def figure(key: str = "protection.cases") -> FigureDefinition:
    return mission.current().figure(key)


def cases(by_category: dict[str, int], **more: object) -> list[Fact]:
    return [case(category, **more) for category, number in by_category.items() for _each in range(number)]


def case(category: str, **more: object) -> Fact:
    number = next(NUMBER)
    whole: dict[str, object] = {
        "kind": "protection.case_assisted",
        "date": date(2022, 3, 1),
        "until": date(2022, 3, 1),
        "subject": f"case-{number}",
        "office": "TIJ",
        "source_room": "protection",
        "source_id": str(number),
        "person": f"person-{number}",
        "category": category,
        **more,
    }
    return Fact(**whole)  # type: ignore[arg-type]


def gate(facts: Sequence[Fact], profile: str = "public", key: str = "protection.cases", **more: object) -> Released:
    return disclosure.release(figure(key), YEAR, profile=profile, facts=facts, **more)  # type: ignore[arg-type]


def shares(released: Released) -> dict[str, int | None]:
    return {share.share.code: share.cell.value for share in released.shares}


def test_the_published_year_passes_the_public_gate():
    released = gate(cases(CASES_2022), breakdown="category")
    assert released.cell == Cell(5772)
    assert shares(released) == PRINTED
    assert sum(PRINTED.values()) == 100
    assert [row.codes[0] for row in released.breakdown("category").cells] == list(PRINTED)  # the list's order
    assert released.rows()[0] == ("protection.cases", Cell(5772), "case")
    assert released.rows()[5] == ("protection.cases.share.trafficking", Cell(1), "percent")


def test_the_store_and_facts_at_hand_release_alike(tmp_path):
    facts = cases({"gbv": 20, "prenatal": 30, "referral_general": 200})
    store = stored(str(tmp_path), facts)
    from_store = disclosure.release(figure(), YEAR, profile="public", breakdown="*", store=store)
    at_hand = gate(facts, breakdown="*")
    assert replace(from_store, provenance=at_hand.provenance) == at_hand


@pytest.mark.parametrize(
    ("guard", "profile", "held", "limit"),
    [
        (Disclosure(people=True), Profile.PUBLIC, (), 10),
        (Disclosure(people=True), Profile.PARTNER, (), 10),
        (Disclosure(people=True), Profile.INTERNAL, (), 0),
        (Disclosure(people=True, sensitive=False), Profile.PUBLIC, (), 5),
        (Disclosure(people=True, vault=Vault.GBV), Profile.PUBLIC, ("gbv",), 11),
        (Disclosure(people=True, vault=Vault.GBV), Profile.PARTNER, ("gbv",), 11),
        (Disclosure(people=True, vault=Vault.GBV), Profile.INTERNAL, (), 11),
        (Disclosure(people=True, vault=Vault.GBV), Profile.INTERNAL, ("child",), 11),
        (Disclosure(people=True, vault=Vault.GBV), Profile.INTERNAL, ("gbv",), 0),
        (Disclosure(people=False), Profile.PUBLIC, (), 0),
        (Disclosure(people=False, vault=Vault.CHILD), Profile.PUBLIC, (), 0),
    ],
)
def test_thresholds(guard, profile, held, limit):
    assert threshold(guard, profile, held) == limit


def test_the_class_of_a_cell_is_stronger_than_that_of_its_figure():
    assert threshold(Disclosure(people=True), Profile.PUBLIC, (), Vault.TRAFFICKING) == 11
    assert threshold(Disclosure(people=True), Profile.INTERNAL, (), Vault.TRAFFICKING) == 11
    assert threshold(Disclosure(people=True), Profile.INTERNAL, ("trafficking",), Vault.TRAFFICKING) == 0


@pytest.mark.parametrize("number", [1, 9])
@pytest.mark.parametrize("profile", ["public", "partner"])
def test_a_small_count_of_people_is_withheld_with_everything_cut_from_it(number, profile):
    released = gate(cases({"referral_general": number}), profile, breakdown="*")
    assert released.cell == Cell(None, Reason.SMALL)
    assert released.without_consent == Cell(None, Reason.TOTAL)
    assert all(cut.is_withheld and cut.cells == () and cut.base.is_withheld for cut in released.breakdowns)
    assert all(share.cell == Cell(None, Reason.TOTAL) for share in released.shares)


def test_ten_are_released_and_so_is_a_true_zero():
    assert gate(cases({"referral_general": 10})).cell == Cell(10)
    nobody = gate([], breakdown="category")
    assert nobody.cell == Cell(0)
    assert nobody.breakdown("category").cells == ()
    assert set(shares(nobody).values()) == {0}


def test_the_mission_sees_small_counts_except_those_of_a_vault():
    assert gate(cases({"referral_general": 3}), "internal").cell == Cell(3)
    small = cases({"gbv": 3, "referral_general": 300, "prenatal": 40, "other_crime": 60})
    stranger = gate(small, "internal", breakdown="category")
    # Gathered with the next smallest, so that the total does not give it back.
    assert [(row.key, row.cell.value) for row in stranger.breakdown("category").cells] == [
        ("referral_general", 300), ("other_crime", 60), ("others", 43)
    ]  # fmt: skip
    assert stranger.breakdown("category").cells[-1].gathered == (("gbv",), ("prenatal",))
    holder = gate(small, "internal", breakdown="category", viewer_vaults={"gbv", "child", "trafficking"})
    assert ("gbv", 3) in [(row.key, row.cell.value) for row in holder.breakdown("category").cells]


def test_a_gathered_category_has_no_share_of_its_own():
    released = gate(cases({"gbv": 3, "referral_general": 300, "prenatal": 40, "other_crime": 60}))
    found = {share.share.code: share.cell for share in released.shares}
    assert found["gbv"] == found["prenatal"] == Cell(None, Reason.GATHERED)
    assert found["child"] == Cell(0)
    assert found["referral_general"] == Cell(74)


def test_a_table_that_may_not_gather_is_withheld_whole():
    facts = [case("referral_general", sex=sex) for sex in ["female"] * 40 + ["male"] * 4]
    cut = gate(facts, breakdown="sex").breakdown("sex")
    assert cut.reason is Reason.TABLE
    assert cut.cells == ()
    assert gate(facts, "internal", breakdown="sex").breakdown("sex").reason is None


def test_shares_of_a_withheld_table_are_withheld():
    facts = cases({"trafficking": 10, "referral_general": 30})
    released = gate(facts)
    assert released.cell == Cell(40)
    assert {share.cell for share in released.shares} == {Cell(None, Reason.TABLE)}


def test_a_vault_figure_counts_only_with_consent_and_from_eleven():
    def children(number: int, **more: object) -> list[Fact]:
        return [
            case("birth_certificate", kind="assistance.certificate_issued", age_band="0-4", **more)
            for _each in range(number)
        ]

    key = "protection.birth_certificates"
    assert gate(children(10), key=key).cell == Cell(None, Reason.VAULT)
    assert gate(children(11), key=key).cell == Cell(11)
    assert gate(children(3), "internal", key=key, viewer_vaults=["child"]).cell == Cell(3)
    mixed = children(20) + children(5, consented=False)
    assert gate(mixed, key=key).cell == Cell(20)
    # Five children whose families said no are a small group of their own.
    assert gate(mixed, key=key).without_consent == Cell(None, Reason.VAULT)
    assert gate(mixed, "internal", key=key, viewer_vaults=["child"]).without_consent == Cell(5)


def test_the_figure_says_how_many_gave_no_consent():
    released = gate(
        cases({"referral_general": 30}) + cases({"referral_general": 4}, consented=False), breakdown="category"
    )
    assert released.cell == Cell(34)
    assert released.without_consent == Cell(4)
    cut = released.breakdown("category")
    assert (cut.base, cut.without_consent) == (Cell(30), Cell(4))


def test_events_have_no_threshold():
    facts = [
        case("service_fair", kind="activities.event", place=place) for place in ("02002", "02002", "02002", "19039")
    ]
    released = gate(facts, key="protection.fairs", breakdown="municipality")
    assert released.cell == Cell(4)
    assert [(row.key, row.cell.value) for row in released.breakdown("municipality").cells] == [
        ("02002", 3),
        ("19039", 1),
    ]


def test_cells_that_overlap_have_no_parts_and_say_so():
    twice = case("referral_general", sex="female")
    facts = [twice, replace(twice, sex="male", source_id="again"), *cases({"referral_general": 15}, sex="female")]
    facts += cases({"referral_general": 15}, sex="male")
    cut = gate(facts, breakdown="sex").breakdown("sex")
    assert cut.adds_up is False
    assert {row.percent for row in cut.cells} == {Cell(None, Reason.NOT_PARTS)}
    assert disclosure.Caution.OVERLAP in cut.cautions


def test_reasons_are_percentages_of_respondents_and_are_gathered_by_a_count_of_their_own():
    def interviews(number: int, *topics: str) -> list[Fact]:
        return [case("x", kind="surveys.interview", topics=topics, person=None) for _each in range(number)]

    facts = interviews(60, "economic") + interviews(30, "economic", "insecurity") + interviews(10)
    facts += interviews(3, "food", "disaster") + interviews(1, "food")
    cut = gate(facts, key="surveys.interviews", breakdown="reason").breakdown("reason")
    rows = {row.key: (row.cell.value, row.percent and row.percent.value) for row in cut.cells}
    assert rows["economic"] == (90, 87)
    # 4 with food or disaster, gathered with the next smallest: a person who named two counts once.
    assert cut.cells[-1].is_others
    assert not any(value is not None and 0 < value < 5 for value, _percent in rows.values())


def overlapping_routes() -> list[Fact]:
    """Forty people on two routes each, and two on a rare one."""
    often = cases({"referral_general": 40}, origin="HND", destination="USA")
    also = [replace(each, destination="MEX", source_id=f"{each.source_id}b") for each in often]
    rare = [replace(each, origin="HTI", source_id=f"{each.source_id}c") for each in often[:2]]
    return [*often, *also, *rare]


@pytest.mark.parametrize("columns", [("origin", "destination"), ("month",)])
def test_cells_that_overlap_and_cannot_be_counted_together_are_withheld(columns):
    cut = Breakdown("cut", columns, Texts(), others=True)
    facts = overlapping_routes()
    facts += [replace(facts[0], date=date(2022, 7, 1), until=date(2022, 7, 1), source_id="july")]
    released = disclosure.release(
        replace(figure(), breakdowns=(cut,), shares_of=None, shares=()),
        YEAR,
        profile="public",
        breakdown="cut",
        facts=facts,
    )
    assert released.cell == Cell(40)
    assert released.breakdown("cut").reason is Reason.TABLE


@pytest.mark.parametrize("unknown", [(), ("unknown",)])
def test_those_whose_reasons_are_not_known_are_gathered_only_where_they_can_be_counted(unknown):
    topics = [("economic",)] * 60 + [("safety", "economic")] * 20 + [("food",)] * 3 + [()] * 3 + [("safety", "food")]
    facts = [case("x", kind="surveys.interview", topics=each, person=None) for each in topics]
    base = figure("surveys.interviews")
    cut = replace(base.breakdown("reason"), unknown_codes=unknown)
    released = disclosure.release(
        replace(base, breakdowns=(cut,)), YEAR, profile="public", breakdown="reason", facts=facts
    ).breakdown("reason")
    if unknown:
        assert released.reason is Reason.TABLE
    else:
        assert [(row.key, row.cell.value) for row in released.cells] == [("economic", 80), ("others", 27)]
        assert not any(row.is_unknown for row in released.cells)


def test_a_cut_in_which_much_is_unknown_says_so():
    facts = cases({"referral_general": 20}, sex="female") + cases({"referral_general": 20})
    cut = gate(facts, breakdown="sex").breakdown("sex")
    assert (cut.base, cut.unknown) == (Cell(20), Cell(20))
    assert disclosure.Caution.MANY_UNKNOWN in cut.cautions


def test_a_cut_that_is_not_declared_is_an_error():
    with pytest.raises(KeyError, match="has no breakdown"):
        gate([], breakdown="shoe_size")
    with pytest.raises(KeyError, match="was not released by"):
        gate([]).breakdown("sex")
    assert [cut.key for cut in gate([], breakdown=["sex", "sex", "month"]).breakdowns] == ["sex", "month"]


def test_an_office_sees_its_own_count():
    facts = cases({"referral_general": 12}) + cases({"referral_general": 30}, office="TAP")
    assert gate(facts, office="TAP").cell == Cell(30)
    assert gate(facts, office="TIJ").cell == Cell(12)


def test_a_cell_has_a_value_or_a_reason():
    with pytest.raises(ValueError, match="never both"):
        Cell(3, Reason.SMALL)
    with pytest.raises(ValueError, match="never both"):
        Cell(None)


def test_a_withheld_cell_is_words_and_never_zero():
    with translation.override("es"):
        page = Template("{{ cell }} {{ cell.explanation }}").render(Context({"cell": Cell(None, Reason.SMALL)}))
        assert page.startswith("Reservado Se reserva")
        assert "0" not in page
        assert str(Cell(12)) == "12"
        assert Cell(12).explanation == ""
        assert all(str(reason.sentence) for reason in Reason)
        assert all(str(caution.sentence) for caution in disclosure.Caution)


def test_cells_have_names_in_the_languages_of_the_mission():
    which = mission.current()
    facts = cases({"gbv": 3, "referral_general": 300, "prenatal": 40, "other_crime": 60}, nationality="HND")
    released = gate(facts, breakdown=["category", "office", "month", "nationality"])
    names = {cut.key: [disclosure.label(row, cut.cut, which, "es") for row in cut.cells] for cut in released.breakdowns}
    assert names["category"] == ["Canalización general", "Otros delitos", "Otras"]
    assert names["office"] == ["Tijuana"]
    assert names["month"] == ["marzo 2022"]
    assert names["nationality"] == ["HND"]
    row = released.breakdown("nationality").cells[0]
    cut = released.breakdown("nationality").cut
    assert disclosure.label(
        row, cut, which, "fr", names=lambda column, code, language: f"{column} {code} {language}"
    ) == ("nationality HND fr")
    assert disclosure.label(replace(row, codes=(None,)), cut, which, "en") == "Not stated"


def test_every_definition_can_be_released_at_once():
    released = disclosure.release_all(mission.current().figures.values(), YEAR, profile="public", facts=[])
    assert list(released) == list(mission.current().figures)
    assert all(cut.is_withheld is False for each in released.values() for cut in each.breakdowns)


@given(facts=generated.facts(40), definition=generated.definitions(), held=st.sampled_from(((), ("gbv", "child"))))
@settings(max_examples=150, deadline=None)
def test_no_profile_is_shown_a_count_below_its_threshold(facts, definition, held):
    for profile in Profile:
        released = disclosure.release(definition, YEAR, profile=profile, viewer_vaults=held, breakdown="*", facts=facts)
        limit = threshold(definition.disclosure, profile, held)
        assert released.cell.is_withheld or released.cell.value == 0 or released.cell.value >= limit
        for cut in released.breakdowns:
            for row in cut.cells:
                own = threshold(definition.disclosure, profile, held, cut.cut.vault_of(row.codes))
                assert row.cell.value is not None
                assert row.is_others or row.cell.value >= own
            assert not (released.cell.is_withheld and cut.cells)


# The other doors


@pytest.fixture
def store(tmp_path) -> FactStore:
    facts = cases({"referral_general": 30, "gbv": 20})
    facts += cases({"referral_general": 15}, date=date(2022, 5, 2), until=date(2022, 5, 2))
    facts += cases({"prenatal": 2}, date=date(2022, 7, 2), until=date(2022, 7, 2), office="TAP")
    again = replace(facts[0], date=date(2022, 5, 9), until=date(2022, 5, 9), source_id="again")
    return stored(str(tmp_path / "facts"), [*facts, again])


def test_a_trend_counts_each_month_by_itself(store):
    spring = Period(date(2022, 3, 1), date(2022, 5, 31))
    months = disclosure.trend(figure(), spring, profile="public", store=store)
    assert [(str(point.period), point.cell.value) for point in months.points] == [
        ("2022-03", 50), ("2022-04", 0), ("2022-05", 16)
    ]  # fmt: skip
    assert months.adds_up is False
    assert disclosure.release(figure(), spring, profile="public", store=store).cell == Cell(65)


def test_one_small_month_withholds_the_whole_trend(store):
    months = disclosure.trend(figure(), YEAR, profile="public", store=store)
    assert months.reason is Reason.TABLE
    assert all(point.cell.is_withheld for point in months.points)
    assert len(months.points) == 12
    assert disclosure.trend(figure(), YEAR, profile="internal", store=store).points[6].cell == Cell(2)


def test_two_periods_are_compared(store):
    march, may = Period.month(2022, 3), Period.month(2022, 5)
    both = disclosure.compare(figure(), march, may, profile="public", store=store)
    assert (both.first.cell, both.second.cell, both.difference) == (Cell(50), Cell(16), Cell(-34))
    july = disclosure.compare(figure(), march, Period.month(2022, 7), profile="public", store=store)
    assert july.difference.is_withheld


def test_periods_that_share_days_are_not_compared_outside_the_mission(store):
    most = Period(date(2022, 1, 1), date(2022, 6, 30))
    with pytest.raises(Problem) as failure:
        disclosure.compare(figure(), YEAR, most, profile="partner", store=store)
    assert failure.value.code == "disclosure.overlapping"
    inside = disclosure.compare(figure(), most, YEAR, profile="internal", store=store)
    assert inside.difference == Cell(2)


def test_offices_are_compared(store):
    offices = disclosure.compare_offices(figure(), YEAR, ["TIJ", "TAP"], profile="public", store=store)
    assert [released.cell for released in offices] == [Cell(65), Cell(None, Reason.SMALL)]


def test_as_many_records_as_the_figure_says(store):
    listed = disclosure.records(figure(), YEAR, store=store)
    assert len(listed.rows) == 67
    first = listed.rows[0]
    verdict = disclosure.judge(figure(), YEAR, first.source_room, first.source_id, store=store)
    assert verdict is not None
    assert verdict.standing in {Standing.DECIDING, Standing.CARRIED}
    assert [row.also for row in listed.rows].count(1) == 1
    tapachula = disclosure.records(figure(), YEAR, office="TAP", store=store)
    assert len(tapachula.rows) == 2


def test_as_many_records_as_a_cell_says(store):
    holder = {"gbv", "child", "trafficking"}
    for key in ("category", "office", "month", "sex"):
        released = disclosure.release(
            figure(), YEAR, profile="internal", viewer_vaults=holder, breakdown=key, store=store
        )
        for row in released.breakdown(key).cells:
            listed = disclosure.records(figure(), YEAR, viewer_vaults=holder, cell=(key, row.codes), store=store)
            assert len(listed.rows) == row.cell.value, (key, row.codes)


def test_records_of_a_withheld_cell_are_not_listed(store):
    gathered = disclosure.records(figure(), Period.month(2022, 7), cell=("category", ("prenatal",)), store=store)
    assert gathered.rows == ()
    assert gathered.reason is Reason.TABLE
    children = mission.current().figure("protection.birth_certificates")
    store.write_month(
        "assistance.certificate_issued",
        Period.month(2022, 3),
        [case("birth_certificate", kind="assistance.certificate_issued", age_band="0-4")],
    )
    assert disclosure.records(children, YEAR, store=store).reason is Reason.VAULT
    assert disclosure.judge(children, YEAR, "protection", "x", store=store) is None
    assert len(disclosure.records(children, YEAR, viewer_vaults=["child"], store=store).rows) == 1


def test_records_of_gathered_cells_are_not_listed(tmp_path):
    store = stored(str(tmp_path / "g"), cases({"gbv": 3, "referral_general": 300, "prenatal": 40, "other_crime": 60}))
    listed = disclosure.records(figure(), YEAR, cell=("category", ("prenatal",)), store=store)
    assert (listed.rows, listed.reason) == ((), Reason.GATHERED)


def test_the_trainings_behind_a_topic(tmp_path):
    events = [case("training", kind="activities.event", topics=topics) for topics in (("gbv", "psea"), ("gbv",))]
    store = stored(str(tmp_path / "t"), events)
    topics = mission.current().figure("capacity.topics")
    listed = disclosure.records(topics, YEAR, cell=("topic", ("gbv",)), store=store)
    assert [(row.counts, row.also) for row in listed.rows] == [(1, 1)]


@given(facts=generated.facts(), definition=generated.definitions())
@settings(max_examples=60, deadline=None)
def test_the_records_of_every_cell_are_as_many_as_it_says(tmp_path_factory, facts, definition):
    if definition.count.how is How.SUM or definition.count == Count(How.ELEMENTS, "topics"):
        return
    definition = replace(definition, disclosure=Disclosure(people=False))
    store = stored(str(tmp_path_factory.mktemp("facts")), facts)
    released = disclosure.release(definition, YEAR, profile="internal", breakdown="cut", store=store)
    for row in released.breakdown("cut").cells:
        listed = disclosure.records(definition, YEAR, cell=("cut", row.codes), store=store)
        assert sum(each.counts for each in listed.rows) == row.cell.value


def test_the_month_of_an_interval_is_the_one_it_began_in(tmp_path):
    spans = [(date(2021, 12, 31), date(2022, 1, 5)), (date(2022, 1, 9), date(2022, 3, 2)), (date(2022, 3, 1), None)]
    stays = [case("other_crime", date=start, until=end) for start, end in spans]
    store = FactStore(tmp_path / "spans")
    for stay in stays:
        store.write_month(stay.kind, Period.month(stay.date.year, stay.date.month), [stay])
    overlapping = replace(figure(), when=When.OVERLAPPING, disclosure=Disclosure(people=False))
    cells = disclosure.release(overlapping, YEAR, profile="internal", breakdown="month", store=store)
    assert [row.codes for row in cells.breakdown("month").cells] == [("2021-12",), ("2022-01",), ("2022-03",)]
    for stay in stays:
        cell = ("month", (f"{stay.date:%Y-%m}",))
        listed = disclosure.records(overlapping, YEAR, cell=cell, store=store)
        assert [row.source_id for row in listed.rows] == [stay.source_id]


def test_sums_that_do_not_hold_are_named(store):
    kits = [case("prenatal_kit", kind="assistance.item", person=person) for person in ("a", "b")]
    fairs = [case("service_fair", kind="activities.event", subject="fair", place=place) for place in ("02002", "19039")]
    store.write_month("assistance.item", Period.month(2022, 3), [replace(kit, quantity=0) for kit in kits])
    store.write_month("activities.event", Period.month(2022, 3), fairs)
    wrong = disclosure.check_sums(mission.current().figures.values(), YEAR, store=store)
    assert {(each.key, each.checked) for each in wrong} == {
        ("protection.perinatal_people", True), ("protection.fairs", True)
    }  # fmt: skip
    alone = disclosure.check_sums([figure("protection.perinatal_people")], YEAR, store=store)
    assert [each.checked for each in alone] == [False]
