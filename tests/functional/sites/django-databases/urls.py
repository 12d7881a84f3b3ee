"""The admin, and each function of shop/cases.py at its name."""

from django.conf.urls import url
from django.contrib import admin
from django.http import JsonResponse
from shop import cases


def run(request, case):
    using = request.environ["shop.using"]
    return JsonResponse(getattr(cases, case)(using), safe=False)


urlpatterns = [
    url("^admin/", admin.site.urls),
    url("^([a-z_]+)$", run),
]
