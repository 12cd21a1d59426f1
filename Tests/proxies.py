"""The reverse proxies of the examples under config/, run as they are but for ports, certificates and folders."""

import contextlib
import pathlib
import socket
import subprocess

from waiting import until

CONFIG = pathlib.Path(__file__).resolve().parent.parent / "config"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def is_reached(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def replaced(text, *pairs):
    """The text with each pair replaced; each must occur."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def nginx(example, folder, upstream, port, certificate, key):
    name = "tools.example.com" if "tools.example.com" in example else "icc.example.com"
    server = replaced(
        example, ("127.0.0.1:8080", f"127.0.0.1:{upstream}"), ("listen 443 ", f"listen 127.0.0.1:{port} "),
        ("listen [::]:443 ", f"listen [::1]:{port} "), (f"/etc/ssl/certs/{name}.pem", str(certificate)),
        (f"/etc/ssl/private/{name}.key", str(key)), ("/var/log/nginx/icc-registry.log", str(folder / "access.log")))
    kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    places = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; user root; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{\n{places}\n{server}\n}}\n")
    return ["nginx", "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"]


def caddy(example, folder, upstream, port, certificate, key):
    server = replaced(
        example, ("127.0.0.1:8080", f"127.0.0.1:{upstream}"),
        ("tools.example.com {", f"https://127.0.0.1:{port} {{\n    tls {certificate} {key}"))
    (folder / "Caddyfile").write_text(f"{{\n    admin off\n    auto_https disable_redirects\n}}\n{server}")
    return ["caddy", "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]


APACHE_MODULES = """mpm_event authz_core socache_shmcb ssl http2 headers proxy proxy_http deflate filter""".split()


def apache(example, folder, upstream, port, certificate, key):
    server = replaced(
        example, ("127.0.0.1:8080", f"127.0.0.1:{upstream}"), ("*:443", f"127.0.0.1:{port}"),
        ("/etc/ssl/certs/tools.example.com.pem", str(certificate)),
        ("/etc/ssl/private/tools.example.com.key", str(key)),
        ("/var/log/apache2/icc-registry.log", str(folder / "access.log")))
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in APACHE_MODULES)
    (folder / "apache.conf").write_text(
        f"{modules}\nServerName localhost\nUser www-data\nGroup www-data\nDefaultRuntimeDir {folder}\nPidFile {folder}/pid\n"
        f"ErrorLog {folder}/error.log\nListen 127.0.0.1:{port}\n"
        f'LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" combined\n{server}')
    return ["apache2", "-f", folder / "apache.conf", "-D", "FOREGROUND"]


PROXIES = {"nginx": nginx, "Caddyfile": caddy, "apache": apache}


def as_it_is(example):
    return example


def with_forwarded(example):
    """An example whose proxy names the client in `Forwarded`, by the lines that it shows in a comment."""
    new = [line.removeprefix("#").strip() for line in example.splitlines() if line.startswith("#     ")]
    old = {"proxy_set_header": ["proxy_set_header X-Forwarded-For $remote_addr;", 'proxy_set_header Forwarded "";'],
           "http-request": ["http-request set-header X-Forwarded-For %[src]", "http-request del-header Forwarded"]}
    return replaced(example, *zip(old[new[0].split()[0]], new, strict=True))


def with_added_forwarded(example):
    """The example for HAProxy, which adds the client to `Forwarded` and passes on what the client itself sent."""
    return replaced(example, ("http-request del-header Forwarded\n", "\n"), (
        "http-request set-header X-Forwarded-For %[src]", "http-request add-header Forwarded for=%[src]"))


@contextlib.contextmanager
def haproxy(folder, upstreams, edited=as_it_is):
    """Runs the example for HAProxy in front of two ports, without TLS; yields its own port."""
    port = free_port()
    (folder / "haproxy.cfg").write_text(replaced(
        edited((CONFIG / "haproxy.cfg.example").read_text()),
        ("bind :443 ssl crt /etc/ssl/private/icc.example.com.pem alpn h2,http/1.1", f"bind 127.0.0.1:{port}"),
        ("192.0.2.1:8080", f"127.0.0.1:{upstreams[0]}"), ("192.0.2.2:8080", f"127.0.0.1:{upstreams[1]}")))
    with serving(["haproxy", "-db", "-f", folder / "haproxy.cfg"], port, folder):
        yield port


@contextlib.contextmanager
def running(example, folder, upstream, certificate, key, edited=as_it_is):
    """Runs the proxy of an example in front of the port `upstream`; yields its own port."""
    port = free_port()
    make = next(make for name, make in PROXIES.items() if example.startswith(name))
    words = make(edited((CONFIG / example).read_text()), folder, upstream, port, certificate, key)
    with serving(words, port, folder):
        yield port


@contextlib.contextmanager
def serving(words, port, folder):
    """Runs a proxy until the end of the block, from when it listens on the port."""
    with (folder / "proxy.log").open("wb") as log:
        process = subprocess.Popen(
            [str(word) for word in words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder), "XDG_DATA_HOME": str(folder)})
    try:
        until(lambda: is_reached(port) or process.poll() is not None, "the proxy to listen")
        assert process.poll() is None, (folder / "proxy.log").read_text()
        yield
    finally:
        process.terminate()
        process.wait(20)
