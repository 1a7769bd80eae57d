"""The screens of programmes, walked as their users do."""

from uuid import uuid4

import pytest

from cauce.records.programmes.models import Donor, MonthlyClosing, Project, Response

pytestmark = pytest.mark.django_db

PAGES = {
    "/programas/": (
        {"code": "CT.9", "name": "Nueve (simulado)", "start": "01/01/2022", "chapters": ["capacity", "research"]},
        Project,
    ),
    "/programas/donantes/": ({"name": "Nuevo (simulado)", "kind": "un", "country": "Canadá"}, Donor),
    "/programas/respuestas/": ({"code": "MPP", "name": "Protocolos (simulado)", "start": "06/12/2021"}, Response),
}
NEW = {"/programas/": "nuevo/", "/programas/donantes/": "nuevo/", "/programas/respuestas/": "nueva/"}


@pytest.mark.parametrize("url", PAGES)
def test_an_entry_is_registered_corrected_and_voided(donor, cast, url):
    client, (values, model) = cast.client("policy"), PAGES[url]
    form = values | {"capture": str(uuid4())}
    assert client.get(f"{url}{NEW[url]}").status_code == 200
    file = client.post(f"{url}{NEW[url]}", form)["Location"]
    assert client.post(f"{url}{NEW[url]}", form)["Location"] == file
    assert values["name"] in client.get(url).content.decode()
    assert values["name"] in client.get(file).content.decode()
    page = client.get(f"{file}corregir/").content.decode()
    assert values["name"] in page
    changed = form | {"name": "Corregido (simulado)", "reason": "Así se llama ahora"}
    assert client.post(f"{file}corregir/", changed).status_code == 302
    assert model.objects.filter(name="Corregido (simulado)").count() == 1
    assert client.get(f"{file}anular/").status_code == 200
    assert client.post(f"{file}anular/", {"reason": "Se registró dos veces"}).status_code == 302
    assert client.get(file).status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_who_only_reads_gets_no_buttons(donor, project, covid, cast, url):
    client = cast.client("ana")
    assert "Registrar" not in client.get(url).content.decode().partition("<main")[2].partition("</main>")[0]
    entry = {Project: project, Donor: donor, Response: covid}[PAGES[url][1]]
    assert "Corregir" not in client.get(entry.get_absolute_url()).content.decode()
    assert client.get(f"{entry.get_absolute_url()}corregir/").status_code == 403


def test_a_refusal_of_the_rules_stands_at_its_field(project, cast):
    form = PAGES["/programas/"][0] | {"capture": str(uuid4()), "code": "ct 0001"}
    answer = cast.client("policy").post("/programas/nuevo/", form)
    assert answer.status_code == 422 and "ya está en uso" in answer.content.decode()


def test_a_donor_lists_its_projects(project, donor, cast):
    assert project.name in cast.client("ana").get(donor.get_absolute_url()).content.decode()


def test_a_month_walks_from_the_office_to_information(cast):
    office, information, url = cast.client("logistics"), cast.client("info"), "/programas/meses/TIJ/2022-05/"
    assert "mayo 2022" in office.get("/programas/meses/?year=2022").content.decode()
    assert "Entregar el mes" in office.get(url).content.decode()
    office.post(f"{url}entregar/")
    assert "Validar el mes" not in office.get(url).content.decode()
    assert "Validar el mes" in information.get(url).content.decode()
    information.post(f"{url}validar/")
    information.post(f"{url}cerrar/")
    assert MonthlyClosing.objects.get().state == "locked"
    assert "empieza una versión nueva" in information.get(f"{url}reabrir/").content.decode()
    information.post(f"{url}reabrir/", {"reason": "Faltaban dos hojas de entrega"})
    assert "Versión 2" in office.get(url).content.decode()


def test_a_refused_step_is_said_in_words(cast):
    own = cast.client("info")
    url = "/programas/meses/TIJ/2022-05/"
    own.post(f"{url}entregar/")
    assert "lo valida otra persona" in own.get(url).content.decode()
    answer = own.post(f"{url}validar/", follow=True)
    assert "Usted entregó este mes" in answer.content.decode()
    assert MonthlyClosing.objects.get().state == "submitted"


@pytest.mark.parametrize("url", ["TAP/2022-05", "TIJ/2022-13", "TIJ/2999-01", "XXX/2022-05", "TIJ/mayo"])
def test_months_of_others_and_of_no_calendar_do_not_exist(cast, url):
    assert cast.client("logistics").get(f"/programas/meses/{url}/").status_code == 404


def test_a_month_nobody_handed_in_has_no_further_steps(cast):
    for step in ("validar", "cerrar"):
        assert cast.client("info").post(f"/programas/meses/TIJ/2022-05/{step}/").status_code == 404
    assert not MonthlyClosing.objects.exists()
