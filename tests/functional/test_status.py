"""What StatusServlet and JMX tell of a web application, and whom."""

import client  # noqa: F401
from paths import HERE
from wars import War
from webxml import Servlet, WebXml

WATCHED = "/watched"
STATUS = "org.isthmus.StatusServlet"
ROLE = {"isthmus.status.access": "role"}

WARS = [
    War(
        WATCHED,
        WebXml(
            servlets=[
                Servlet(
                    "shop",
                    ["/shop/*"],
                    {
                        "isthmus.app": "shop:application",
                        "isthmus.environ.add": "shop.password: open sesame\n"
                        "shop.database: postgresql://shop:sesame@db/shop\n"
                        "shop.colour: green",
                    },
                ),
                Servlet(
                    "open",
                    ["/isthmus/*"],
                    {
                        "isthmus.status.access": "loopback",
                        "isthmus.health.access": "all",
                    },
                    class_name=STATUS,
                ),
                Servlet(
                    "members",
                    ["/members/*"],
                    {**ROLE, "isthmus.status.role": "member"},
                    class_name=STATUS,
                ),
                Servlet(
                    "operators",
                    ["/operators/*"],
                    {**ROLE, "isthmus.status.role": "operator"},
                    class_name=STATUS,
                ),
                Servlet("closed", ["/closed/*"], class_name=STATUS),
            ],
            members={"/members/*": "member", "/operators/*": "member"},
        ),
        files={"WEB-INF/app": HERE / "sites" / "status"},
    )
]
