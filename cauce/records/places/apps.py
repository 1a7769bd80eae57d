from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "cauce.records.places"
    label = "places"
    verbose_name = "Lugares"

    def ready(self) -> None:
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        navigation.register(
            Entry(
                "places", _("Lugares"), "places:sites", icon="o-shelter", group="register", permission="places.view",
                order=40,
            )
        )  # fmt: skip
