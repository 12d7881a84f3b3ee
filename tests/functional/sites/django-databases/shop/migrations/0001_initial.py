"""The tables, as they were first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            "Kind",
            [
                ("id", models.AutoField(primary_key=True)),
                ("name", models.CharField(max_length=9)),
            ],
        ),
        migrations.CreateModel(
            "Article",
            [
                ("id", models.AutoField(primary_key=True)),
                ("kind", models.ForeignKey("shop.Kind", on_delete=models.CASCADE)),
                ("name", models.CharField(max_length=40, db_index=True)),
                ("price", models.DecimalField(max_digits=8, decimal_places=2)),
                ("sold", models.DateTimeField(null=True, blank=True)),
                ("day", models.DateField(null=True, blank=True)),
                ("clock", models.TimeField(null=True, blank=True)),
                ("takes", models.DurationField(null=True, blank=True)),
                ("there", models.BooleanField(default=True)),
                ("maybe", models.NullBooleanField()),
                ("weight", models.FloatField(null=True, blank=True)),
                ("picture", models.BinaryField(null=True)),
                ("token", models.UUIDField(null=True, blank=True)),
                ("count", models.BigIntegerField(default=0)),
                ("address", models.GenericIPAddressField(null=True, blank=True)),
            ],
        ),
    ]
