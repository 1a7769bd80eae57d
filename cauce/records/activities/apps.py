from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "cauce.records.activities"
    label = "activities"
    verbose_name = "Actividades"
