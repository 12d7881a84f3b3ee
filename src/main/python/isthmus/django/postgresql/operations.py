"""Django's operations for PostgreSQL, as JDBC needs them."""

from __future__ import absolute_import

from django.conf import settings
from django.db.backends.postgresql import operations

from isthmus.jython.database import intervals


class DatabaseOperations(operations.DatabaseOperations):
    def _convert_field_to_tz(self, field_name, tzname):
        # Not as a parameter: PostgreSQL would not see that the expression in SELECT is
        # the one in GROUP BY.
        if settings.USE_TZ:
            literal = tzname.replace("'", "''").replace("%", "%%")
            field_name = "%s AT TIME ZONE '%s'" % (field_name, literal)
        return field_name, []

    def get_db_converters(self, expression):
        base = super(DatabaseOperations, self).get_db_converters(expression)
        if expression.output_field.get_internal_type() == "DurationField":
            base = [_duration] + base
        return base


def _duration(value, expression, connection, context):
    return intervals.timedelta(value)
