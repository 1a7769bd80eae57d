from django.urls import path

from cauce.records.activities.views import attendance, evaluation, events, sessions

app_name = "activities"
urlpatterns = [
    path("", events.events, name="events"),
    path("calendario/", events.calendar, name="calendar"),
    path("nuevo/", events.plan, name="plan"),
    path("<uuid:pk>/", events.event, name="event"),
    path("<uuid:pk>/corregir/", events.correct, name="correct"),
    path("<uuid:pk>/realizado/", events.hold, name="hold"),
    path("<uuid:pk>/validar/", events.validate, name="validate"),
    path("<uuid:pk>/cancelar/", events.cancel, name="cancel"),
    path("<uuid:pk>/anular/", events.void, name="void"),
    path("<uuid:pk>/evaluacion/", evaluation.evaluate, name="evaluate"),
    path("<uuid:pk>/evaluacion/corregir/", evaluation.correct, name="evaluation-correct"),
    path("<uuid:pk>/sesiones/nueva/", sessions.add, name="session-add"),
    path("sesiones/<uuid:pk>/corregir/", sessions.correct, name="session-correct"),
    path("sesiones/<uuid:pk>/anular/", sessions.void, name="session-void"),
    path("<uuid:pk>/asistencia/", attendance.attendance, name="attendance"),
    path("<uuid:pk>/asistencia/agregar/", attendance.add, name="attendance-add"),
    path("<uuid:pk>/asistencia/conteo/", attendance.count, name="attendance-count"),
    path("<uuid:pk>/asistencia/hoja/", attendance.sheet, name="attendance-sheet"),
    path("asistencia/<uuid:pk>/marcar/", attendance.mark, name="mark"),
    path("asistencia/<uuid:pk>/presencia/", attendance.presence, name="presence"),
    path("asistencia/<uuid:pk>/pruebas/", attendance.scores, name="scores"),
    path("asistencia/<uuid:pk>/corregir/", attendance.correct, name="participation-correct"),
    path("asistencia/<uuid:pk>/anular/", attendance.void, name="participation-void"),
]
