from django.apps import AppConfig
from django.core import checks


class UiConfig(AppConfig):
    name = "cauce.ui"
    label = "ui"
    verbose_name = "Interfaz"

    def ready(self) -> None:
        from cauce.ui.navigation import check_entries

        checks.register(check_entries, checks.Tags.urls)
