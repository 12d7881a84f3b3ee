# coding: utf-8
"""What test_sqlalchemy.py has an application do with SQLAlchemy."""

import datetime
import decimal
import uuid

import sqlalchemy as sa
from connected import engine
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import relationship, sessionmaker

from isthmus import db

Base = declarative_base()


class Shelf(Base):
    __tablename__ = "sa_shelf"
    room = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    row = sa.Column(sa.Integer, primary_key=True, autoincrement=False)


class Article(Base):
    __tablename__ = "sa_article"
    __table_args__ = (
        sa.ForeignKeyConstraint(["room", "row"], ["sa_shelf.room", "sa_shelf.row"]),
    )
    id = sa.Column(sa.Integer, primary_key=True)
    room = sa.Column(sa.Integer)
    row = sa.Column(sa.Integer)
    shelf = relationship(Shelf)
    name = sa.Column(sa.Unicode(40))
    price = sa.Column(sa.Numeric(12, 3))
    ratio = sa.Column(sa.Float)
    sold = sa.Column(sa.DateTime)
    day = sa.Column(sa.Date)
    clock = sa.Column(sa.Time)
    takes = sa.Column(sa.Interval)
    there = sa.Column(sa.Boolean)
    picture = sa.Column(sa.LargeBinary)
    extra = sa.Column(sa.JSON)
    token = sa.Column(
        sa.CHAR(36).with_variant(postgresql.UUID(as_uuid=True), "postgresql")
    )
    tags = sa.Column(
        sa.PickleType().with_variant(postgresql.ARRAY(sa.Unicode), "postgresql")
    )


TOKEN = uuid.UUID(int=7)
VALUES = {
    "name": u"Käse 100%? :x",
    "price": decimal.Decimal("1.500"),
    "ratio": 15.7563,
    # Does not exist in Berlin.
    "sold": datetime.datetime(2024, 3, 31, 2, 30, 0, 123456),
    "day": datetime.date(2024, 2, 29),
    "clock": datetime.time(1, 2, 3, 4),
    "takes": datetime.timedelta(3, 5, 6),
    "there": True,
    "picture": b"\x00\xff?'%s",
    "extra": {u"a": [1, None, u"ü"]},
    "tags": [u"x", u"ü"],
}


def ready():
    """The name of the dialect."""
    return engine.driver


def _engine(url):
    return engine if url == "jdbc/app" else create_engine(url)


def types(url):
    """The fields that do not come back as they were, through the ORM."""
    bound = _engine(url)
    Base.metadata.drop_all(bound)
    Base.metadata.create_all(bound)
    token = TOKEN if bound.name == "postgresql" else str(TOKEN)
    values = dict(VALUES, token=token)
    session = sessionmaker(bound)()
    session.add(Article(shelf=Shelf(room=1, row=2), **values))
    session.add(Article(**dict.fromkeys(values)))
    session.commit()
    first, second = session.query(Article).order_by(Article.id)
    found = [[name, repr(getattr(first, name))] for name in sorted(values)
             if getattr(first, name) != values[name]]  # fmt: skip
    found += [name for name in values if getattr(second, name) is not None]
    joined = session.query(Article).join(Shelf).filter(Article.price > 1).one()
    ids = [joined.id, second.id, joined.shelf.row]
    session.close()
    return [found, ids]


def count(url):
    """How many articles there are, by a session that is closed."""
    session = sessionmaker(_engine(url))()
    found = session.query(Article).count()
    session.close()
    return found


def levels(url):
    """The isolation levels and the mode of a connection, and of the next one."""
    found = []
    bound = _engine(url)
    for level in ("SERIALIZABLE", "AUTOCOMMIT", None):
        options = {"isolation_level": level} if level else {}
        with bound.connect().execution_options(**options) as connection:
            raw = connection.connection.connection
            found.append([connection.get_isolation_level(), raw.autocommit])
    return found


def refused(url, source):
    """What an engine with a creator says, of which only the dialect is of the URL."""
    try:
        create_engine(url, creator=lambda: db.connect(source)).connect()
    except sa.exc.InterfaceError as error:
        return str(error.orig)


kept = []


def keep(url):
    """Leave a session open at the end of the request."""
    kept.append(sessionmaker(_engine(url))())
    return kept[0].query(Article).count()


def use_kept(url):
    """Use it in a later request: the first statement fails, the next does not."""
    session = kept.pop()
    try:
        session.query(Article).count()
        first = None
    except sa.exc.DBAPIError as error:
        first = [type(error).__name__, error.connection_invalidated]
        session.rollback()
    second = session.query(Article).count()
    session.close()
    return [first, second]


def create_database(url, user, password):
    """A database for the suite alone, which drops all tables before it begins."""
    connection = db.connect(url, user, password)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("create database dialect")
    connection.close()
    with db.connect(url.rsplit("/", 1)[0] + "/dialect", user, password) as connection:
        connection.cursor().execute("create schema test_schema")


def suite(url, wanted):
    """Run tests of SQLAlchemy's suite for dialects."""
    import dialect_suite

    dialect_suite.prepare(url)
    return dialect_suite.run(wanted)


def suite_classes():
    """The names of its classes, once some of it has run."""
    import dialect_suite

    return dialect_suite.names()
