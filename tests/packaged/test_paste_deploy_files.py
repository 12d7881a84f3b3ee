"""isthmus.app as a URI of Paste Deploy's: on Jython with both of its releases for 2.7,
on CPython with release 3, and without setuptools.

One start for each release loads and calls all of ANSWERS and REFUSED.
"""

import json
import subprocess
import sys
from importlib.metadata import distribution

import pytest

import archives
import jython
from paste_files import FILES

LIBRARIES = {
    "2.1.1": [archives.ROOT / "target" / "libraries"],
    "1.5.2": [
        archives.ROOT / "target" / "libraries-older",
        archives.ROOT / "target" / "libraries",
    ],
}
ON_CPYTHON = "3.1.0"
# The tests have Paste for Jython alone; this does the same.
URLMAP = (
    "use = egg:Paste#urlmap",
    "paste.composite_factory = isthmus.middleware.dispatch:make_composite",
)

# A URI and a path that is asked for, and what the application answers.
ANSWERS = {
    ("config:app.ini", "/x"): "app|here={W}|shared=of main|title:a shop"
    "|where:{W}/data|+/x",
    ("config:app.ini#main", "/"): "app|here={W}|shared=of main|title:a shop"
    "|where:{W}/data|+/",
    ("config:app.ini#blog", "/"): "blog|here={W}|shared=of main|only=blog|+/",
    ("config:app.ini#explicit", "/"): "app|here={W}|shared=of main|copied:of main|+/",
    ("config:app.ini#called", "/"): "app|here={W}|shared=of main|+/",
    ("config:app.ini#again", "/"): "app|here={W}|shared=of main|title:again"
    "|where:{W}/data|+/",
    ("config:app.ini#site", "/x"): "app|here={W}|shared=of main|title:a shop"
    "|where:{W}/data|+/x",
    ("config:app.ini#site", "/blog/x"): "blog|here={W}|shared=of main|only=blog"
    "|/blog+/x",
    ("config:app.ini#pipe", "/"): "tagged|explicit|filter|app|here={W}|shared=of main"
    "|title:a shop|where:{W}/data|+/",
    ("config:app.ini#filtered", "/"): "filter-app|blog|here={W}|shared=of main"
    "|only=blog|+/",
    ("config:app.ini#with", "/"): "tagged|app|here={W}|shared=of main|+/",
    ("config:beside.ini", "/"): "app|here={W}/app|where:{W}/app|+/",
    ("config:app/beside.ini", "/"): "app|here={W}/app|where:{W}/app|+/",
    ("config:{W}/sub/other.ini#main", "/"): "app|here={W}/sub|other=of other|+/",
    ("config:a b%20/odd.ini", "/"): "app|here={W}/a b%20|where:{W}/a b%20|+/",
    ("egg:Shop", "/"): "app|+/",
    ("egg:Shop#blog", "/"): "blog|+/",
    ("egg:Late#blog", "/"): "blog|+/",
    ("config:application", "/"): "m|+/",
}

