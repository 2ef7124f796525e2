"""Draws the terminal of the README: the commands and what they print, in colour, as an SVG. `make docs` runs it.

A test compares the picture with a fresh one, so it shows what `taskdef` prints today.
"""

from __future__ import annotations

import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "terminal.svg"
WIDTH = 100

UNSEEN = ("import 'ecs/{env}.json'",)
"""What is run before, so that there is a project."""
COMMANDS = (
    "sed -i 's/memory: 2048/memory: 1024/' environments/prod.yaml",
    "taskdef render",
    "sed -i 's/memory: 1024/memory: 4 GB/' environments/prod.yaml",
    "taskdef render",
    "taskdef diff test prod",
)

SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
text {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px }}
{styles}
</style>
<defs>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""The template of rich without its addresses of fonts: the picture loads nothing."""


def draw() -> str:
    """Run the commands in a folder of their own, and draw what they print."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "docs" / "examples" / "ecs", folder / "ecs")
        for words in UNSEEN:
            run(f"taskdef {words}", folder)
        for command in COMMANDS:
            console.print(Text(f"$ {command}", style="bold"))
            printed = run(command, folder).rstrip("\n")
            if printed:
                console.print(Text.from_ansi(printed))
    return console.export_svg(title="taskdef", theme=DIMMED_MONOKAI, code_format=SVG, unique_id="terminal")


def run(command: str, folder: Path) -> str:
    """Run a command in a shell, and give all that it prints."""
    program = f"{shlex.quote(sys.executable)} -m generator --color always"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "CI": "true"}
    script = f'taskdef() {{ {program} "$@"; }}; {command}'
    words = ["/bin/sh", "-c", f"exec 2>&1; {script}"]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)  # noqa: S603 - words of this file
    return done.stdout


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(), encoding="utf-8")
