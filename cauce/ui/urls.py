from django.urls import path

from cauce.ui import views

app_name = "ui"
urlpatterns = [path("idioma/", views.language, name="language")]
