from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "cauce.records.surveys"
    label = "surveys"
    verbose_name = "Encuestas"
