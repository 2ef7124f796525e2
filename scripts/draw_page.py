"""Draws the page of `taskdef matrix --html` for the README, in the Chromium that is installed. `make docs` runs it.

The picture carries the SHA-256 of the page that it shows. It is drawn again only if the page has changed, and a test compares the two.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.draw_terminal import run  # noqa: E402 - it lies beside this file

PICTURE = ROOT / "docs" / "images" / "matrix.png"
SIZE = "1100,400"
"""Width and height of the window, in pixels."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"page-sha256"


def make_page() -> str:
    """Import the example of the README, and write the page of its environments."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "docs" / "examples" / "ecs", folder / "ecs")
        run("taskdef import 'ecs/{env}.json'", folder)
        run("taskdef matrix dev test prod --html page.html", folder)
        return (folder / "page.html").read_text(encoding="utf-8")


def draw(page: str) -> bytes:
    """Open a page in Chromium, and return what it shows as PNG."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise SystemExit(f"{PICTURE.name} is out of date, and drawing it needs one of {', '.join(BROWSERS)}")
    with tempfile.TemporaryDirectory() as name:
        file, picture = Path(name) / "page.html", Path(name) / "page.png"
        file.write_text(page, encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={SIZE}"]
        words = [program, *flags, f"--screenshot={picture}", file.as_uri()]
        subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - words of this file
        return picture.read_bytes()


def sign(picture: bytes, page: str) -> bytes:
    """Add to a picture, behind its header, the digest of the page that it shows."""
    header = len(SIGNATURE) + 25  # the chunk IHDR: 13 bytes, and 12 around them
    body = b"tEXt" + KEYWORD + b"\0" + digest(page)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:header] + chunk + picture[header:]


def shows(picture: bytes, page: str) -> bool:
    """Whether a picture was drawn from this page."""
    return picture.startswith(SIGNATURE) and KEYWORD + b"\0" + digest(page) in picture


def digest(page: str) -> bytes:
    return sha256(page.encode()).hexdigest().encode()


if __name__ == "__main__":
    today = make_page()
    if not PICTURE.is_file() or not shows(PICTURE.read_bytes(), today):
        PICTURE.write_bytes(sign(draw(today), today))
