"""The web application whose requests are dispatched, and one for a rule of Tomcat's."""

import where
from mounts import APPS
from paths import HERE
from wars import War
from webxml import Filter, Servlet, WebXml

SITE = "/site/dispatch"


def _python(name, patterns, app=None):
    return Servlet(name, patterns, {"isthmus.app": "%s:application" % (app or name)})


WAR = War(
    SITE,
    WebXml(
        servlets=[
            _python("environ", ["/env/*", "/exact", "*.py"]),
            _python("unmapped", [], "environ"),
            _python("fragment", ["/fragment"]),
            _python("dispatching", ["/py/*"]),
            _python("handing", ["/hand/*"]),
            _python("error_page", ["/errors/*"]),
            _python("failing", ["/failing"]),
            _python("keeps", ["/keeps/*"], "keeps_environ"),
            Servlet(
                "java",
                ["/go/*"],
                class_name="functional.DispatchingServlet",
                async_supported=True,
            ),
            Servlet("plain", ["/plain/*"], class_name="functional.PlainServlet"),
            Servlet("model", ["/model/*"], class_name="functional.ModelServlet"),
        ],
        filters=[
            Filter(
                "filter",
                ["/filtered/*"],
                {"isthmus.app": "environ:application"},
                dispatchers=["REQUEST", "FORWARD", "INCLUDE", "ASYNC"],
                async_supported=True,
            )
        ],
        extra="""
  <error-page><error-code>404</error-code><location>/errors/404?e=1</location></error-page>
  <error-page><error-code>500</error-code><location>/errors/500</location></error-page>
  <error-page><error-code>409</error-code><location>/keeps/409</location></error-page>
""",
    ),
    files={
        "WEB-INF/app": HERE / "sites" / "dispatch",
        "WEB-INF/app/environ.py": APPS / "environ.py",
        "WEB-INF/app/keeps_environ.py": APPS / "keeps_environ.py",
        "page.txt": "static page",
    },
    java=[
        "functional/%s.java" % name
        for name in ("DispatchingServlet", "PlainServlet", "ModelServlet")
    ],
)
# Tomcat then refuses a response that is not a wrapper of its own.
STRICT = War(
    "/site/dispatch-strict",
    WebXml(
        servlets=[
            _python("handing", ["/hand/*"]),
            Servlet("model", ["/model/*"], class_name="functional.ModelServlet"),
        ]
    ),
    files={
        "WEB-INF/app": HERE / "sites" / "dispatch",
        "META-INF/context.xml": '<Context dispatcherWrapsSameObject="true"/>',
    },
    java=["functional/ModelServlet.java"],
    containers=where.TOMCATS,
)
