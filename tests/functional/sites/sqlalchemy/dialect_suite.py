"""SQLAlchemy's suite for dialects (sqlalchemy.testing.suite), without pytest.

The last pytest for Python 2.7 does not promise Jython. SQLAlchemy's plugin is for any
runner; this one does what sqlalchemy/testing/plugin/pytestplugin.py does.
"""

import inspect
import itertools
import re
import traceback
import unittest

from ConfigParser import ConfigParser
from sqlalchemy.testing import config, exclusions
from sqlalchemy.testing.plugin import plugin_base

# What the options of the command line are by default.
OPTIONS = """db low_connections nomemory cdecimal write_idents dropfirst reversetop
    backend_only write_profiles force_write_profiles postgresql_templatedb""".split()


class Options(object):
    """The command line of a run.

    :param url: the database, by SQLAlchemy's URL.
    """

    def __init__(self, url):
        self.__dict__.update(dict.fromkeys(OPTIONS), dburi=[url], dropfirst=True)


class Fixtures(plugin_base.FixtureFunctions):
    """What tests are decorated with: a test is run for each set of its parameters."""

    def skip_test_exception(self, *args, **kw):
        return unittest.SkipTest(*args, **kw)

    def param_ident(self, *parameters):
        return parameters[1:]

    def fixture(self, *args, **kw):
        # The suite has one, `connection`.
        return lambda function: function

    def get_current_test_name(self):
        return "a test"

    def combinations(self, *sets, **kw):
        names = kw.get("argnames")
        # Which of each set are arguments, and which only name it.
        kinds = kw.get("id_")

        def decorate(target):
            found = [_parted(each, kinds) for each in sets]
            if inspect.isclass(target):
                # Those of a base are not added to.
                kept = target.__dict__.get("sets", [])
                values = [arguments for arguments, _ in found]
                target.sets = kept + [(re.split(r",\s*", names), values)]
            else:
                target.sets = found
            return target

        return decorate


def _parted(values, kinds):
    """The arguments of a set, and what it is left out for."""
    values = values if isinstance(values, tuple) else (values,)
    if kinds is not None:
        values = [v for v, kind in zip(values, kinds) if kind != "i"]
    excluded = [v for v in values if isinstance(v, exclusions.compound)]
    return tuple([v for v in values if v not in excluded]), excluded


class Set(set):
    """Jython takes two sets of equal Decimals for different ones."""

    def __eq__(self, other):
        return len(self) == len(other) and all(each in other for each in self)

    def __ne__(self, other):
        return not self == other

    __hash__ = None


def prepare(url):
    """Connect, and make the suite importable. Another URL may follow."""
    # SQLAlchemy looks beside the dialect for it.
    from sqlalchemy.dialects.postgresql import provision  # noqa: F401

    parser = ConfigParser()
    parser.add_section("sqla_testing")
    parser.set("sqla_testing", "requirement_cls", "requirements:Requirements")
    parser.set("sqla_testing", "profile_file", "none")
    plugin_base.file_config = parser
    config.Config._configs.clear()
    plugin_base.set_fixture_functions(Fixtures)
    plugin_base.pre_begin(Options(url))
    plugin_base.set_coverage_flag(False)
    plugin_base.post_begin()


def run(wanted):
    """Run tests, once prepare() was called.

    :param wanted: a regular expression for class and method.
    :returns: {"passed": [name], "skipped": {name: why}, "failed": {name: traceback}}.
    """
    from sqlalchemy.testing.suite import test_types

    test_types.set = Set
    results = {"passed": [], "skipped": {}, "failed": {}}
    for kind in _classes():
        for each in _with_parameters(kind):
            _run_class(each, wanted, results)
    plugin_base.final_process_cleanup()
    return results


def names():
    """The names of the classes."""
    return [kind.__name__ for kind in _classes()]


def _classes():
    from sqlalchemy.testing import suite

    return [
        kind
        for name, kind in sorted(vars(suite).items())
        if inspect.isclass(kind) and plugin_base.want_class(name, kind)
    ]


def _with_parameters(kind):
    """A class, or one for each combination of its parameters."""
    if "sets" not in kind.__dict__:
        return [kind]
    names = [name for names, _ in kind.sets for name in names]
    return [
        type(
            "%s_%s" % (kind.__name__, "_".join(map(str, itertools.chain(*values)))),
            (kind,),
            dict(zip(names, itertools.chain(*values))),
        )
        for values in itertools.product(*[found for _, found in kind.sets])
    ]


def _run_class(kind, wanted, results):
    tests = [
        ("%s.%s%s" % (kind.__name__, name, label), name, parted)
        for name, method in inspect.getmembers(kind, inspect.ismethod)
        if plugin_base.want_method(kind, method)
        for label, parted in _labelled(getattr(method, "sets", None))
    ]
    tests = [test for test in tests if re.search(wanted, test[0])]
    if not tests:
        return
    names = [test[0] for test in tests]
    if not _recorded(names, results, _begin, kind):
        return
    for each, name, parted in tests:
        if _recorded([each], results, _test, kind, name, *parted):
            results["passed"].append(each)
    _recorded([kind.__name__ + ".teardown_class"], results, _end, kind)


def _labelled(sets):
    if sets is None:
        return [("", ((), []))]
    return [("[%d]" % index, each) for index, each in enumerate(sets)]


def _begin(kind):
    plugin_base.start_test_class(kind)
    getattr(kind, "setup_class", _nothing)()


def _end(kind):
    try:
        getattr(kind, "teardown_class", _nothing)()
    finally:
        plugin_base.stop_test_class(kind)


def _test(kind, name, arguments, excluded):
    instance = kind()
    plugin_base.before_test(instance, kind.__module__, kind, name)
    try:
        getattr(instance, "setup", _nothing)()
        try:
            run = exclusions.compound().add(*excluded)(_call) if excluded else _call
            run(instance, getattr(instance, name), arguments)
        finally:
            getattr(instance, "teardown", _nothing)()
    finally:
        plugin_base.after_test(instance)


def _call(instance, method, arguments):
    """Call a test, with the fixture if it has that parameter."""
    if "connection" not in inspect.getargspec(method).args:
        method(*arguments)
        return
    fixture = instance.connection()
    try:
        method(*(arguments + (next(fixture),)))
    finally:
        list(fixture)


def _nothing():
    pass


def _recorded(names, results, function, *arguments):
    """Call it; True if it has neither failed nor skipped the tests."""
    try:
        function(*arguments)
        return True
    except unittest.SkipTest as skipped:
        results["skipped"].update(dict.fromkeys(names, str(skipped)))
    except Exception:
        text = traceback.format_exc()
        results["failed"].update(dict.fromkeys(names, text))
    return False