# A URI, the rule that it breaks, and parts of what is said.
REFUSED = {
    "config:none.ini": ("CONFIG_FILE", "isthmus.app", "none.ini", "{W}, {W}/app"),
    "config:ap.ini": ("CONFIG_FILE", "(did you mean 'app.ini'?)"),
    "config:syntax.ini": ("CONFIG_SYNTAX", "{W}/syntax.ini", "[line 3]"),
    "config:headless.ini": ("CONFIG_SYNTAX", "{W}/headless.ini", "line: 1"),
    "config:marked.ini": ("CONFIG_SYNTAX", "{W}/marked.ini", "byte order mark"),
    "config:app.ini#blgo": ("CONFIG_SECTION", "isthmus.app, {W}/app.ini, app:blgo, ")
    + ("did you mean 'blog'?", "app:main, app:blog"),
    "config:wrong.ini": ("CONFIG_SECTION", "app:main"),
    "config:wrong.ini#section": ("CONFIG_SECTION", "'use' of [app:section] in {W}")
    + ("app:schme", "did you mean 'scheme'?"),
    "config:wrong.ini#map": ("CONFIG_SECTION", "'/blog' of [composite:map] in {W}")
    + ("app:schme",),
    "config:wrong.ini#file": ("CONFIG_FILE", "'use' of [app:file] in {W}/wrong.ini")
    + ("othr.ini",),
    "config:wrong.ini#file_section": (
        "CONFIG_SECTION",
        "'use' of [app:file_section] in {W}/wrong.ini, {W}/sub/other.ini, app:thre, ",
        "(did you mean 'there'?)",
    ),
    "config:wrong.ini#value": ("CONFIG_VALUE", "title, [app:value] in {W}/wrong.ini")
    + ("the %(knwn)s", "'knwn'", "did you mean 'known'?"),
    "config:wrong.ini#percent": ("CONFIG_VALUE", "title, [app:percent]", "100%("),
    "config:wrong.ini#use_nothing": ("CONFIG_INCOMPLETE", "[app:use_nothing] in {W}")
    + ("No loader given",),
    "config:wrong.ini#two": ("CONFIG_INCOMPLETE", "[app:two] in {W}/wrong.ini")
    + ("Multiple protocols",),
    "config:wrong.ini#no_module": (
        "CONFIG_USE",
        "'paste.app_factory' of [app:no_module] in {W}/wrong.ini, shop.wbe:make_app, ",
        "did you mean 'shop.web'?",
    ),
    "config:wrong.ini#no_attribute": ("CONFIG_USE", "[app:no_attribute] in {W}")
    + ("'make_ap'", "did you mean 'make_app'?"),
    "config:wrong.ini#no_form": ("CONFIG_USE", "[app:no_form] in {W}/wrong.ini")
    + ("package.module:callable",),
    "config:wrong.ini#broken": (
        "IMPORT_ABSENT",
        "[app:broken] in {W}/wrong.ini), line 1 of ",
        "nowhere_to_be_found",
        "Traceback",
    ),
    "config:wrong.ini#called": ("CONFIG_USE", "'use' of [app:called] in {W}/wrong.ini")
    + ("did you mean 'make_app'?",),
    "config:wrong.ini#scheme": ("CONFIG_USE", "'use' of [app:scheme] in {W}/wrong.ini")
    + ("eg:Shop", "did you mean 'egg'?"),
    "config:wrong.ini#egg": ("CONFIG_EGG", "'use' of [app:egg] in {W}/wrong.ini")
    + ("egg:Shp#main", "did you mean 'Shop'?"),
    "config:wrong.ini#entry": ("CONFIG_EGG", "'use' of [app:entry] in {W}/wrong.ini")
    + ("egg:Shop#blg", "did you mean 'blog'?", "blog, gone, main"),
    "config:wrong.ini#entry_gone": ("CONFIG_USE", "[app:entry_gone] in {W}/wrong.ini")
    + ("'shop.gone'",),
    "config:wrong.ini#raising": ("CONFIG_FACTORY", "[app:raising] in {W}/wrong.ini")
    + ("in make_failing", "ValueError: told to fail"),
    "config:wrong.ini#arguments": ("CONFIG_FACTORY", "[app:arguments] in {W}/wrong.ini")
    + ("TypeError", "titel"),
    "config:wrong.ini#get": ("CONFIG_INCOMPLETE", "[app:get] in {W}/wrong.ini")
    + ("'titel'",),
    "config:wrong.ini#require": ("CONFIG_EGG", "'require' of [app:require] in {W}")
    + ("Nowhere",),
    "config:wrong.ini#number": ("CONFIG_FACTORY", "[app:number] in {W}/wrong.ini")
    + ("TypeError",),
    "config:wrong.ini#circle": ("CONFIG_CYCLE",)
    + ("[app:circle] in {W}/wrong.ini, then [app:ring] in {W}/wrong.ini, then [app:c",),
    "config:wrong.ini#round": ("CONFIG_CYCLE", "[composite:round] in {W}/wrong.ini")
    + (", then [pipeline:pipe] in {W}/wrong.ini, then [composite:round]",),
    "config:wrong.ini#extra": (
        "CONFIG_INCOMPLETE",
        "[pipeline:extra] in {W}/wrong.ini",
    ),
    "config:wrong.ini#empty": ("CONFIG_INCOMPLETE", "[pipeline:empty] in {W}/wrong.ini")
    + ("'pipeline'",),
    "config:wrong.ini#no_next": ("CONFIG_INCOMPLETE", "[filter-app:no_next] in {W}")
    + ("'next'",),
    "config:wrong.ini#twin": ("CONFIG_USE", "isthmus.app, twin", "Ambiguous"),
    "egg:Shp": ("CONFIG_EGG", "isthmus.app, egg:Shp#main", "did you mean 'Shop'?"),
    "egg:Shop#blg": ("CONFIG_EGG", "isthmus.app, egg:Shop#blg", "mean 'blog'?"),
}

# Release 3 cannot insert a path with a percent sign.
PERCENT = ("config:a b%20/odd.ini", "/")
REFUSED_BY_3 = {PERCENT[0]: ("CONFIG_VALUE", "where, [app:main] in {W}/a b", "'%20'")}

