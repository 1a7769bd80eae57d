from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "cauce.desk"
    label = "desk"
    verbose_name = "Escritorio"

    def ready(self) -> None:
        from cauce.desk.home.work import due_count
        from cauce.records.people import acts
        from cauce.records.people.acts import Act
        from cauce.ui.navigation import Entry, register

        register(
            Entry("home", _("Hoy"), "desk:home", icon="i-calendar", permission="desk.home", order=0, count=due_count,
                  phone=True)
        )  # fmt: skip
        register(
            Entry("figures", _("Cifras"), "desk:figures", icon="i-bar-chart", group="figures",
                  permission="figures.view", order=10, phone=True)
        )  # fmt: skip
        register(
            Entry(
                "audit", _("Bitácora"), "desk:audit", icon="i-history", group="admin", permission="audit.view", order=20
            )
        )
        acts.register(
            Act("desk.timeline", _("Línea de tiempo"), "desk:timeline", "people.view", "i-history", 5, looks=True)
        )
