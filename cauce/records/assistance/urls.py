"""Addresses of this room, under /asistencia/."""

from django.urls import path

from cauce.records.assistance.views import items, people, procedures, referrals, services, sites

app_name = "assistance"
urlpatterns = [
    path("", services.services, name="services"),
    path("personas/<uuid:person>/", people.acts, name="person"),
    path("personas/<uuid:person>/servicio/", services.serve, name="serve"),
    path("personas/<uuid:person>/canalizar/", referrals.refer, name="refer"),
    path("personas/<uuid:person>/articulos/", items.deliver, name="deliver_item"),
    path("personas/<uuid:person>/tramite/", procedures.receive, name="receive_procedure"),
    path("servicios/<uuid:pk>/", services.service, name="service"),
    path("servicios/<uuid:pk>/prestado/", services.deliver, name="service_deliver"),
    path("servicios/<uuid:pk>/cancelar/", services.cancel, name="service_cancel"),
    path("servicios/<uuid:pk>/corregir/", services.correct, name="service_correct"),
    path("servicios/<uuid:pk>/anular/", services.void, name="service_void"),
    path("canalizaciones/", referrals.referrals, name="referrals"),
    path("canalizaciones/<uuid:pk>/", referrals.referral, name="referral"),
    path("canalizaciones/<uuid:pk>/<slug:to>/", referrals.step, name="referral_step"),
    path("tramites/", procedures.procedures, name="procedures"),
    path("tramites/<uuid:pk>/", procedures.procedure, name="procedure"),
    path("tramites/<uuid:pk>/paso/<slug:to>/", procedures.step, name="procedure_step"),
    path("tramites/<uuid:pk>/corregir/", procedures.correct, name="procedure_correct"),
    path("tramites/<uuid:pk>/anular/", procedures.void, name="procedure_void"),
    path("articulos/", items.items, name="items"),
    path("articulos/<uuid:pk>/", items.item, name="item"),
    path("articulos/<uuid:pk>/entregado/", items.hand_over, name="item_deliver"),
    path("articulos/<uuid:pk>/cancelar/", items.cancel, name="item_cancel"),
    path("articulos/<uuid:pk>/corregir/", items.correct, name="item_correct"),
    path("articulos/<uuid:pk>/anular/", items.void, name="item_void"),
    path("sitios/", sites.supports, name="supports"),
    path("sitios/nuevo/", sites.register, name="support_new"),
    path("sitios/<uuid:pk>/", sites.support, name="support"),
    path("sitios/<uuid:pk>/enviado/", sites.dispatch, name="support_dispatch"),
    path("sitios/<uuid:pk>/recibido/", sites.receive, name="support_receive"),
    path("sitios/<uuid:pk>/cancelar/", sites.cancel, name="support_cancel"),
    path("sitios/<uuid:pk>/corregir/", sites.correct, name="support_correct"),
    path("sitios/<uuid:pk>/renglones/<uuid:line>/", sites.correct_line, name="line_correct"),
    path("sitios/<uuid:pk>/anular/", sites.void, name="support_void"),
]
