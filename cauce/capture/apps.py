from django.apps import AppConfig


class CaptureConfig(AppConfig):
    name = "cauce.capture"
    label = "capture"
    verbose_name = "Captura"
