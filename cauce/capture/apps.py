from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaptureConfig(AppConfig):
    name = "cauce.capture"
    label = "capture"
    verbose_name = "Captura"

    def ready(self) -> None:
        from cauce.ui import navigation
        from cauce.ui.navigation import Entry

        navigation.register(
            Entry(
                "imports", _("Importaciones"), "capture:batches", icon="i-file-spreadsheet", group="register",
                permission=("capture.import", "capture.withdraw"), order=90,
            )
        )  # fmt: skip
