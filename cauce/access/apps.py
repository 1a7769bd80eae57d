from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "cauce.access"
    label = "access"
    verbose_name = _("Accesos")

    def ready(self) -> None:
        from allauth.account.signals import password_changed, password_set

        from cauce.access.actions import note_password_changed
        from cauce.ui.navigation import Entry, register

        register(
            Entry("access", _("Cuentas y funciones"), "access:accounts", icon="i-key", group="admin",
                  permission="access.view", order=10)
        )  # fmt: skip

        def note(sender: object, user: object, **_more: object) -> None:
            note_password_changed(user)

        for signal in (password_changed, password_set):
            signal.connect(note, weak=False, dispatch_uid=f"access-{id(signal)}")
