"""The admin, and each function of shop/cases.py at its name, for each database."""

from django.conf.urls import url
from django.contrib import admin
from django.http import JsonResponse
from shop import cases


def run(request, using, case):
    return JsonResponse(getattr(cases, case)(using), safe=False)


urlpatterns = [
    url("^admin/", admin.site.urls),
    url("^(default|sqlite)/([a-z_]+)$", run),
]
