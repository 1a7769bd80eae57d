from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cauce.desk"
    label = "desk"
    verbose_name = "Escritorio"
