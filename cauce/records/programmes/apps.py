from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "cauce.records.programmes"
    label = "programmes"
    verbose_name = "Programas"
