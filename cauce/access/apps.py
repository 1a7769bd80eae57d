from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "cauce.access"
    label = "access"
    verbose_name = "Accesos"
