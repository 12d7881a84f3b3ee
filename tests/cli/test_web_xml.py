"""web.xml says what was asked for, and an own one must be one."""

import xml.etree.ElementTree as ElementTree

import pytest

from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import web_xml

NAMESPACE = "{http://xmlns.jcp.org/xml/ns/javaee}"


def _described(**values):
    plain = {"name": "shop", "app": "shop:app", "has_files": False}
    plain.update(context_params={}, resources={}, distributable=False)
    plain.update(has_status=False)
    description = web_xml.Description(**{**plain, **values})
    return ElementTree.fromstring(web_xml.written(description))


def _values(root, path):
    steps = "/".join(NAMESPACE + step for step in path.split("/"))
    return [element.text for element in root.findall(steps)]


def test_application_is_a_servlet_for_every_path():
    root = _described()
    assert _values(root, "servlet/servlet-class") == ["org.isthmus.WsgiServlet"]
    assert _values(root, "servlet/init-param/param-name") == ["isthmus.app"]
    assert _values(root, "servlet/init-param/param-value") == ["shop:app"]
    assert _values(root, "servlet/load-on-startup") == ["1"]
    assert _values(root, "servlet-mapping/url-pattern") == ["/*"]
    listeners = _values(root, "listener/listener-class")
    assert listeners == ["org.isthmus.WsgiContextListener"]
    assert root.get("metadata-complete") == "true"
    assert root.find(NAMESPACE + "absolute-ordering") is not None


def test_application_is_a_filter_behind_files_of_the_container():
    root = _described(has_files=True)
    assert _values(root, "filter/filter-class") == ["org.isthmus.WsgiFilter"]
    assert _values(root, "filter-mapping/url-pattern") == ["/*"]
    assert _values(root, "servlet") == []


def test_status_is_beside_the_application_and_answers_nobody_by_default():
    root = _described(has_status=True)
    classes = _values(root, "servlet/servlet-class")
    assert classes == ["org.isthmus.WsgiServlet", "org.isthmus.StatusServlet"]
    assert _values(root, "servlet-mapping/url-pattern") == ["/*", "/isthmus/*"]
    assert _values(root, "context-param/param-name") == []
    (named,) = _values(root, "servlet/init-param/param-name")
    assert named == "isthmus.app"


def test_login_and_constraints_are_the_containers():
    root = _described(
        login=web_xml.Login("FORM", ("/in.html", "/no.html")),
        secured={"/*": ["*"], "/admin/*": ["admin", "owner"]},
    )
    assert _values(root, "login-config/auth-method") == ["FORM"]
    assert _values(root, "login-config/realm-name") == ["shop"]
    pages = "login-config/form-login-config/form-%s-page"
    assert _values(root, pages % "login") == ["/in.html"]
    assert _values(root, pages % "error") == ["/no.html"]
    constraint = "security-constraint/"
    patterns = _values(root, constraint + "web-resource-collection/url-pattern")
    assert patterns == ["/*", "/admin/*"]
    roles = _values(root, constraint + "auth-constraint/role-name")
    assert roles == ["*", "admin", "owner"]
    # Of all roles there is none to be declared.
    assert _values(root, "security-role/role-name") == ["admin", "owner"]


def test_parameters_resources_and_names_are_escaped():
    root = _described(
        name="<é & 日>",
        context_params={"isthmus.slow": "5", "a": "<&>"},
        resources={
            "jdbc/shop": "javax.sql.DataSource",
            "mail/x": "jakarta.mail.Session",
        },
        distributable=True,
    )
    assert _values(root, "display-name") == ["<é & 日>"]
    assert _values(root, "context-param/param-name") == ["isthmus.slow", "a"]
    assert _values(root, "context-param/param-value") == ["5", "<&>"]
    assert _values(root, "resource-ref/res-ref-name") == ["jdbc/shop", "mail/x"]
    types = ["javax.sql.DataSource", "jakarta.mail.Session"]
    assert _values(root, "resource-ref/res-type") == types
    assert root.find(NAMESPACE + "distributable") is not None


def test_context_path_is_nowhere():
    assert "/shop" not in ElementTree.tostring(_described(), encoding="unicode")


@pytest.mark.parametrize("value", ["\x01", "\udcff", "\uffff"])
def test_value_that_xml_cannot_have_is_refused(value):
    with pytest.raises(ToolError) as refused:
        _described(context_params={"a": value})
    assert refused.value.rule is Rule.WEB_XML_MALFORMED


def test_own_web_xml_is_taken_as_it_is(tmp_path):
    own = tmp_path / "web.xml"
    own.write_text(
        "<web-app><filter><filter-name>x</filter-name><filter-class>\n"
        "org.isthmus.WsgiFilter </filter-class></filter></web-app>"
    )
    assert web_xml.read(own) == own.read_bytes()


@pytest.mark.parametrize(
    "text, why",
    [
        ("<web-app>", "no element found"),
        ("<web-app/>", "servlet"),
        (
            "<web-app><servlet-class>x.Y</servlet-class></web-app>",
            "servlet",
        ),
    ],
)
def test_what_is_no_web_xml_is_refused(tmp_path, text, why):
    own = tmp_path / "web.xml"
    own.write_text(text)
    with pytest.raises(ToolError) as refused:
        web_xml.read(own)
    assert refused.value.rule is Rule.WEB_XML_MALFORMED
    assert why in str(refused.value)
