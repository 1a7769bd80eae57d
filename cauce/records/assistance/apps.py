from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "cauce.records.assistance"
    label = "assistance"
    verbose_name = "Asistencia"

    def ready(self) -> None:
        from cauce.records.assistance.actions import close_on_withdrawal
        from cauce.records.people.actions import on_withdrawal

        if close_on_withdrawal not in on_withdrawal:
            on_withdrawal.append(close_on_withdrawal)
