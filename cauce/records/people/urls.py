"""Addresses of this room, under /personas/."""

from django.urls import path

from cauce.records.people.views import consents, files, people, registering, together

app_name = "people"
urlpatterns = [
    path("", people.people, name="people"),
    path("buscar/", people.search, name="search"),
    path("registrar/", registering.register, name="register"),
    path("recibir/", registering.receive, name="receive"),
    path("grupos/<uuid:pk>/", together.group, name="group"),
    path("consentimientos/<uuid:pk>/retirar/", consents.withdraw, name="withdraw"),
    path("decisiones/<uuid:pk>/levantar/", together.lift, name="lift"),
    path("documentos/<uuid:pk>/anular/", files.void_document, name="void_document"),
    path("<uuid:pk>/", files.person, name="person"),
    path("<uuid:pk>/registrada/", registering.registered, name="registered"),
    path("<uuid:pk>/corregir/", files.correct, name="correct"),
    path("<uuid:pk>/anular/", files.void, name="void"),
    path("<uuid:pk>/nombre/", files.name, name="name"),
    path("<uuid:pk>/contacto/", files.contact, name="contact"),
    path("<uuid:pk>/documentos/", files.document, name="document"),
    path("<uuid:pk>/consentimiento/", consents.consents, name="consents"),
    path("<uuid:pk>/consentimiento/anotar/", consents.ask, name="ask"),
    path("<uuid:pk>/grupo/", together.join, name="join"),
    path("<uuid:pk>/grupo/salir/", together.leave, name="leave"),
    path("<uuid:pk>/decisiones/", together.decisions, name="decisions"),
    path("<uuid:pk>/decisiones/nueva/", together.decide, name="decide"),
]
