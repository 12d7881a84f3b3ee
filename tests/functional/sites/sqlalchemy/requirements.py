"""What each database can do, for SQLAlchemy's suite: it has to be told."""

from sqlalchemy.testing import exclusions
from sqlalchemy.testing.provision import temp_table_keyword_args
from sqlalchemy.testing.requirements import SuiteRequirements

_FEATURES = """
    autocommit boolean_col_expressions check_constraint_reflection ctes date_historic
    datetime_historic except_ foreign_key_constraint_name_reflection
    foreign_key_constraint_option_reflection_ondelete
    foreign_key_constraint_option_reflection_onupdate implicit_default_schema intersect
    isolation_level json_type mod_operator_as_percent_sign nullsordering
    order_by_label_with_expression percent_schema_names
    precision_numerics_enotation_small reflects_pk_names savepoints standalone_binds
    timestamp_microseconds tuple_in unicode_ddl views window_functions
"""
_POSTGRESQL = """
    comment_reflection computed_columns computed_columns_default_persisted
    computed_columns_reflect_persisted computed_columns_stored
    cross_schema_fk_reflection ctes_on_dml ctes_with_update_delete delete_from
    implicitly_named_constraints indexes_with_expressions
    parens_in_union_contained_select_w_limit_offset
    parens_in_union_contained_select_wo_limit_offset precision_numerics_enotation_large
    precision_numerics_many_significant_digits
    precision_numerics_retains_significant_digits schemas update_from
"""
_SQLITE = "dbapi_lastrowid emulated_lastrowid temp_table_names temporary_views"


def _met(condition):
    return property(lambda self: condition())


def _features():
    found = dict.fromkeys(_FEATURES.split(), _met(exclusions.open))
    for name, features in (("postgresql", _POSTGRESQL), ("sqlite", _SQLITE)):
        only = exclusions.only_on(name)
        found.update(dict.fromkeys(features.split(), _met(lambda only=only: only)))
    return found


class Requirements(type("Features", (SuiteRequirements,), _features())):
    """The features of PostgreSQL 15 and SQLite 3.47, through isthmus.db."""

    def get_isolation_levels(self, config):
        """The levels that a test may choose from."""
        levels = set(["READ UNCOMMITTED", "SERIALIZABLE", "AUTOCOMMIT"])
        if config.db.name == "sqlite":
            return {"default": "SERIALIZABLE", "supported": levels}
        levels.update(["READ COMMITTED", "REPEATABLE READ"])
        return {"default": "READ COMMITTED", "supported": levels}


# SQLAlchemy's own also attaches a second database, by a method of Python's sqlite3.
@temp_table_keyword_args.for_db("sqlite")
def _temporary(cfg, engine):
    return {"prefixes": ["TEMPORARY"]}