PROGRAM = """
import json, os, sys
sys.dont_write_bytecode = True
web_inf, asked, isthmus = sys.argv[1:4]
sys.path.insert(0, isthmus)
with open(asked) as file:
    answers, refused = json.load(file)
from isthmus import importing, loading, paths
native = (lambda text: text.encode("utf-8")) if str is bytes else str
outcomes = {"answers": [], "refused": [], "versions": [], "absent": ""}

def load(uri):
    return loading.load(native(uri), web_inf)

try:
    load("config:app.ini")
except importing.LoadError as e:
    outcomes["absent"] = str(e)
paths.install(web_inf)
paths.extend(sys.argv[4:], web_inf)
for place in sys.argv[4:]:
    for name in os.listdir(place):
        if name.endswith(".pth"):
            paths._add_pth(place, name)
load("config:app.ini")
# As isthmus.python.path of a servlet that is loaded later.
paths.extend(["late"], web_inf)
for uri, path in answers:
    app, name = load(uri)
    started = []
    environ = {"SCRIPT_NAME": "", "PATH_INFO": native(path),
               "HTTP_HOST": "x", "wsgi.url_scheme": "http"}
    body = list(app(environ, lambda *head: started.append(head)))
    outcomes["answers"].append((name, "|".join(body)))
for uri in refused:
    try:
        load(uri)
        outcomes["refused"].append((None, ""))
    except importing.LoadError as e:
        outcomes["refused"].append((e.rule, str(e)))
from paste.deploy import loadwsgi
outcomes["traced"] = loadwsgi.ConfigLoader.__module__
outcomes["setuptools"] = "pkg_resources" in sys.modules
if str is bytes:
    import pkg_resources
    outcomes["versions"].append(pkg_resources.get_distribution("PasteDeploy").version)
else:
    from importlib import metadata
    outcomes["versions"].append(metadata.version("PasteDeploy"))
with open(os.path.join(web_inf, "outcomes.json"), "w") as file:
    json.dump(outcomes, file)
"""


@pytest.fixture(scope="module", params=[*sorted(LIBRARIES), ON_CPYTHON])
def outcomes(request, tmp_path_factory):
    """What Python answered, with WEB-INF where "{W}" stands."""
    web_inf = tmp_path_factory.mktemp("WEB-INF")
    for name, text in FILES.items():
        file = web_inf / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if request.param == ON_CPYTHON:
            text = text.replace(*URLMAP)
        file.write_text(text)
    answers = [*ANSWERS]
    if request.param == ON_CPYTHON:
        answers.remove(PERCENT)
    answers = [[uri.replace("{W}", str(web_inf)), path] for uri, path in answers]
    asked = web_inf / "asked.json"
    asked.write_text(json.dumps([answers, [*REFUSED, *REFUSED_BY_3]]))
    program = web_inf / "program.py"
    program.write_text(PROGRAM)
    python = archives.ROOT / "src" / "main" / "python"
    arguments = (program, web_inf, asked, python)
    if request.param == ON_CPYTHON:
        libraries = _installed(tmp_path_factory.mktemp("libraries"))
        # Without site-packages.
        words = [sys.executable, "-I", "-S", *arguments, libraries]
        subprocess.run(words, check=True, cwd=web_inf)
    else:
        jython.run(*arguments, *LIBRARIES[request.param], cwd=web_inf)
    text = (web_inf / "outcomes.json").read_text().replace(str(web_inf), "{W}")
    return dict(json.loads(text), version=request.param)


def _installed(directory):
    """Paste Deploy alone, as pip has installed it for the tests."""
    for file in distribution("PasteDeploy").files:
        if "__pycache__" not in file.parts:
            target = directory / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.locate().read_bytes())
    return directory


def test_release_is_the_one_that_is_meant(outcomes):
    assert outcomes["versions"] == [outcomes["version"]]
    assert outcomes["setuptools"] == (outcomes["version"] in LIBRARIES)


def test_uri_leads_to_its_application(outcomes):
    wanted = [[uri, body] for (uri, _), body in ANSWERS.items()]
    if outcomes["version"] == ON_CPYTHON:
        wanted.remove([PERCENT[0], ANSWERS[PERCENT]])
    assert outcomes["answers"] == wanted


@pytest.mark.parametrize("uri", REFUSED)
def test_what_is_wrong_is_reported_with_file_section_and_key(outcomes, uri):
    rule, *parts = REFUSED[uri]
    _assert_refused(outcomes, uri, rule, parts)


def test_path_with_a_percent_sign_is_reported_by_release_3(outcomes):
    ((uri, (rule, *parts)),) = REFUSED_BY_3.items()
    if outcomes["version"] != ON_CPYTHON:
        rule, parts = None, []
    _assert_refused(outcomes, uri, rule, parts)


def _assert_refused(outcomes, uri, rule, parts):
    named, text = outcomes["refused"][[*REFUSED, *REFUSED_BY_3].index(uri)]
    assert named == rule, text
    assert [part for part in parts if part not in text] == [], text


def test_missing_library_is_named(outcomes):
    missing = ("pkg_resources", "pkg_resources", "setuptools==44.1.1")
    if outcomes["version"] == ON_CPYTHON:
        missing = ("Paste Deploy", "paste", "PasteDeploy>=3")
    what, module, remedy = missing
    assert outcomes["absent"].startswith("DEPLOY_ABSENT: config:app.ini, %s, " % what)
    assert remedy in outcomes["absent"]
    assert "No module named" in outcomes["absent"] and module in outcomes["absent"]


def test_paste_deploys_own_class_is_put_back(outcomes):
    assert outcomes["traced"] == "paste.deploy.loadwsgi"
