"""`isthmus doctor` finds data where the next deployment would delete them."""

import json

import pytest

from isthmus_cli.doctor import data


def test_data_within_the_web_application(web, isthmus):
    web.files["WEB-INF/app/shop.sqlite3"] = b""
    web.files["WEB-INF/app/shop.sqlite3-wal"] = b""
    web.files["WEB-INF/app/instance/a.txt"] = b""
    web.files["WEB-INF/app/instance/b.txt"] = b""
    ended = isthmus("doctor", web.write(), "--json")
    found = json.loads(ended.out)["findings"]
    reported = [(f["code"], f["message"].split("'")[1]) for f in found]
    assert ended.code == 0 and reported == [
        ("IS0301", "WEB-INF/app/instance/"),
        ("IS0301", "WEB-INF/app/shop.sqlite3"),
        ("IS0301", "WEB-INF/app/shop.sqlite3-wal"),
    ]


def test_package_with_a_name_of_data_is_code(web, doctor):
    for name in ("__init__.py", "views.py", "templates/page.html"):
        web.files["WEB-INF/app/shop/uploads/" + name] = b""
    assert doctor(web.write()) == {}
    web.files["WEB-INF/app/shop/uploads/a.db"] = b""
    reported = doctor(web.write())
    assert list(reported) == ["IS0301"] and "uploads/a.db" in reported["IS0301"]


@pytest.mark.parametrize(
    "line, is_kept",
    [
        ("app = Flask(__name__, instance_relative_config=True)", True),
        ("path = os.path.join(app.instance_path, 'shop.db')", True),
        ("DB = 'sqlite:///shop.db'", True),
        ("DB = 'sqlite:////var/lib/shop.db'", False),
        ("DB = 'sqlite:///:memory:'", False),
        ("# DB = 'sqlite:///shop.db'", False),
        ("app.config['UPLOAD_FOLDER'] = 'uploads'", True),
        ("app.config['UPLOAD_FOLDER'] = '/srv/uploads'", False),
        ("app.config['UPLOAD_FOLDER'] = os.environ['UPLOADS']", False),
        ("MEDIA_ROOT = os.path.join(BASE_DIR, 'media')", True),
        ("'NAME': os.path.join(BASE_DIR, 'db.sqlite3'),", True),
        ("open(os.path.join(os.path.dirname(__file__), 'n'), 'w')", True),
        ("open(os.path.join(os.path.dirname(__file__), 'n'))", False),
    ],
)
def test_data_beside_the_sources(line, is_kept):
    sources = {"a.py": b"import os\n" + line.encode() + b"\n"}
    reported = [(name, number) for name, number, _ in data.kept(sources)]
    assert reported == [("a.py", 2)] * is_kept
    sources["b.py"] = b"DATA = os.environ['ISTHMUS_DATA_DIR']\n"
    assert list(data.kept(sources)) == []


def test_data_beside_the_sources_is_reported_unless_it_has_another_place(web, doctor):
    web.files["WEB-INF/app/db.py"] = b"\nDB = 'sqlite:///shop.db'\n"
    reported = doctor(web.write())
    assert (
        list(reported) == ["IS0303"]
        and "Line 2 of WEB-INF/app/db.py" in reported["IS0303"]
    )
    place = {"isthmus.app": "hello:application", "isthmus.data_dir": "/var/lib/shop"}
    web.servlet(place)
    assert doctor(web.write()) == {}


def test_what_the_running_application_has_written(web, doctor):
    directory = web.unpack()
    (directory / "WEB-INF" / "app" / "hello$py.class").write_bytes(b"")
    assert doctor(directory) == {}
    for number in range(5):
        (directory / ("%d.jpg" % number)).write_bytes(b"")
    reported = doctor(directory)
    assert list(reported) == ["IS0302"]
    assert "5 files" in reported["IS0302"] and "0.jpg" in reported["IS0302"]
