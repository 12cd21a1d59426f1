"""The console below a path, behind nginx, Caddy and Apache."""

import pytest
from playwright.sync_api import expect

import proxies
from certificates import Authority
from console import Console
from registry_process import Registry


class Proxied:
    """The registry as the console's tests know it, at the address of a proxy."""

    def __init__(self, url):
        self.url = url


@pytest.mark.parametrize("example", ["nginx-subpath.conf.example", "Caddyfile.example", "apache-subpath.conf.example"])
def test_the_console_works_below_a_path(browser, binary, tmp_path, example):
    options = ["--base-path", "/icc", "--trusted-proxies", "127.0.0.1"]
    registry = Registry(binary, tmp_path, tmp_path / "registry.db", options).wait_until_listening()
    files = Authority(tmp_path).issue("proxy")
    with proxies.running(example, tmp_path, registry.port, *files) as port:
        context = browser.new_context(ignore_https_errors=True)
        console = Console(context.new_page(), Proxied(f"https://127.0.0.1:{port}/icc"), None)
        console.page.goto(f"https://127.0.0.1:{port}/icc/")
        expect(console.page).to_have_url(f"https://127.0.0.1:{port}/icc/console/")
        console.sign_in(registry.token)
        console.page.get_by_role("link", name="Create new ICC").first.click()
        console.page.get_by_label("Name", exact=False).first.wait_for()
        status, _, _ = registry.call("POST", "/icc/v1/iccs", {
            "name": "Below a path", "connectorType": "s3-cross-account", "sessionName": "acme-import", "bucketName": "acme-data"})
        assert status == 201
        console.open()
        console.page.get_by_role("link", name="Below a path").click()
        console.panel_heading("Below a path").wait_for()
        console.page.goto(f"https://127.0.0.1:{port}/icc/manual/")
        console.page.get_by_role("link", name="Operations").first.click()
        expect(console.page.get_by_role("heading", name="Reverse proxy")).to_be_visible()
        console.page.get_by_role("link", name="Console").first.click()
        expect(console.page).to_have_url(f"https://127.0.0.1:{port}/icc/console/")
        context.close()
        assert console.complaints == [] and console.strangers == []
    assert registry.stop() == 0
