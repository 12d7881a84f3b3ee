"""The container's login and the middleware that decides what a user may see."""

from example_war import EXAMPLE

WARS = [EXAMPLE]


def _log_in(site, user, password):
    site.open("/members/")
    site.browser.field("User").send_keys(user)
    site.browser.field("Password").send_keys(password)
    site.browser.leave_by(site.browser.button("Log in"))


def test_container_asks_before_the_program_is_reached(site, browser):
    site.open("/members/")
    assert browser.text("h1") == "Who are you?"
    assert (
        browser.one("form.login")
        .get_attribute("action")
        .endswith(site.path + "/j_security_check")
    )


def test_alice_is_let_in(site, browser):
    _log_in(site, "alice", "secret")
    assert browser.text(".greeting") == "Welcome, alice."
    assert "AUTH_TYPE is FORM" in browser.text(".answer")
    assert (browser.status(), browser.text(".status")) == (200, "200 OK")


def test_mallory_is_known_and_gets_403(site, browser):
    _log_in(site, "mallory", "secret")
    assert browser.text(".greeting") == "403: not for you, mallory."
    assert (browser.status(), browser.text(".status")) == (403, "403 Forbidden")
    (error,) = browser.errors()
    assert "403" in error


def test_wrong_password_is_reported_and_can_be_mended(site, browser):
    _log_in(site, "alice", "guess")
    assert "no such user" in browser.text("[role=alert]")
    browser.field("User").send_keys("alice")
    browser.field("Password").send_keys("secret")
    browser.leave_by(browser.button("Log in"))
    assert browser.text(".greeting") == "Welcome, alice."


def test_after_logging_out_the_container_asks_again(site, browser):
    _log_in(site, "alice", "secret")
    browser.leave_by(browser.button("Log out"))
    assert browser.text("h1") == "Isthmus"
    site.open("/members/")
    assert browser.text("h1") == "Who are you?"


def test_form_is_for_who_was_asked(site, browser):
    """Opened as a page, and by somebody who has logged in."""
    site.open("/login/")
    assert not browser.all("form.login")
    browser.leave_by(browser.one(".notice a"))
    browser.field("User").send_keys("alice")
    browser.field("Password").send_keys("secret")
    browser.leave_by(browser.button("Log in"))
    assert browser.text(".greeting") == "Welcome, alice."
    site.open("/login/")
    assert not browser.all("form.login")


def test_login_page_names_the_users_for_tomcat(site, browser):
    site.open("/members/")
    assert '<user username="alice" password="secret" roles="member"/>' in browser.text(
        ".answer pre"
    )
