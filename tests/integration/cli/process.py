"""The command in a process of its own, in a folder with a small project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.support import answer_interrupts

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "generator")

FILES = {
    "templates/app.json.j2": '{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": '
    '[{"name": "app", "image": "app:{{ image }}"}]}\n',
    "environments/dev.yaml": "vars: {image: dev}\n",
    "environments/prod.yaml": "vars:\n  image: v1\n",
}

HEAVY = (
    '{"family": "a{% for i in range(9000) %}{% if i < 0 %}x{% endif %}{% endfor %}", "memory": "512", '
    '"containerDefinitions": [{"name": "app", "image": "app:v1"}]}\n'
)


class Done(NamedTuple):
    """What a process left."""

    status: int
    out: str
    err: str


class Project(NamedTuple):
    """A folder with a project, and ways to run the command in it."""

    folder: Path

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def read(self) -> dict[str, str]:
        """Everything under `rendered`, hidden files too."""
        paths = sorted(path for path in (self.folder / "rendered").rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}

    def start(self, *words: str, **options: object) -> subprocess.Popen[bytes]:
        """Start the command, with Ctrl-C answered even where the test run itself was put into the background.

        It runs whole each time, as in CI: `test_cache` looks at runs that are remembered.
        """
        given: dict[str, object] = {
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "preexec_fn": answer_interrupts,
        }
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "CI": "true"}
        given |= {"cwd": self.folder, "env": environment} | options
        return subprocess.Popen([*COMMAND, *words], **given)  # type: ignore[call-overload, no-any-return]  # as given

    def pipe(self, data: bytes, *words: str) -> Done:
        """Run the command with something on its stdin."""
        with self.start(*words, stdin=subprocess.PIPE) as process:
            out, err = process.communicate(data, timeout=60)
        return Done(process.returncode, out.decode(), err.decode())

    def run(self, *words: str, **options: object) -> Done:
        with self.start(*words, **options) as process:
            out, err = process.communicate(timeout=60)
        return Done(process.returncode, (out or b"").decode(), (err or b"").decode())


DEV = """\
{
  "family": "app-dev",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "app:dev"
    }
  ],
  "memory": "512"
}
"""

PROD = DEV.replace("app-dev", "app-prod").replace("app:dev", "app:v1")
