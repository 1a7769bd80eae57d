"""Addresses of the spreadsheet intake."""

from django.urls import path

from cauce.capture import views

app_name = "capture"
urlpatterns = [
    path("importaciones/", views.batches, name="batches"),
    path("importaciones/nueva/", views.new, name="new"),
    path("importaciones/plantilla/", views.template_file, name="template"),
    path("importaciones/<uuid:pk>/", views.batch, name="batch"),
    path("importaciones/<uuid:pk>/avance/", views.progress, name="progress"),
    path("importaciones/<uuid:pk>/confirmar/", views.confirm, name="confirm"),
    path("importaciones/<uuid:pk>/detener/", views.stop, name="stop"),
    path("importaciones/<uuid:pk>/reanudar/", views.resume, name="resume"),
    path("importaciones/<uuid:pk>/retirar/", views.withdraw, name="withdraw"),
    path("importaciones/<uuid:pk>/errores/", views.errors, name="errors"),
]
