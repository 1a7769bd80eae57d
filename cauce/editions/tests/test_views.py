"""The desk and the public page: who sees what, and what everybody may read."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from cauce.audit.models import Entry
from cauce.editions import actions, build
from cauce.editions.enums import State
from cauce.editions.models import Edition
from cauce.editions.tests import invented
from cauce.kernel.periods import Period

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast) -> Edition:
    invented.keep(invented.year())
    return actions.draft("en-cifras", Period.year(2022), by=cast.info)


@pytest.fixture
def published(cast, draft) -> Edition:
    actions.request_review(draft, by=cast.info)
    actions.approve(draft, by=cast.head)
    return actions.publish(draft, by=cast.head)


def test_who_may_not_read_editions_is_refused(cast, draft):
    for who in ("ana", "monitor", "admin"):
        client = cast.client(who)
        assert client.get(reverse("editions:desk")).status_code == 403
        assert client.get(draft.get_absolute_url()).status_code == 403


def test_signed_out_people_are_sent_to_sign_in_and_see_no_draft(client, draft):
    assert client.get(draft.get_absolute_url()).status_code == 302
    assert client.get(reverse("editions:public", args=[draft.name])).status_code == 404
    assert client.get(reverse("editions:public_file", args=[draft.name, "figures.csv"])).status_code == 404


def test_an_edition_that_is_not_there_is_404(cast):
    assert cast.client("press").get(reverse("editions:edition", args=[uuid4()])).status_code == 404


def test_the_form_freezes_a_draft_once(cast):
    invented.keep(invented.year())
    client, capture = cast.client("info"), uuid4()
    data = {"report": "en-cifras", "period": "2022", "profile": "public", "language": "es", "capture": capture}
    for _each in range(2):
        response = client.post(reverse("editions:draft"), data)
        assert response.status_code == 302
    assert Edition.objects.count() == 1


def test_a_wrong_period_is_said_at_its_field(cast):
    data = {"report": "en-cifras", "period": "el año pasado", "profile": "public", "language": "es", "capture": uuid4()}
    response = cast.client("info").post(reverse("editions:draft"), data)
    assert response.status_code == 422
    assert "2022-Q4" in response.content.decode()


def test_the_road_by_the_buttons(cast, draft):
    info, head = cast.client("info"), cast.client("head")
    page = info.get(draft.get_absolute_url()).content.decode()
    assert reverse("editions:step", args=[draft.pk, "pedir"]) in page
    assert reverse("editions:step", args=[draft.pk, "aprobar"]) not in page
    info.post(reverse("editions:step", args=[draft.pk, "pedir"]))
    assert reverse("editions:step", args=[draft.pk, "aprobar"]) in head.get(draft.get_absolute_url()).content.decode()
    head.post(reverse("editions:step", args=[draft.pk, "aprobar"]))
    head.post(reverse("editions:step", args=[draft.pk, "publicar"]))
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED


def test_a_step_is_taken_by_post_alone_and_by_who_may(cast, draft):
    address = reverse("editions:step", args=[draft.pk, "pedir"])
    assert cast.client("info").get(address).status_code == 405
    assert cast.client("head").post(address).status_code == 403
    assert cast.client("info").post(reverse("editions:step", args=[draft.pk, "nada"])).status_code == 404


def test_returning_asks_for_the_reason(cast, draft):
    actions.request_review(draft, by=cast.info)
    address = reverse("editions:step", args=[draft.pk, "devolver"])
    head = cast.client("head")
    assert head.get(address).status_code == 200
    assert head.post(address, {"reason": ""}).status_code == 422
    assert head.post(address, {"reason": "Faltan las ferias de Mexicali."}).status_code == 302
    assert "Mexicali" in cast.client("info").get(draft.get_absolute_url()).content.decode()


def test_the_preview_is_the_print(cast, draft):
    response = cast.client("press").get(reverse("editions:preview", args=[draft.pk, 1]))
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert cast.client("press").get(reverse("editions:preview", args=[draft.pk, 9])).status_code == 404


def test_the_archive_with_the_facts_is_for_who_publishes_and_is_logged(cast, published):
    address = reverse("editions:file", args=[published.pk, "edition.zip"])
    assert cast.client("press").get(address).status_code == 403
    assert b"".join(cast.client("info").get(address).streaming_content).startswith(b"PK")
    assert Entry.objects.filter(verb="read", record=str(published.pk)).exists()


def test_everybody_reads_the_published_edition(client, published):
    assert published.title in client.get(reverse("editions:published")).content.decode()
    page = client.get(reverse("editions:public", args=[published.name])).content.decode()
    for figure in build.values_of(published).figures:
        if figure.value is not None and not figure.parent:
            assert f'id="{figure.key}"' in page
    assert build.standing_of(published).fingerprint in page


def test_every_download_is_there_but_the_facts(client, published):
    for name in build.OUTPUTS:
        response = client.get(reverse("editions:public_file", args=[published.name, name]))
        assert response.status_code == (404 if name in build.RESTRICTED else 200), name
    assert client.get(reverse("editions:public_file", args=[published.name, "keys.json"])).status_code == 404


def test_the_page_loads_nothing_from_elsewhere_and_carries_no_script_or_inline_style(client, published):
    page = client.get(reverse("editions:public", args=[published.name])).content.decode()
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert "<script" not in page
    assert 'style="' not in page
    assert "<style" not in page
    style = client.get(reverse("editions:public_style", args=[published.name]))
    assert style["Content-Type"].startswith("text/css")


def test_index_html_stands_alone(published, tmp_path):
    build.build_outputs(published, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert "<link" not in page
    assert "<script" not in page
    assert "edition.zip" in page
    assert 'href="edition.zip"' not in page


def test_a_superseded_edition_stays_readable_and_points_on(cast, client, published):
    second = actions.draft(
        "en-cifras", Period.year(2022), by=cast.info, reason_class="R1", reason_text="Llegó un registro tardío."
    )
    actions.request_review(second, by=cast.info)
    actions.approve(second, by=cast.head)
    actions.publish(second, by=cast.head)
    page = client.get(reverse("editions:public", args=["mexico-2022"])).content.decode()
    assert "mexico-2022-2" in page
    listed = client.get(reverse("editions:published")).content.decode()
    assert listed.count("/publicadas/mexico-2022") == 1


def test_a_withdrawn_edition_says_so_and_shows_no_number(cast, client, published):
    actions.withdraw(published, reason="Contó dos veces una oficina.", by=cast.head)
    response = client.get(reverse("editions:public", args=[published.name]))
    assert response.status_code == 410
    page = response.content.decode()
    assert "Contó dos veces una oficina." in page
    assert "227" not in page
    assert client.get(reverse("editions:public_file", args=[published.name, "figures.csv"])).status_code == 404


def test_a_partner_edition_is_not_public(cast, client):
    invented.keep(invented.year())
    edition = actions.draft("en-cifras", Period.year(2022), by=cast.info, profile="partner")
    actions.request_review(edition, by=cast.info)
    actions.approve(edition, by=cast.head)
    actions.publish(edition, by=cast.head)
    assert client.get(reverse("editions:public", args=[edition.name])).status_code == 404
    assert edition.title not in client.get(reverse("editions:published")).content.decode()
    assert cast.client("press").get(edition.get_absolute_url()).status_code == 200


def test_what_waits_is_counted_for_who_may_act(cast, draft):
    from cauce.editions import queries

    assert queries.waiting(cast.info) == 1
    actions.request_review(draft, by=cast.info)
    assert queries.waiting(cast.info) is None
    assert queries.waiting(cast.head) == 1
    assert queries.waiting(cast.press) is None
