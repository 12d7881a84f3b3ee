# coding: utf-8
"""What the tests ask of each database; each function takes Django's name for it."""

import contextlib
import datetime
import decimal
import uuid

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from django.db.models import Count, F, Sum
from django.db.models.functions import ExtractHour, ExtractYear, TruncMonth
from django.utils import timezone

from isthmus import db
from shop.models import Article, Kind

SOLD = datetime.datetime(2020, 1, 31, 23, 30, 0, 123456, timezone.utc)


def migrate(using):
    """The row that a migration has changed; the user for the admin."""
    call_command("migrate", database=using, verbosity=0)
    users = User.objects.db_manager(using)
    if not users.filter(username="ada").exists():
        users.create_superuser("ada", "ada@example.org", "sesame")
    return Kind.objects.using(using).get(name="old").note


def types(using):
    """The fields that do not come back as they were."""
    saved = _article(using)
    found = Article.objects.using(using).get(pk=saved.pk)
    fields = [field.attname for field in Article._meta.fields]
    return [name for name in fields if _value(saved, name) != _value(found, name)]


def _article(using, sold=SOLD):
    kind, _ = Kind.objects.using(using).get_or_create(name=u"Käse 100%?")
    return Article.objects.using(using).create(
        kind=kind,
        name=u"日本",
        price=decimal.Decimal("1.50"),
        sold=sold,
        day=datetime.date(2020, 2, 29),
        clock=datetime.time(1, 2, 3, 4),
        takes=datetime.timedelta(-3, 5, 6),
        weight=1.5,
        picture=b"\x00\xff?'%s",
        token=uuid.uuid4(),
        count=2 ** 40,
        address="192.0.2.1",
    )


def _value(article, name):
    value = getattr(article, name)
    return bytes(value) if name == "picture" else value


def queries(using):
    """What queries give, of one article, sold in February where Django is."""
    Article.objects.using(using).all().delete()
    pk = _article(using).pk
    articles = Article.objects.using(using).filter(kind__name__contains=u"100%?")
    months = articles.annotate(month=TruncMonth("sold")).values("month")
    day = datetime.timedelta(1)
    return {
        "sum": str(articles.aggregate(sum=Sum("price"))["sum"]),
        "year": [a.year for a in articles.annotate(year=ExtractYear("sold"))],
        "months": [
            [row["month"].isoformat()[:10], row["count"]]
            for row in months.annotate(count=Count("id"))
        ],
        "days": [d.isoformat() for d in articles.datetimes("sold", "day")],
        "regex": articles.filter(kind__name__regex=u"^K.se").count(),
        "before": articles.filter(sold__lt=timezone.now() - day).count(),
        "later": articles.filter(sold__lt=timezone.now() + F("takes")).count(),
        "in": articles.filter(pk__in=list(range(pk - 90, pk + 1))).count(),
        "update": articles.update(count=F("count") + 1),
        "raw": [kind.name for kind in _raw(using, "old")],
        "literal": _row(using, "select '?%%', %s", ["?"]),
        "bulk": len(_bulk(using)),
    }


def _raw(using, name):
    sql = "select * from shop_kind where name = %s"
    return Kind.objects.db_manager(using).raw(sql, [name])


def _row(using, sql, params):
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def _bulk(using):
    kinds = Kind.objects.using(using)
    kinds.filter(name__startswith="bulk").delete()
    kinds.bulk_create([Kind(name="bulk %d" % number) for number in range(120)])
    return kinds.filter(name__startswith="bulk")


def transactions(using):
    """What is there within, and after, transactions that end in each way."""
    kinds = Kind.objects.using(using).filter(name__startswith="t-")
    kinds.delete()
    seen = []
    try:
        with transaction.atomic(using):
            kinds.create(name="t-outer")
            try:
                with transaction.atomic(using):
                    kinds.create(name="t-inner")
                    raise KeyError
            except KeyError:
                seen.append(kinds.count())
            raise ValueError
    except ValueError:
        seen.append(kinds.count())
    with transaction.atomic(using):
        kinds.create(name="t-kept")
    try:
        kinds.create(name="t-kept")
    except IntegrityError:
        seen.append(kinds.count())
    return seen


def naive(using):
    """Times of winter and summer, and an hour, with USE_TZ = False."""
    times = [datetime.datetime(2020, month, 15, 12, 30) for month in (1, 7)]
    with _without_time_zones(using):
        article = _article(using, sold=times[0])
        articles = Article.objects.using(using).filter(pk=article.pk)
        found = [articles.get().sold]
        articles.update(sold=times[1])
        found += [articles.get(sold=times[1]).sold]
        hours = [each.hour for each in articles.annotate(hour=ExtractHour("sold"))]
        return [time.isoformat() for time in found] + hours


@contextlib.contextmanager
def _without_time_zones(using):
    """Django has a new connection within and after: one keeps its time zone."""
    _anew(using)
    settings.USE_TZ = False
    try:
        yield
    finally:
        settings.USE_TZ = True
        _anew(using)


def _anew(using):
    connections[using].close()
    del connections[using]


def time_zones(using):
    """Those of the pool's two connections, of which one was Django's before."""
    _row(using, "select set_config('TimeZone', 'Asia/Tokyo', false)", None)
    connections[using].close()
    both = [db.connect("jdbc/app") for _ in range(2)]
    cursors = [connection.cursor().execute("show timezone") for connection in both]
    names = [cursor.fetchone()[0] for cursor in cursors]
    for connection in both:
        connection.close()
    return names
