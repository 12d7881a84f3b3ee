"""A project of Poetry 1, whose pyproject.toml has no [project], has its libraries."""

import pytest

import python3_project
from isthmus_cli import admitted, poetry, project_requirements
from isthmus_cli.cpython import war
from isthmus_cli.rules import Rule, ToolError

project, wheel = python3_project.project, python3_project.wheel

SHOP = """
[tool.poetry]
name = "shop"
version = "1"

[tool.poetry.dependencies]
python = "^3.12"
one = "^1.1"
spare = {version = "*", optional = true}

[tool.poetry.extras]
more = ["spare"]

[tool.poetry.group.web.dependencies]
served = "*"

[tool.poetry.dev-dependencies]
tested = "*"
"""


def _stated(tmp_path, text, **chosen):
    """The texts of the requirements of a pyproject.toml."""
    path = tmp_path / "pyproject.toml"
    path.write_text(text)
    return [str(r) for r in project_requirements.read(path, **chosen).wanted]


def _one(message):
    return "[tool.poetry.dependencies]\none = %s\n" % message


@pytest.mark.parametrize(
    "message, text",
    [
        ('"^1.2.3"', "one<2,>=1.2.3"),
        ('"^0.3.1"', "one<0.4,>=0.3.1"),
        ('"^0.0.3"', "one<0.0.4,>=0.0.3"),
        ('"^0"', "one<1,>=0"),
        ('"^1.0b2"', "one<2,>=1.0b2"),
        ('"~1.2.3"', "one<1.3,>=1.2.3"),
        ('"~1"', "one<2,>=1"),
        ('"~=1.2"', "one~=1.2"),
        ('"1.*"', "one==1.*"),
        ('"1.2"', "one==1.2"),
        ('">= 1.0, !=1.5 <2"', "one!=1.5,<2,>=1.0"),
        ('"*"', "one"),
        ('{version = "^1", extras = ["b", "a"]}', "one[a,b]<2,>=1"),
        (
            '{version = "*", python = "^3.9"}',
            'one; python_full_version < "4" and python_full_version >= "3.9"',
        ),
        (
            '{version = "*", python = "~2.7 || ^3.9"}',
            'one; python_full_version < "2.8" and python_full_version >= "2.7" or '
            'python_full_version < "4" and python_full_version >= "3.9"',
        ),
        ('{version = "*", python = "<=3.12"}', 'one; python_version <= "3.12"'),
        ('{version = "*", python = "3.12"}', 'one; python_version == "3.12"'),
        ('{version = "*", python = ">3.12.1"}', 'one; python_full_version > "3.12.1"'),
        ('{version = "*", python = "3.*"}', 'one; python_full_version == "3.*"'),
        ('{version = "1", platform = "linux"}', 'one==1; sys_platform == "linux"'),
        (
            """{version = "1", markers = "os_name == 'nt'", python = "<3"}""",
            'one==1; os_name == "nt" and python_full_version < "3"',
        ),
    ],
)
def test_dependency_is_stated_as_pip_has_it(tmp_path, message, text):
    assert _stated(tmp_path, _one(message)) == [text]


def test_dependency_of_several_lines_has_each(tmp_path):
    message = '[{version = "1", python = "<3"}, {version = "2", python = ">=3"}]'
    assert _stated(tmp_path, _one(message)) == [
        'one==1; python_full_version < "3"',
        'one==2; python_full_version >= "3"',
    ]


@pytest.mark.parametrize(
    "chosen, names",
    [
        ({}, ["one"]),
        ({"extras": ["more"]}, ["one", "spare"]),
        ({"groups": ["web"]}, ["one", "served"]),
        ({"groups": ["dev"]}, ["one", "tested"]),
    ],
)
def test_optional_and_grouped_ones_are_left_out_unless_they_are_chosen(
    tmp_path, chosen, names
):
    found = _stated(tmp_path, SHOP, **chosen)
    assert [text.partition("<")[0] for text in found] == names


def test_optional_ones_alone_are_no_error(tmp_path):
    assert _stated(tmp_path, _one('{version = "1", optional = true}')) == []


def test_token_in_a_place_is_not_shown(tmp_path):
    with pytest.raises(ToolError) as refused:
        _stated(tmp_path, _one('{git = "https://user:token@example.org/one.git"}'))
    assert "token" not in str(refused.value)
    assert "https://example.org/one.git" in str(refused.value)


