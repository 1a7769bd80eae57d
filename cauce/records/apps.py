from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "cauce.records"
    label = "records"
    verbose_name = "Registros"
