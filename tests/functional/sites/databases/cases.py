# coding: utf-8
"""What test_databases.py has an application do with isthmus.db."""

import datetime
import unittest
import uuid
from decimal import Decimal

import compliance

from isthmus import db
from isthmus.jython.database.types import FixedOffset


def _connect(source, user=None, password=None):
    return db.connect(source, user, password)


def comply(source, user=None, password=None, lower=None):
    """Run PEP 249's compliance suite; the tests that failed, and how many ran."""
    compliance.Compliance.connect_args = (source, user, password)
    compliance.Compliance.lower_func = lower
    tests = unittest.TestLoader().loadTestsFromTestCase(compliance.Compliance)
    result = unittest.TestResult()
    tests.run(result)
    failed = [[each.id(), text] for each, text in result.errors + result.failures]
    return {"ran": result.testsRun, "failed": failed}


SCHEMAS = {
    "PostgreSQL": "id serial primary key, n numeric(12,3), i integer, g bigint,"
    " b boolean, t text, o bytea, d date, c time, m timestamp, z timestamptz,"
    " f float8, r real, a int[], s text[], u uuid, j jsonb",
    "H2": "id int generated always as identity primary key, n numeric(12,3),"
    " i integer, g bigint, b boolean, t varchar, o varbinary, d date, c time(6),"
    " m timestamp, z timestamp(6) with time zone, f double precision, r real,"
    " a int array, s varchar array, u uuid",
    "SQLite": "id integer primary key autoincrement, n numeric(12,3), i integer,"
    " g bigint, b boolean, t text, o blob, d date, m timestamp, f real",
    "MariaDB": "id int auto_increment primary key, n numeric(12,3), i integer,"
    " g bigint, b boolean, t text, o blob, d date, c time(6), m datetime(6), f double,"
    " r float",
}
# The local time does not exist in Berlin, where the clocks go forward.
VALUES = {
    "n": Decimal("123.450"),
    "i": -7,
    "g": 2**40,
    "b": True,
    "t": u"Zoë ☃ 'quoted' :no ?",
    "o": db.Binary("\0\xff'"),
    "d": datetime.date(2024, 2, 29),
    "c": datetime.time(1, 2, 3, 456000),
    "m": datetime.datetime(2024, 3, 31, 2, 30, 0, 123456),
    "z": datetime.datetime(2024, 3, 31, 2, 30, tzinfo=FixedOffset(7200)),
    "f": 1.5,
    # No float of 32 bits: the next one has more digits as one of 64.
    "r": 15.7563,
    "a": [1, 2, 3],
    "s": [u"x", None, u"ü"],
    "u": uuid.UUID(int=5),
    "j": u'{"a": 1}',
}


def types(source, user=None, password=None):
    """Write each type and NULL, and read them; what has come back otherwise."""
    with _connect(source, user, password) as connection:
        cursor = connection.cursor()
        schema = SCHEMAS[connection.product]
        cursor.execute("drop table if exists kinds")
        cursor.execute("create table kinds (%s)" % schema)
        names = sorted(name for name in VALUES if " %s " % name in schema)
        differ, keys = [], []
        for values in (VALUES, dict.fromkeys(VALUES)):
            marks = ", ".join(":" + name for name in names)
            insert = "insert into kinds (%s) values (%s)" % (", ".join(names), marks)
            cursor.execute(insert, values)
            keys.append(cursor.lastrowid)
            cursor.execute("select * from kinds where id = ?", (keys[-1],))
            row = cursor.fetchone()
            for column, value in zip(cursor.description, row):
                name = column[0].lower()
                if name in names and not _same(value, values[name]):
                    differ.append([name, repr(value), repr(values[name])])
    return {"wrote": names, "differ": differ, "keys": keys}


def _same(read, written):
    if type(written) in (db.Binary, type(2**40)):
        return read == written
    return read == written and type(read) is type(written)


FAULTS = [
    ("select * from nonesuch", ()),
    ("selec 1", ()),
    ("insert into keyed (id) values (1)", ()),
    ("insert into keyed (id) values (?)", (None,)),
    ("insert into keyed (id) values (?)", (object(),)),
    ("insert into keyed (id) values (:id)", {"other": 1}),
    ("insert into keyed (id) values (?)", (1, 2)),
]


def faults(source, user=None, password=None):
    """The exceptions of wrong statements, and their SQLState."""
    found = []
    connection = _connect(source, user, password)
    cursor = connection.cursor()
    cursor.execute("drop table if exists keyed")
    cursor.execute("create table keyed (id int not null primary key)")
    cursor.execute("insert into keyed (id) values (1)")
    connection.commit()
    for statement, parameters in FAULTS:
        try:
            cursor.execute(statement, parameters)
            found.append(None)
        except db.Error as error:
            found.append([type(error).__name__, error.sqlstate, str(error)])
        connection.rollback()
    connection.close()
    return found


def transactions(source, user=None, password=None):
    """How many rows are left after commit, rollback, close and an exception."""
    counts = []

    def count():
        with _connect(source, user, password) as connection:
            cursor = connection.cursor()
            cursor.execute("select count(*) from kept")
            counts.append(cursor.fetchone()[0])

    def insert(connection):
        connection.cursor().executemany("insert into kept values (?)", [(1,), (2,)])

    with _connect(source, user, password) as connection:
        connection.cursor().execute("drop table if exists kept")
        connection.cursor().execute("create table kept (v int)")
        insert(connection)
    count()
    connection = _connect(source, user, password)
    insert(connection)
    connection.rollback()
    connection.close()
    count()
    connection = _connect(source, user, password)
    insert(connection)
    connection.close()
    count()
    try:
        with _connect(source, user, password) as connection:
            insert(connection)
            raise ValueError
    except ValueError:
        count()
    return counts


def refused(source, user=None, password=None):
    """The exception of connect()."""
    try:
        _connect(source, user, password)
    except db.Error as error:
        return [type(error).__name__, str(error)]


def forget(source):
    """Open a connection, and never close it."""
    cursor = _connect(source).cursor()
    cursor.execute("select 1")
    kept.append(cursor)
    return cursor.fetchone()[0]


kept = []


def lose(source):
    """Open a connection that outlives the request, and lose it."""
    connection = db.connect(source, outlives_request=True)
    return connection.product


def collect():
    """Have the garbage collected, as far as Java can be asked to."""
    from java.lang import System

    System.gc()


def hold(source):
    """Open a connection that outlives the request, and keep it."""
    held.append(db.connect(source, outlives_request=True))


held = []


def use_held():
    """Use what hold() has kept, in a later request; then close it."""
    connection = held.pop()
    cursor = connection.cursor()
    cursor.execute("select 42")
    row = cursor.fetchone()
    connection.close()
    return row[0]


def by_object():
    """Pass a DataSource, as a Spring bean would be."""
    from javax.naming import InitialContext

    source = InitialContext().lookup("java:comp/env/jdbc/h2")
    with db.connect(source) as connection:
        return connection.product
