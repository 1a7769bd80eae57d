from django.urls import path

from cauce.records.programmes.views import catalogue, months

app_name = "programmes"
urlpatterns = [
    path("", catalogue.projects, name="projects"),
    path("nuevo/", catalogue.project_new, name="project-new"),
    path("<uuid:pk>/", catalogue.project, name="project"),
    path("<uuid:pk>/corregir/", catalogue.project_correct, name="project-correct"),
    path("<uuid:pk>/anular/", catalogue.project_void, name="project-void"),
    path("donantes/", catalogue.donors, name="donors"),
    path("donantes/nuevo/", catalogue.donor_new, name="donor-new"),
    path("donantes/<uuid:pk>/", catalogue.donor, name="donor"),
    path("donantes/<uuid:pk>/corregir/", catalogue.donor_correct, name="donor-correct"),
    path("donantes/<uuid:pk>/anular/", catalogue.donor_void, name="donor-void"),
    path("respuestas/", catalogue.responses, name="responses"),
    path("respuestas/nueva/", catalogue.response_new, name="response-new"),
    path("respuestas/<uuid:pk>/", catalogue.response, name="response"),
    path("respuestas/<uuid:pk>/corregir/", catalogue.response_correct, name="response-correct"),
    path("respuestas/<uuid:pk>/anular/", catalogue.response_void, name="response-void"),
    path("meses/", months.months, name="months"),
    path("meses/<str:office>/<str:month>/", months.month, name="month"),
    path("meses/<str:office>/<str:month>/entregar/", months.submit, name="month-submit"),
    path("meses/<str:office>/<str:month>/validar/", months.validate, name="month-validate"),
    path("meses/<str:office>/<str:month>/cerrar/", months.lock, name="month-lock"),
    path("meses/<str:office>/<str:month>/reabrir/", months.reopen, name="month-reopen"),
]
