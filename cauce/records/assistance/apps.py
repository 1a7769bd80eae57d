from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistanceConfig(AppConfig):
    name = "cauce.records.assistance"
    label = "assistance"
    verbose_name = "Asistencia"

    def ready(self) -> None:
        from cauce.records.assistance import queries
        from cauce.records.assistance.actions import close_on_withdrawal
        from cauce.records.people import acts
        from cauce.records.people.actions import on_withdrawal
        from cauce.records.people.acts import Act
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        if close_on_withdrawal not in on_withdrawal:
            on_withdrawal.append(close_on_withdrawal)
        navigation.register(
            Entry(
                "assistance",
                _("Asistencia"),
                "assistance:services",
                icon="o-relief-goods",
                group="programmes",
                permission="assistance.view",
                order=20,
                count=lambda viewer: queries.overdue_referrals(viewer) or None,
                accent="emergencies",
                phone=True,
            )
        )
        for order, (key, label, url, permission, icon) in enumerate(
            [
                ("serve", _("Registrar servicio"), "serve", "serve", "i-plus"),
                ("refer", _("Canalizar"), "refer", "refer", "i-send"),
                ("items", _("Entregar artículos"), "deliver_item", "items", "i-package"),
                ("identity", _("Recibir trámite de identidad"), "receive_procedure", "identity", "o-identity"),
            ]
        ):
            acts.register(
                Act(f"assistance.{key}", label, f"assistance:{url}", f"assistance.{permission}", icon, 20 + order)
            )
        acts.register(
            Act(
                "assistance.acts",
                _("Servicios y apoyos recibidos"),
                "assistance:person",
                "assistance.view",
                "i-history",
                20,
                looks=True,
            )
        )
