"""Addresses of this room, under /proteccion/."""

from django.urls import path

from cauce.records.protection.views import acts, cases, file, vaults, work

app_name = "protection"
urlpatterns = [
    path("", cases.cases, name="cases"),
    path("personas/<uuid:person>/", cases.of_person, name="person"),
    path("personas/<uuid:person>/abrir/", cases.open_case, name="open"),
    path("incidentes/<uuid:pk>/anular/", vaults.void_incident, name="void_incident"),
    path("<uuid:pk>/", file.case, name="case"),
    path("<uuid:pk>/accesos/", file.seen, name="seen"),
    path("<uuid:pk>/servicio/", acts.serve, name="serve"),
    path("<uuid:pk>/canalizar/", acts.refer, name="refer"),
    path("<uuid:pk>/articulos/", acts.items, name="items"),
    path("<uuid:pk>/abrir/", work.begin, name="begin"),
    path("<uuid:pk>/proximo/", work.plan, name="plan"),
    path("<uuid:pk>/categoria/", work.recategorise, name="recategorise"),
    path("<uuid:pk>/responsable/", work.assign, name="assign"),
    path("<uuid:pk>/pausar/", work.hold, name="hold"),
    path("<uuid:pk>/reanudar/", work.resume, name="resume"),
    path("<uuid:pk>/corregir/", work.correct, name="correct"),
    path("<uuid:pk>/cerrar/", work.close, name="close"),
    path("<uuid:pk>/reabrir/", work.reopen, name="reopen"),
    path("<uuid:pk>/anular/", work.void, name="void"),
    path("<uuid:pk>/incidentes/", vaults.incidents, name="incidents"),
    path("<uuid:pk>/incidentes/nuevo/", vaults.new_incident, name="new_incident"),
    path("<uuid:pk>/trata/", vaults.trafficking, name="trafficking"),
    path("<uuid:pk>/ninez/", vaults.child, name="child"),
]
