from django.urls import path

from cauce.editions import views

app_name = "editions"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("nueva/", views.draft, name="draft"),
    path("publicadas/", views.published, name="published"),
    path("publicadas/<slug:name>/", views.public_page, name="public"),
    path("publicadas/<slug:name>/colores.css", views.public_style, name="public_style"),
    path("publicadas/<slug:name>/<str:file>", views.public_file, name="public_file"),
    path("<uuid:pk>/", views.edition, name="edition"),
    path("<uuid:pk>/pagina-<int:page>.png", views.preview, name="preview"),
    path("<uuid:pk>/archivos/<str:name>", views.file, name="file"),
    path("<uuid:pk>/<slug:step>/", views.step, name="step"),
]
