from django.urls import path

from cauce.records.surveys.views import interviews, rounds

app_name = "surveys"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("rondas/nueva/", rounds.plan, name="plan"),
    path("rondas/<uuid:pk>/", rounds.round_, name="round"),
    path("rondas/<uuid:pk>/corregir/", rounds.correct, name="correct"),
    path("rondas/<uuid:pk>/iniciar/", rounds.start, name="start"),
    path("rondas/<uuid:pk>/cerrar/", rounds.close, name="close"),
    path("rondas/<uuid:pk>/publicar/", rounds.publish, name="publish"),
    path("rondas/<uuid:pk>/anular/", rounds.void, name="void"),
    path("rondas/<uuid:pk>/asignar/", rounds.file_under, name="file"),
    path("entrevistas/", interviews.interviews, name="interviews"),
    path("entrevistas/nueva/", interviews.capture, name="interview-new"),
    path("entrevistas/<uuid:pk>/corregir/", interviews.correct, name="interview-correct"),
    path("entrevistas/<uuid:pk>/anular/", interviews.void, name="interview-void"),
]
