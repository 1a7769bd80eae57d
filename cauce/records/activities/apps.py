from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "cauce.records.activities"
    label = "activities"
    verbose_name = "Actividades"

    def ready(self) -> None:
        from cauce.records.activities import queries
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        navigation.register(
            Entry(
                "activities", _("Actividades"), "activities:events", icon="o-training", group="programmes",
                permission="activities.view", order=30, count=queries.waiting_count, accent="strengthening", phone=True,
            )
        )  # fmt: skip
