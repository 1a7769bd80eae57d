from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "cauce.records.programmes"
    label = "programmes"
    verbose_name = "Programas"

    def ready(self) -> None:
        from cauce.records.programmes import queries
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        navigation.register(
            Entry(
                "programmes", _("Proyectos"), "programmes:projects", icon="i-folder", group="register",
                permission="programmes.view", order=50, count=queries.waiting,
            )
        )  # fmt: skip
