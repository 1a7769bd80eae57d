from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtectionConfig(AppConfig):
    name = "cauce.records.protection"
    label = "protection"
    verbose_name = "Protección"

    def ready(self) -> None:
        from cauce.records.people import acts
        from cauce.records.people.acts import Act
        from cauce.records.protection import queries
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        navigation.register(
            Entry(
                "protection",
                _("Protección"),
                "protection:cases",
                icon="o-protection",
                group="programmes",
                permission="protection.view",
                order=10,
                count=lambda viewer: queries.active_count(viewer) or None,
                accent="protection",
                phone=True,
            )
        )
        acts.register(Act("protection.open", _("Abrir caso"), "protection:open", "protection.open", "o-protection", 10))
        acts.register(
            Act(
                "protection.cases", _("Casos de protección"), "protection:person", "protection.view", "o-protection",
                10, looks=True,
            )
        )  # fmt: skip
