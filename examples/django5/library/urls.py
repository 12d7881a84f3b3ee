"""The paths, below the context path."""

from books import views
from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("", views.shelf),
    path("admin/", admin.site.urls),
]
