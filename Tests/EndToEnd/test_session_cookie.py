"""The cookie that keeps a browser of the console signed in, over real sockets: its flags, its life, and where its text is."""

import json

import pytest

from certificates import Authority, settings

pytestmark = pytest.mark.both_stores


def sign_in(registry, base=""):
    """Signs a browser in; returns what `Cookie` sends, and the attributes."""
    status, fields, content = registry.call("POST", base + "/v1/session", {"days": 7}, headers={"Origin": registry.url})
    assert status == 201 and fields["Cache-Control"] == "no-store" and b"iccs_" not in content
    cookie, path, age, *rest = fields["Set-Cookie"].split("; ")
    # The first token ends after a day, and so does its browser.
    assert age.startswith("Max-Age=") and 86_000 < int(age[8:]) <= 86_400
    return cookie, [path, *rest]


def status_of(registry, cookie, base="", **headers):
    """The status of a request as the console sends it. `None` leaves a header out."""
    connection = registry.connection()
    sent = {"X-Console-Session": "1", "Cookie": cookie, **headers}
    connection.request("GET", base + "/v1/session", headers={name: value for name, value in sent.items() if value is not None})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers["Set-Cookie"]


@pytest.mark.parametrize("base,name,path", [("", "__Host-icc-registry", "/"), ("/icc", "__Secure-icc-registry", "/icc/")])
def test_over_tls_the_cookie_is_secure(start, tmp_path, base, name, path):
    authority = Authority(tmp_path)
    options = ["--base-path", base] if base else []
    registry = start(*settings(*authority.issue("server")), *options, tls=authority.client())
    cookie, attributes = sign_in(registry, base)
    assert cookie.startswith(name + "=iccs_")
    assert attributes == [f"Path={path}", "HttpOnly", "SameSite=Strict", "Secure"]
    assert status_of(registry, cookie, base) == (200, None)
    assert status_of(registry, cookie, base, **{"X-Console-Session": None}) == (401, None)
    # Without the prefix, another host could have set it.
    unprefixed = cookie.removeprefix(name.partition("icc")[0])
    for sent, status in ((cookie, 200), (unprefixed, 401)):
        assert status_of(registry, sent, base, Host="icc.example") == (status, None)


def test_the_cookie_lives_on_after_a_restart_and_its_text_is_in_no_file(start, command, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    registry = start("--log-level", "debug", database=folder / "registry.db")
    cookie, attributes = sign_in(registry)
    assert cookie.startswith("icc-registry=iccs_") and attributes == ["Path=/", "HttpOnly", "SameSite=Strict"]
    assert status_of(registry, cookie) == (200, None)
    for site, status in (("same-origin", 200), ("same-site", 401), ("cross-site", 401), ("none", 401)):
        assert status_of(registry, cookie, **{"Sec-Fetch-Site": site}) == (status, None), site
    assert status_of(registry, f"{cookie}; {cookie}")[0] == 401
    text = cookie.partition("=")[2]
    registry.call("GET", f"/v1/iccs?q={text}", headers={"X-Request-Id": text, "User-Agent": text, "Cookie": cookie})
    listed = command("token", "list", "--database", registry.database).stdout
    assert "(signed-in browser)" in listed and text not in listed
    token = registry.token
    assert registry.stop() == 0
    for path in [*folder.iterdir(), registry.log_path]:
        assert text[5:48].encode() not in path.read_bytes(), path
    again = start(database=folder / "registry.db", token=token)
    assert status_of(again, cookie) == (200, None)
    identifier = json.loads(again.call("GET", "/v1/session")[2])["tokenId"]
    assert command("token", "revoke", identifier, "--database", again.database).returncode == 0
    status, deletion = status_of(again, cookie)
    assert status == 401 and deletion.startswith("icc-registry=; Path=/; Max-Age=0; ")


def test_no_browser_stays_signed_in_if_the_setting_says_so(start):
    registry = start("--max-sign-in-days", "0")
    status, fields, content = registry.call("POST", "/v1/session", {"days": 7}, headers={"Origin": registry.url})
    assert status == 422 and json.loads(content)["errors"][0]["code"] == "days.not-offered" and "Set-Cookie" not in fields
    assert registry.get("/v1/session")["maxSignInDays"] == 0
