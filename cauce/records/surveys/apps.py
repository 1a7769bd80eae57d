from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "cauce.records.surveys"
    label = "surveys"
    verbose_name = "Encuestas"

    def ready(self) -> None:
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        navigation.register(
            Entry(
                "surveys", _("Encuestas"), "surveys:rounds", icon="o-statistics", group="programmes",
                permission="surveys.view", order=60, accent="statistics",
            )
        )  # fmt: skip
