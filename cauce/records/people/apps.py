from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "cauce.records.people"
    label = "people"
    verbose_name = "Personas"

    def ready(self) -> None:
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        navigation.register(
            Entry(
                "people", _("Personas"), "people:people", icon="o-people", group="register", permission="people.view",
                order=10,
            )
        )  # fmt: skip
        navigation.register(
            Entry(
                "people.register", _("Registrar"), "people:register", icon="i-plus", group="register",
                permission="people.register", order=5, phone=True,
            )
        )  # fmt: skip
