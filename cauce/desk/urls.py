"""Addresses of the screens that look across rooms."""

from django.urls import path

from cauce.desk.views import audit, figures, home, search, timeline

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("buscar/", search.search, name="search"),
    path("linea/<uuid:pk>/", timeline.timeline, name="timeline"),
    path("cifras/", figures.figures, name="figures"),
    path("cifras/intervalo/", figures.interval, name="interval"),
    path("cifras/<str:key>/", figures.figure, name="figure"),
    path("cifras/<str:key>/regla/", figures.rule, name="figure_rule"),
    path("cifras/<str:key>/tabla.<str:kind>", figures.table, name="figure_table"),
    path("cifras/<str:key>/registros/", figures.records, name="figure_records"),
    path("cifras/<str:key>/registros/<slug:room>/<uuid:pk>/", figures.why, name="figure_why"),
    path("bitacora/", audit.audit_log, name="audit"),
    path("bitacora/comprobar/", audit.verify_log, name="verify_log"),
]
