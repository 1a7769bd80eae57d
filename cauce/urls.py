"""Every address of the house, one room after the other."""

from django.urls import include, path

urlpatterns = [
    path("cuenta/", include("cauce.access.account_urls")),
    path("accesos/", include("cauce.access.urls")),
    path("lugares/", include("cauce.records.places.urls")),
    path("programas/", include("cauce.records.programmes.urls")),
    path("personas/", include("cauce.records.people.urls")),
    path("asistencia/", include("cauce.records.assistance.urls")),
    path("actividades/", include("cauce.records.activities.urls")),
    path("encuestas/", include("cauce.records.surveys.urls")),
    path("proteccion/", include("cauce.records.protection.urls")),
    path("captura/", include("cauce.capture.urls")),
    path("ediciones/", include("cauce.editions.urls")),
    path("", include("cauce.ui.urls")),
    path("", include("cauce.desk.urls")),
]
handler400 = "cauce.ui.views.bad_request"
handler403 = "cauce.ui.views.forbidden"
handler404 = "cauce.ui.views.not_found"
handler500 = "cauce.ui.views.server_error"
