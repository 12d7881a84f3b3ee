"""The backend: Django's own for SQLite, with isthmus.db for Python's sqlite3."""

from __future__ import absolute_import

import types

from django.db.backends.base.base import BaseDatabaseWrapper

from isthmus import db
from isthmus.django import connecting, driver, statements
from isthmus.django.sqlite3 import functions

Database = types.ModuleType("sqlite3")
Database.__dict__.update(
    vars(db),
    Cursor=object,
    register_adapter=driver.ignored,
    register_converter=driver.ignored,
    # Every JDBC driver of the last ten years contains a newer one.
    sqlite_version_info=(3, 8, 3),
)

with driver.stand_in(pysqlite2={}, pysqlite2__dbapi2=vars(Database)):
    from django.db.backends.sqlite3 import base


class DatabaseFeatures(base.DatabaseFeatures):
    # JDBC's drivers do not commit before a savepoint, as Python's sqlite3 does.
    autocommits_when_autocommit_is_off = False


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection by the settings: NAME is what isthmus.db.connect takes."""

    Database = Database
    features_class = DatabaseFeatures

    def get_connection_params(self):
        return connecting.params(self.settings_dict)

    def get_new_connection(self, conn_params):
        connection = db.connect(**conn_params)
        functions.create(connection.jdbc, base)
        return connection

    def create_cursor(self, name=None):
        return statements.Cursor(self.connection.cursor(), _same, _same)

    def _set_autocommit(self, autocommit):
        with self.wrap_database_errors:
            self.connection.autocommit = autocommit

    def init_connection_state(self):
        # Django 1.11 renames tables, and expects references to keep the old name, as
        # they did until SQLite 3.25.
        cursor = self.connection.cursor()
        cursor.execute("pragma legacy_alter_table = on")
        cursor.close()

    _savepoint_allowed = BaseDatabaseWrapper._savepoint_allowed

    def is_in_memory_db(self):
        return ":memory:" in self.settings_dict["NAME"]


def _same(value):
    return value
