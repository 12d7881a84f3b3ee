"""Both models in Django's admin."""

from django.contrib import admin

from shop import models


@admin.register(models.Article)
class ArticleAdmin(admin.ModelAdmin):
    date_hierarchy = "sold"
    list_filter = ["kind"]
    search_fields = ["name"]


admin.site.register(models.Kind)
