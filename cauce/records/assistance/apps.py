from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "cauce.records.assistance"
    label = "assistance"
    verbose_name = "Asistencia"
