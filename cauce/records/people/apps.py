from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cauce.records.people"
    label = "people"
    verbose_name = "Personas"
