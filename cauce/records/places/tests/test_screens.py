"""The screens of places, walked as their users do."""

from uuid import uuid4

import pytest

from cauce.audit.models import Entry
from cauce.records.places import actions
from cauce.records.places.actions import NewSite
from cauce.records.places.models import Organisation, Site

pytestmark = pytest.mark.django_db


def _form(**changes):
    return {
        "capture": str(uuid4()),
        "name": "Comedor Sol (simulado)",
        "kind": "other_service",
        "municipality": "Tijuana, Baja California",
        "aliases": "El Sol\nComedor del Sol",
        "accepts": ["men", "women"],
        "address": "Calle Uno 1",
        "opened": "14/06/2021",
        **changes,
    }


def test_the_list_counts_and_maps_without_naming_an_address(casa, cast):
    page = cast.client("ana").get("/lugares/").content.decode()
    assert "Casa Luz (simulada)" in page and "Tijuana 1" in page
    assert "Calle Falsa" not in page


def test_the_list_is_filtered_by_the_municipality_of_a_dot(casa, cast):
    client = cast.client("ana")
    assert "Casa Luz" in client.get("/lugares/?municipality=02004").content.decode()
    assert "Casa Luz" not in client.get("/lugares/?kind=hospital").content.decode()


def test_a_logistician_registers_a_site_once(places, cast):
    client, form = cast.client("logistics"), _form()
    assert client.get("/lugares/nuevo/").status_code == 200
    first, second = client.post("/lugares/nuevo/", form), client.post("/lugares/nuevo/", form)
    site = Site.objects.get()
    assert first["Location"] == second["Location"] == site.get_absolute_url()
    assert (site.municipality_id, site.aliases, site.accepts) == (
        "02004",
        ["El Sol", "Comedor del Sol"],
        ["men", "women"],
    )
    assert "Comedor Sol (simulado)" in client.get(site.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"municipality": "Juárez"}, "Hay varios municipios"),
        ({"municipality": "Tijuanna"}, "¿Quiso decir"),
        ({"name": "-"}, "Falta el nombre"),
        ({"capacity_regular": "9", "capacity_emergency": "3"}, "es menor que la regular"),
        ({"opened": "31/31/2021"}, "no es una fecha"),
    ],
)
def test_a_mistake_is_answered_at_its_field(places, cast, changes, said):
    answer = cast.client("logistics").post("/lugares/nuevo/", _form(**changes))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Site.objects.exists()


def test_a_protected_address_is_shown_on_request_and_noted(casa, cast):
    client = cast.client("ana")
    assert "Calle Falsa" not in client.get(casa.get_absolute_url()).content.decode()
    shown = client.post(f"{casa.get_absolute_url()}direccion/")
    assert "Calle Falsa 123" in shown.content.decode() and shown["Cache-Control"] == "no-store"
    assert Entry.objects.filter(verb="read", record=str(casa.pk)).count() == 1


def test_who_does_not_need_the_address_gets_no_button(casa, cast):
    client = cast.client("trainer")
    page = client.get(casa.get_absolute_url()).content.decode()
    assert "Dirección protegida" in page and "Mostrar la dirección" not in page
    assert client.post(f"{casa.get_absolute_url()}direccion/").status_code == 403


def test_correcting_shows_what_was_and_keeps_the_address(casa, cast):
    client, url = cast.client("logistics"), f"{casa.get_absolute_url()}corregir/"
    page = client.get(url).content.decode()
    assert "Albergue Luz" in page and "Tijuana, Baja California" in page and "Calle Falsa" not in page
    form = _form(name=casa.name, kind="shelter", address="", capacity_regular="41", reason="Pusieron una litera más")
    assert client.post(url, form).status_code == 302
    site = Site.objects.get(pk=casa.pk)
    assert (site.capacity_regular, site.address) == (41, "Calle Falsa 123")


def test_a_site_is_closed_reopened_and_voided_with_reasons(casa, cast):
    client, url, reason = cast.client("logistics"), casa.get_absolute_url(), "Lo cerró protección civil"
    assert client.post(f"{url}cerrar/", {"day": "01/06/2022", "reason": "x"}).status_code == 422
    assert client.post(f"{url}cerrar/", {"day": "02/06/2022", "reason": reason}).status_code == 302
    assert "Cerrado el 2 de junio de 2022" in client.get(url).content.decode().replace("\xa0", " ")
    assert client.post(f"{url}reabrir/", {"reason": reason}).status_code == 302
    assert client.post(f"{url}anular/", {"reason": reason}).status_code == 302
    assert client.get(url).status_code == 404


def test_services_are_added_and_ended(casa, operator, cast):
    client = cast.client("logistics")
    for entry in (casa, operator):
        form = {"capture": str(uuid4()), "service": "legal", "conditions": "Martes (previa cita)"}
        assert client.post(f"{entry.get_absolute_url()}servicios/", form).status_code == 302
        page = client.get(entry.get_absolute_url()).content.decode()
        assert "Asesoría legal" in page and "Martes (previa cita)" in page
        again = client.post(f"{entry.get_absolute_url()}servicios/", form | {"capture": str(uuid4())})
        assert again.status_code == 422
        offer = entry.services.get()
        assert (
            client.post(f"/lugares/servicios/{offer.pk}/terminar/", {"reason": "Terminó el convenio"}).status_code
            == 302
        )
        assert "Ya no se ofrece" in client.get(entry.get_absolute_url()).content.decode()


def test_an_organisation_is_registered_corrected_and_voided(places, cast):
    client = cast.client("policy")
    form = {
        "capture": str(uuid4()),
        "name": "Comisión Local (simulada)",
        "kind": "local_search_commission",
        "state": "02",
    }
    assert client.get("/lugares/organizaciones/nueva/").status_code == 200
    url = client.post("/lugares/organizaciones/nueva/", form)["Location"]
    assert "Sujeto obligado" in client.get(url).content.decode()
    assert "Comisión Local" in client.get("/lugares/organizaciones/?q=comision").content.decode()
    changed = form | {"municipality": "Mexicali", "reason": "Faltaba el municipio"}
    assert client.get(f"{url}corregir/").status_code == 200
    assert client.post(f"{url}corregir/", changed).status_code == 302
    assert Organisation.objects.get().municipality_id == "02002"
    wrong = client.post(f"{url}corregir/", changed | {"state": "07"})
    assert wrong.status_code == 422 and "no es del estado" in wrong.content.decode()
    assert client.post(f"{url}anular/", {"reason": "Estaba dos veces"}).status_code == 302
    assert client.get(url).status_code == 404


def test_entries_of_another_office_show_no_buttons_and_refuse(places, cast):
    far = actions.register_site(
        NewSite(name="Casa Sur (simulada)", kind="shelter", municipality="07089", office="TAP"), by=cast.info
    )
    client = cast.client("logistics")
    assert "Corregir" not in client.get(far.get_absolute_url()).content.decode()
    for act in ("corregir", "cerrar", "reabrir", "anular", "servicios"):
        assert client.get(f"{far.get_absolute_url()}{act}/").status_code == 403
