"""The web application that can be watched: its status, its events."""

import client
from paths import HERE, TARGET
from wars import War
from webxml import Servlet, WebXml

PATH = "/watched"
SHOP = "shop:application"
LISTENING = "listening:application"
TURNS = "turns:application"
ONE_AT_A_TIME = {"isthmus.app": TURNS, "isthmus.multithread": "false"}

EVENTS = """
    request_started: listening:started, listening:fails
    request_finished: listening:exits, listening:finished
    exception: listening:raised
"""
# Of all servers; each request writes the same.
DATA = TARGET / "functional-data" / "wätched"
STATUS = "org.isthmus.StatusServlet"
ROLE = {"isthmus.status.access": "role"}

WAR = War(
    PATH,
    WebXml(
        context_params={
            "isthmus.log.level": "CONTAINER",
            "isthmus.data_dir": str(DATA),
        },
        servlets=[
            Servlet(
                "shop",
                ["/shop/*"],
                {
                    "isthmus.app": SHOP,
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
            Servlet(
                "listening",
                ["/listening/*"],
                {"isthmus.app": LISTENING, "isthmus.events": EVENTS},
            ),
            Servlet(
                "turns",
                ["/turns/*"],
                {
                    **ONE_AT_A_TIME,
                    "isthmus.max_concurrent": "1",
                    "isthmus.queue_timeout": "0.3",
                },
            ),
            Servlet("timed", ["/timed/*"], {**ONE_AT_A_TIME, "isthmus.timeout": "0.3"}),
            Servlet("closed", ["/closed/*"], class_name=STATUS),
            Servlet(
                "scraped",
                ["/scraped/*"],
                {"isthmus.metrics.access": "all"},
                class_name=STATUS,
            ),
        ],
        members={"/members/*": "member", "/operators/*": "member"},
    ),
    files={"WEB-INF/app": HERE / "sites" / "status"},
)


def asking(server):
    """ask("/path") asks the web application, and requires an answer of this status."""

    def ask(path, status=200, headers=(), method="GET", body=None):
        response = client.fetch(server.address, method, PATH + path, headers, body)
        assert response.status == status, response.body
        return response

    return ask
