"""A browser that stays signed in: after it was closed, until the user signs out, and against pages of other origins."""

import http.server
import re
import threading

import pytest
from playwright.sync_api import expect

BOX = "Stay signed in on this device for 7 days"
ENDED = "This browser is no longer signed in"


@pytest.fixture
def reopen(browser, open_console):
    """Closes nothing, but opens the console in a new context with what a browser keeps when it is closed."""

    def reopen_one(console):
        state = console.page.context.storage_state()
        return open_console(state=state)

    return reopen_one


@pytest.fixture
def kept(console, registry):
    """A console whose browser stays signed in, with an editor's token of its own."""
    console.registry_token = registry.token("editor", fresh=True)
    return stay_signed_in(console, console.registry_token)


def stay_signed_in(console, token):
    console.open()
    console.page.get_by_role("checkbox", name=BOX).check()
    console.page.get_by_label("Token").fill(token)
    console.button("Sign in").click()
    console.heading("Manage ICCs").wait_for()
    return console.shows_list()


def cookie_of(console):
    return next((cookie for cookie in console.page.context.cookies() if cookie["name"] == "icc-registry"), None)


def stored(console):
    return console.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])")


def test_the_box_is_off_and_explains_itself(console, registry):
    console.open()
    box = console.page.get_by_role("checkbox", name=BOX)
    expect(box).not_to_be_checked()
    expect(box).to_have_accessible_description("Do not choose this on a shared computer. This browser then stays signed in when you "
                                               "close it and when you are away, until your token expires at the latest.")
    assert console.violations() == []
    console.sign_in(registry.token("editor"))
    assert cookie_of(console) is None


def test_a_closed_browser_stays_signed_in_until_it_signs_out(kept, reopen):
    cookie = cookie_of(kept)
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["path"] == "/"
    assert "iccr_" not in stored(kept) and "iccs_" not in stored(kept)
    kept.page.reload()
    kept.heading("Manage ICCs").wait_for()
    again = reopen(kept)
    again.open()
    again.heading("Manage ICCs").wait_for()
    again.page.get_by_role("link", name="Create new ICC").first.click()
    again.field("Name").wait_for()
    again.button("Sign out").click()
    expect(again.page.get_by_text("You have signed out.")).to_be_visible()
    assert cookie_of(again) is None and again.page.evaluate("localStorage.length") == 0
    kept.page.reload()
    expect(kept.page.get_by_text(ENDED)).to_be_visible()
    assert cookie_of(kept) is None
    again.page.reload()
    expect(again.page.get_by_label("Token")).to_be_visible()


def test_signing_out_ends_every_tab_but_not_the_token(kept, registry):
    second = kept.page.context.new_page()
    second.goto(kept.home)
    expect(second.get_by_role("heading", name="Manage ICCs")).to_be_visible()
    kept.button("Sign out").click()
    expect(second.get_by_text("You have signed out.")).to_be_visible()
    assert registry.process.call("GET", "/v1/session", token=kept.registry_token)[0] == 200


def test_a_sign_out_without_an_answer_is_not_claimed(kept):
    cut = kept.switch("**/v1/session", lambda route: route.abort())
    cut.is_on = True
    kept.button("Sign out").click()
    expect(kept.page.get_by_text("The registry cannot be reached.")).to_be_visible()
    assert cookie_of(kept) is not None
    cut.is_on = False
    kept.button("Try again").click()
    expect(kept.page.get_by_text("You have signed out.")).to_be_visible()
    assert cookie_of(kept) is None
    # Chromium reports the request that the test has cut off.
    kept.complaints[:] = [text for text in kept.complaints if "ERR_FAILED" not in text]


def test_a_revoked_token_signs_the_browser_out_where_it_works(kept, registry):
    registry.revoke(kept.registry_token)
    kept.page.get_by_role("searchbox").fill("anything")
    expect(kept.page.get_by_text(ENDED)).to_be_visible()
    assert cookie_of(kept) is None
    assert kept.violations() == []


def test_the_own_token_is_not_rotated_in_a_browser_that_stays_signed_in(kept):
    kept.button("Your token").click()
    dialog = kept.page.get_by_role("dialog", name="Your token")
    expect(dialog).to_contain_text(re.compile(r"This browser stays signed in until \d+ \w+ \d{4}, \d\d:\d\d\."))
    expect(kept.button("Rotate my token")).to_have_count(0)
    assert kept.violations() == []
    kept.button("Sign out on this device").click()
    expect(kept.page.get_by_text("You have signed out.")).to_be_visible()
    assert cookie_of(kept) is None


def test_it_is_not_signed_out_when_the_user_is_away(kept):
    kept.stop_clock()
    kept.page.reload()
    kept.heading("Manage ICCs").wait_for()
    kept.pass_time(3600)
    expect(kept.heading("Manage ICCs")).to_be_visible()
    expect(kept.page.get_by_role("dialog")).to_have_count(0)


def test_a_registry_that_keeps_no_browser_signed_in_says_so(console, registry):
    console.page.route("**/v1/session", lambda route: answer_without_days(route))
    stay_signed_in(console, registry.token("editor"))
    expect(console.page.get_by_text("This registry does not keep browsers signed in.")).to_be_visible()
    assert cookie_of(console) is None


def answer_without_days(route):
    answer = route.fetch()
    route.fulfill(response=answer, json=answer.json() | {"maxSignInDays": 0})


ATTACK = """
<!doctype html><title>Another origin</title>
<iframe name="away"></iframe>
<form id="form" method="post" enctype="text/plain" target="away"><input name='{"name":"Forged","x":"' value='"}'></form>
<script>
async function attack(url, id) {
  const statuses = [];
  const ask = async (path, options) => {
    try { statuses.push((await fetch(url + path, { credentials: "include", ...options })).status); } catch { statuses.push("blocked"); }
  };
  const header = { "X-Console-Session": "1" };
  await ask("/v1/session", {});
  await ask("/v1/session", { headers: header });
  await ask("/v1/session", { method: "DELETE", headers: header });
  await ask("/v1/iccs", { method: "POST", body: '{"name":"Forged"}', headers: { "Content-Type": "text/plain" }, mode: "no-cors" });
  await ask("/v1/iccs/" + id, { method: "DELETE", headers: header });
  const form = document.getElementById("form");
  form.action = url + "/v1/iccs/" + id + "/disable";
  const loaded = new Promise((done) => { document.querySelector("iframe").onload = done; });
  form.submit();
  await loaded;
  return statuses;
}
</script>
"""


@pytest.fixture
def other_origin():
    """A page of another port: the browser sends it the same cookies, and `SameSite` does not tell it apart."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(ATTACK.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_page_of_another_origin_changes_nothing(kept, registry, other_origin):
    icc = registry.create_icc(name="Attacked")
    page = kept.page.context.new_page()
    sent = []
    page.on("request", lambda request: sent.append(request))
    page.goto(other_origin)
    statuses = page.evaluate("([url, id]) => attack(url, id)", [registry.url, icc["id"]])
    assert statuses == ["blocked", "blocked", "blocked", 0, "blocked"]
    # The browser did send the cookie: the form and the simple requests were refused by the server.
    forms = [request for request in sent if request.url.endswith("/disable")]
    assert [("icc-registry=iccs_" in request.all_headers().get("cookie", ""), request.response().status) for request in forms] == [(True, 401)]
    after = registry.find_icc("Attacked")
    assert (after["version"], after["status"]) == (icc["version"], icc["status"])
    assert registry.call("GET", "/v1/iccs?name=Forged")["items"] == []
    kept.page.reload()
    kept.heading("Manage ICCs").wait_for()
