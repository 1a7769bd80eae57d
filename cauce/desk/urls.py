"""Addresses of the screens that look across rooms."""

from django.urls import path

from cauce.desk.views import audit

app_name = "desk"
urlpatterns = [
    path("bitacora/", audit.audit_log, name="audit"),
    path("bitacora/comprobar/", audit.verify_log, name="verify_log"),
]
