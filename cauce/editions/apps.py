from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "cauce.editions"
    label = "editions"
    verbose_name = "Ediciones"

    def ready(self) -> None:
        from cauce.editions import queries
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        navigation.register(
            Entry(
                "editions", _("Ediciones"), "editions:desk", icon="i-file", group="figures",
                permission="editions.read", order=30, count=queries.waiting,
            )
        )  # fmt: skip
