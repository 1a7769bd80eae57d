from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "cauce.records.places"
    label = "places"
    verbose_name = "Lugares"
