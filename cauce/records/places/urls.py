from django.urls import path

from cauce.records.places.views import organisations, sites

app_name = "places"
urlpatterns = [
    path("", sites.sites, name="sites"),
    path("nuevo/", sites.register, name="site-new"),
    path("<uuid:pk>/", sites.site, name="site"),
    path("<uuid:pk>/direccion/", sites.address, name="site-address"),
    path("<uuid:pk>/corregir/", sites.correct, name="site-correct"),
    path("<uuid:pk>/cerrar/", sites.close, name="site-close"),
    path("<uuid:pk>/reabrir/", sites.reopen, name="site-reopen"),
    path("<uuid:pk>/anular/", sites.void, name="site-void"),
    path("<uuid:pk>/servicios/", organisations.offer_of_site, name="site-offer"),
    path("organizaciones/", organisations.organisations, name="organisations"),
    path("organizaciones/nueva/", organisations.register, name="organisation-new"),
    path("organizaciones/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organizaciones/<uuid:pk>/corregir/", organisations.correct, name="organisation-correct"),
    path("organizaciones/<uuid:pk>/anular/", organisations.void, name="organisation-void"),
    path("organizaciones/<uuid:pk>/servicios/", organisations.offer_of_organisation, name="organisation-offer"),
    path("servicios/<uuid:pk>/terminar/", organisations.end_offer, name="offer-end"),
]
