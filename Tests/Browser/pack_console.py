"""Compresses the console's scripts and style sheet, as a built server puts them together.

    .venv/bin/python Tests/Browser/pack_console.py [BINARY]

It needs Debian's package brotli. Build again afterwards: the files are embedded in the program.
"""

import gzip
import pathlib
import re
import subprocess
import sys
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKED = ROOT / "Sources/Console/Packed"
IMMUTABLE = re.compile(r"(?:href|src)=\"((\w+)\.([0-9a-f]+)\.(\w+))\"")


def fetched(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


def pack(name, content):
    (PACKED / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    small = subprocess.run(["brotli", "--quality=11", "--stdout", "-"], input=content, capture_output=True, check=True)
    (PACKED / f"{name}.br").write_bytes(small.stdout)


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/debug/icc-registry"
    command = [binary, "serve", "--demo", "--listen", "127.0.0.1:0", "--log-level", "off"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            while not (address := re.search(r"http\S+/console/", demo.stdout.readline())):
                pass
            pages = "".join(fetched(address[0] + page).decode() for page in ("", "link.html"))
            found = {f"{stem}.{ending}": (path, hash) for path, stem, hash, ending in IMMUTABLE.findall(pages)}
            for name, (path, _) in found.items():
                pack(name, fetched(address[0] + path))
        finally:
            demo.terminate()
    lines = [f"{name} {hash}\n" for name, (_, hash) in sorted(found.items())]
    (PACKED / "hashes.txt").write_text("".join(lines))


if __name__ == "__main__":
    main()