@pytest.mark.parametrize(
    "message, word",
    [
        ('{git = "https://example.org/one.git"}', "git"),
        ('{path = "../one", develop = true}', "'../one'"),
        ('{url = "https://example.org/one.whl"}', "url"),
        ('"^1 || ^3"', "alternatives"),
        ('"newest"', "'newest'"),
        ("{version = 1}", "'1'"),
        ('{version = "1", extras = "standard"}', "'standard'"),
        ('{version = "1", platform = ["linux"]}', "linux"),
        ("1", "neither"),
    ],
)
def test_dependency_that_pip_cannot_have_so_is_refused(tmp_path, message, word):
    with pytest.raises(ToolError) as refused:
        _stated(tmp_path, _one(message))
    assert refused.value.rule is Rule.POETRY_DEPENDENCY
    for part in ("'one'", "[tool.poetry.dependencies]", word):
        assert part in str(refused.value)


def test_group_that_is_not_chosen_may_have_what_pip_has_not(tmp_path):
    text = SHOP + 'own = {path = "."}\n'
    assert _stated(tmp_path, text) == ["one<2,>=1.1"]
    with pytest.raises(ToolError) as refused:
        _stated(tmp_path, text, groups=["dev"])
    assert "[tool.poetry.dev-dependencies]" in str(refused.value)


def test_dependencies_of_project_outweigh_those_of_poetry(tmp_path):
    text = '[project]\nname = "shop"\ndependencies = ["two"]\n'
    assert _stated(tmp_path, text + _one('{git = "x"}')) == ["two"]
    text = '[project]\nname = "shop"\ndynamic = ["dependencies"]\n'
    assert _stated(tmp_path, text + _one('"1"')) == ["one==1"]


def test_war_has_the_libraries(project, isthmus, wheel):
    for version in ("1.0", "1.2", "2.0"):
        wheel("one", version)
    (project / "pyproject.toml").write_text(SHOP)
    made = isthmus("war", "-o", "x.war")
    assert made.code == 0, made
    assert b"'1.2'" in python3_project.entries("x.war")["WEB-INF/lib-python/one.py"]
    locked = isthmus("lock")
    assert locked.code == 0 and "pylock.toml: 1 package" in locked.out, locked
    assert isthmus("lock", "--check").code == 0


def test_war_without_its_libraries_is_none(project, isthmus, doctor):
    text = SHOP.replace('"^1.1"', '{git = "https://example.org/one.git"}')
    (project / "pyproject.toml").write_text(text)
    refused = isthmus("war", "-o", "x.war")
    assert refused.code == 3 and "IS0229" in refused.err, refused
    assert "'one'" in doctor()["IS0229"]
    assert not (project / "x.war").exists()


@pytest.mark.parametrize(
    "text",
    [
        SHOP.replace('"^1.1"', '{git = "https://example.org/one.git"}'),
        '[project]\nname = "shop"\ndynamic = ["dependencies"]\n',
    ],
)
def test_lock_of_another_tool_may_have_what_pip_cannot(project, isthmus, wheel, text):
    wheel("one", "1.2")
    (project / "pyproject.toml").write_text(SHOP)
    assert isthmus("lock").code == 0
    lock = project / "pylock.toml"
    # Others do not note of which requirements it is.
    lock.write_text(lock.read_text().partition("[tool.isthmus]")[0])
    (project / "pyproject.toml").write_text(text)
    made = isthmus("war", "-o", "x.war")
    assert made.code == 0, made
    assert b"'1.2'" in python3_project.entries("x.war")["WEB-INF/lib-python/one.py"]


@pytest.mark.parametrize(
    "python, version",
    [
        ("^3.9", "3.13.0"),
        ("~3.12", "3.12.1"),
        ("3.12.*", "3.12.1"),
        (">=3.9,<3.13", "3.12.1"),
        ("~3.11 || ~3.12", "3.12.1"),
        ("no version", "3.13.0"),
    ],
)
def test_python_chooses_the_cpython(tmp_path, python, version):
    text = '[tool.poetry.dependencies]\npython = "%s"\n' % python
    (tmp_path / "pyproject.toml").write_text(text)
    war_python = war.of_options(None, ["linux-x86_64"], tmp_path)
    assert war_python.release.version == version


def test_python_that_the_tool_lacks_is_reported(project, isthmus):
    (project / "pyproject.toml").write_text(SHOP.replace("^3.12", "^3.14"))
    refused = isthmus("war")
    assert refused.code == 3 and "IS0227" in refused.err, refused
    for part in ("'^3.14'", "[tool.poetry.dependencies]", "--python none"):
        assert part in refused.err, refused


def test_what_is_malformed_admits_every_python(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[tool.poetry.dependencies]\npython = "three"\n'
    )
    assert admitted.of(tmp_path) is None
    assert poetry.admits_2("three")
