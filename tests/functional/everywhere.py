"""A web application whose Python has all paths, with a login and behind a proxy.

Three modules share it, for each web application costs a start of Python in each boot.
"""

import re

from mounts import APPS
from paths import HERE
from users import ROLE
from wars import Operator, War
from webxml import Servlet, WebXml

PATH = "/all/paths"
PAGE = (HERE.parents[1] / "docs" / "deploy" / "tomcat.md").read_text("utf-8")
(_VALVE,) = re.findall(r"<Valve className=[^>]*RemoteIpValve[^>]*/>", PAGE)

WAR = War(
    PATH,
    WebXml(
        servlets=[
            # A mapping that would shadow "/", "*.ext" and "".
            Servlet("environ", ["/*"], {"isthmus.app": "environ:application"}),
            Servlet(
                "user",
                ["/user/*", "/in/user/*"],
                {"isthmus.app": "logs_in:application"},
            ),
        ],
        members={"/in/*": ROLE},
    ),
    files={
        "WEB-INF/app/%s.py" % name: APPS / (name + ".py")
        for name in ("environ", "logs_in")
    },
    probe="/",
    operator=Operator(tomcat=_VALVE, jetty="", etc={}),
)
