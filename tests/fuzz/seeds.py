"""What the fuzzer begins with: the projects of the other tests, and the repository's own, as files in memory."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("template", "overlay", "settings", "json")

Files = dict[str, bytes]
"""The files of a project, by their path in it."""


class Seeds(NamedTuple):
    """Projects, those without settings in which nothing is wrong, and the texts of each kind, from which parts are taken."""

    projects: tuple[Files, ...]
    right: tuple[Files, ...]
    texts: dict[str, tuple[bytes, ...]]


def find_kind(path: str) -> str:
    """Find what kind of file a path names."""
    if path == "taskdef.toml":
        return "settings"
    if path.startswith("templates/"):
        return "template"
    return "overlay" if path.endswith((".yaml", ".yml")) else "json"


def load_seeds() -> Seeds:
    """Read all seeds, in the same order on every machine."""
    projects = [load_project(ROOT, ("templates", "environments", "rendered"))]
    right = list(projects)
    for suite in ("golden", "errors", "explain"):
        folders = sorted(path for path in (ROOT / "tests" / suite).iterdir() if (path / "templates").is_dir())
        found = [load_project(folder, ("templates", "environments", "rendered", "expected")) for folder in folders]
        projects += found
        right += [files for files in found if suite == "golden" and "taskdef.toml" not in files]
    texts: dict[str, dict[bytes, None]] = {kind: {} for kind in KINDS}
    for files in projects:
        for path, data in files.items():
            texts[find_kind(path)].setdefault(data)
    documents = sorted(ROOT.glob("tests/errors/*/*.json"))
    texts["json"] |= dict.fromkeys(path.read_bytes() for path in documents)
    return Seeds(tuple(projects), tuple(right), {kind: tuple(found) for kind, found in texts.items()})


def load_project(folder: Path, parts: tuple[str, ...]) -> Files:
    """Read the files of one project. What a golden case is expected to give are its committed artifacts."""
    files = {}
    for part in parts:
        for path in sorted((folder / part).rglob("*")):
            if path.is_file() and not path.is_symlink():
                name = path.relative_to(folder).as_posix()
                files[name.replace("expected/", "rendered/", 1)] = path.read_bytes()
    settings = folder / "taskdef.toml"
    return files | ({"taskdef.toml": settings.read_bytes()} if settings.is_file() else {})
