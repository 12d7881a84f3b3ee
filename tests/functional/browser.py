"""A headless Chromium as a person uses it: it opens pages, reads, types and clicks."""

import re
import shutil
import time
from urllib.parse import quote

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # /dev/shm is small in containers, and a tab that does not get it crashes.
    "--disable-dev-shm-usage",
]
LIMIT = 60.0
ICON = re.compile(r"^http://[^/]+/favicon\.ico - ")


class Browser:
    """One Chromium with an empty profile, kept in this directory."""

    def __init__(self, directory):
        self.downloads = directory / "downloads"
        self.downloads.mkdir(parents=True)
        options = webdriver.ChromeOptions()
        options.binary_location = _program("chromium")
        for flag in [*FLAGS, "--user-data-dir=%s" % (directory / "profile")]:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        # get() returns at once: a page that streams is looked at while it arrives.
        options.page_load_strategy = "none"
        service = webdriver.ChromeService(_program("chromedriver"))
        self.driver = webdriver.Chrome(options, service)
        self.command("Emulation.setLocaleOverride", locale="en-US")
        self.command(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(self.downloads),
        )

    def close(self):
        self.driver.quit()

    def command(self, name, **arguments):
        """Send a command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, arguments)

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def forget(self):
        """Leave the page, which may go on asking a server that has stopped; drop
        cookies, and the emulation and the log of what went before."""
        self.driver.get("about:blank")
        self.command("Network.clearBrowserCookies")
        self.command("Emulation.setEmulatedMedia", features=[])
        self.command("Emulation.clearDeviceMetricsOverride")
        self.errors()

    def errors(self):
        """What the console has shown since the last call.

        But for the icon that a browser asks of its own accord: of the host, whose root
        is another web application, if any.
        """
        shown = [entry["message"] for entry in self.driver.get_log("browser")]
        return [message for message in shown if not ICON.search(message)]

    def open(self, url):
        """Open a page and wait until it is all there."""
        self.begin(url)
        self.settle()

    def begin(self, url):
        """Open a page and wait until it is the one in the window, complete or not."""
        # The old document answers until the new one is committed.
        self.script("window.old = true")
        self.driver.get(url)
        self.until(lambda: not self.script("return window.old"))

    def settle(self):
        self.until(lambda: self.script("return document.readyState") == "complete")

    def leave_by(self, element):
        """Click what leads to another document, and wait until that is all there."""
        self.script("window.old = true")
        element.click()
        self.until(lambda: not self.script("return window.old"))
        self.settle()

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        found = self.all(selector)
        if len(found) != 1:
            raise AssertionError(
                "%d elements match %r in\n%s"
                % (len(found), selector, self.driver.page_source)
            )
        return found[0]

    def text(self, selector):
        """The text of the one element, as it is seen."""
        return self.one(selector).text

    def texts(self, selector):
        return [element.text for element in self.all(selector)]

    def link(self, text):
        (found,) = self.driver.find_elements(By.LINK_TEXT, text)
        return found

    def button(self, text):
        path = '//button[normalize-space()="%s"]' % text
        (found,) = self.driver.find_elements(By.XPATH, path)
        return found

    def field(self, label):
        """The input that is labelled so."""
        path = '//label[starts-with(normalize-space(), "%s")]//input' % label
        (found,) = self.driver.find_elements(By.XPATH, path)
        return found

    def status(self):
        """The status of the response that this document came in."""
        navigation = "performance.getEntriesByType('navigation')[0]"
        return self.script("return %s.responseStatus" % navigation)

    def until(self, condition, limit=LIMIT):
        """Poll until the condition's value is true, and return the value."""
        deadline = time.monotonic() + limit
        while True:
            try:
                value = condition()
            except StaleElementReferenceException:
                value = None
            if value:
                return value
            if time.monotonic() > deadline:
                raise AssertionError("not within %s s: %s" % (limit, self.seen()))
            time.sleep(0.02)

    def seen(self):
        """Where the browser is and what it shows, for a failure's message."""
        return "%s\n%s" % (self.driver.current_url, self.text("body"))


class Site:
    """The example web application at its context path, in this browser."""

    def __init__(self, browser, server, path):
        self.browser = browser
        self.server = server
        self.path = path

    def url(self, place):
        host = "%s:%d" % self.server.address
        return "http://%s%s" % (host, quote(self.path + place, "/?=&%"))

    def open(self, place):
        self.browser.open(self.url(place))


def _program(name):
    path = shutil.which(name)
    if not path:
        raise FileNotFoundError("%s is not installed: run scripts/setup." % name)
    return path
