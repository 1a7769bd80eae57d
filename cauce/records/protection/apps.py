from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "cauce.records.protection"
    label = "protection"
    verbose_name = "Protección"
