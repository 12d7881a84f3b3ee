"""A row, then a column with a default, another type and a constraint."""

from django.db import migrations, models


def add(apps, schema_editor):
    kinds = apps.get_model("shop", "Kind").objects
    kinds.using(schema_editor.connection.alias).create(name="old")


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.RunPython(add),
        migrations.AddField("Kind", "note", models.TextField(default="it's 100% new")),
        migrations.AlterField(
            "Kind", "name", models.CharField(max_length=20, unique=True)
        ),
    ]
