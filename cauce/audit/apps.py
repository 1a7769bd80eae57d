from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cauce.audit"
    label = "audit"
    verbose_name = "Bitácora"
