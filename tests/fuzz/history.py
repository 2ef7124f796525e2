"""A repository of git for many cases: commits written by `git fast-import` into a folder `.git` that is made here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from random import Random

from generator.build.pipeline import build_project
from tests.fuzz.mutations import mutate
from tests.fuzz.seeds import Files, Seeds, find_kind
from tests.support import make_project

USUAL_BRANCHES = ("main", "main", "other", "a/b", "v1", "release-2")
BRANCHES = (
    "other", "a/b", "-q", "--help", "HEAD", "v1", "é", "$(x)", ";x", "a'b", '"', "%0A", "##x", "|x|", "<b>", "`x`",
    "\u202e", "x" * 200, "refs/heads/main", "{", "dev", "prod", "web",
)  # fmt: skip
"""Names of branches that git accepts, other than it may seem."""

REVISIONS = (
    "HEAD", "HEAD~1", "HEAD~2", "HEAD^", "HEAD^2", "HEAD~9999", "HEAD^{tree}", "HEAD:templates", ":templates", "@",
    "@{1}", "@{-1}", "@{u}",
    "HEAD^0", "v9", "", " ", "-", "--", "--all", "--output=x", "x\x1b[31m", "\u202e", "\x00", "a b", "*", "HEAD@{yesterday}",
    "0" * 40, "f" * 7,
    "^HEAD", "main^!", "^", "~", ":", "/", "..", "dev", "x" * 5000, "\udcff",
)  # fmt: skip
"""What may stand on either side of a range: revisions, what git takes for something else, and nothing at all."""

PATHS = (
    "environments/\x1b[31m.yaml", "environments/.yaml", "environments/dev.yaml/x",
    "environments/a b.yaml", "templates/é.json.j2",
    "templates/-x.json.j2", 'templates/".json.j2', "templates/a\nb.json.j2", "templates/x/y/web.json.j2", "environments/-q.yaml",
    "environments/::error::.yaml", "environments/\u202e.yaml", "environments/DEV.yaml", "templates/WEB.json.j2",
    "HEAD", "refs/x", "objects/x",
    "environments/" + "x" * 240 + ".yaml", ".gitattributes", ".gitmodules", "pyproject.toml",
)  # fmt: skip

LINKS = (
    "dev.yaml",
    "../environments/dev.yaml",
    "../../../../etc/hostname",
    "/etc/hostname",
    "loop.yaml",
    "",
    "x" * 5000,
    "\x1b[31m",
)

Commit = tuple[str, Files]
"""A branch, and all files of a commit on it. A file that begins with `LINK` is a symbolic link."""
LINK = b"\x00link\x00"


VALUE = re.compile(rb"(?<=[:=\"]) ?\b([A-Za-z0-9][A-Za-z0-9-]*)(?=[\"\s,}]|$)", re.MULTILINE)
"""What stands for a value in templates and overlays: a word or a number that something else may be written for."""

ODD_SHARE = 0.12
"""One commit in so many is wrong in whichever way; all others build."""


def draw_past(seeds: Seeds, chance: Random) -> tuple[Files, tuple[Commit, ...]]:
    """Draw a project, and the commits that led to it: what differs are mostly values, and most commits build."""
    now = {name: data for name, data in chance.choice(seeds.right).items() if find_kind(name) != "json"}
    commits: list[Commit] = []
    for _ in range(chance.choice((2, 3, 4, 5))):
        commits.append((draw_branch(chance), dict(now)))
        if chance.random() < ODD_SHARE:
            odd = change_anyhow(now, seeds, chance)
            commits.append((draw_branch(chance), odd))
        now = change_mildly(now, chance)
    files = change_anyhow(now, seeds, chance) if chance.random() < ODD_SHARE / 2 else change_mildly(now, chance)
    files = {name: data for name, data in files.items() if not data.startswith(LINK) and find_kind(name) != "json"}
    return files, (*commits, ("main", now))


def draw_branch(chance: Random) -> str:
    return chance.choice(USUAL_BRANCHES if chance.random() < 0.9 else BRANCHES)


def change_mildly(files: Files, chance: Random) -> Files:
    """Change a few values, add an environment like another one, remove one, or nothing; what would not build is not changed."""
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        changed = dict(files)
        overlays = sorted(name for name in files if name.startswith("environments/"))
        name = chance.choice(sorted(files))
        way = chance.randrange(10)
        if way == 0:
            changed[f"environments/new{chance.randrange(3)}.yaml"] = files[chance.choice(overlays)]
        elif way == 1:
            changed.pop(chance.choice(overlays), None)
        else:
            changed[name] = change_word(changed[name], chance)
        files = changed if builds(changed) else files
    return files


def builds(files: Files) -> bool:
    """Whether a project of templates and overlays without settings builds."""
    parts: list[dict[str, str]] = [
        {name.removeprefix(folder): data.decode() for name, data in files.items() if name.startswith(folder)}
        for folder in ("templates/", "environments/")
    ]
    built = build_project(make_project(*parts))
    return bool(built.artifacts) and not any(found.severity == "error" for found in built.findings)


def change_word(data: bytes, chance: Random) -> bytes:
    """Write another value for one in a file."""
    found = [match.span(1) for match in VALUE.finditer(data)]
    if not found:
        return data
    start, end = chance.choice(found)
    word = data[start:end]
    new = str(int(word) * 2).encode() if word.isdigit() and len(word) < 9 else word + b"x"
    return data[:start] + new + data[end:]


def change_anyhow(files: Files, seeds: Seeds, chance: Random) -> Files:
    """Change one file so that anything may be wrong with it."""
    now = dict(files)
    name = chance.choice([*sorted(now), "taskdef.toml", *PATHS])
    way = chance.randrange(6)
    if way == 0:
        now.pop(name, None)
    elif way == 1:
        now[name] = LINK + chance.choice(LINKS).encode()
    elif way == 2:
        now[chance.choice(PATHS)] = chance.choice(chance.choice([*seeds.texts.values()]))
    else:
        now[name] = mutate(now.get(name, b""), find_kind(name), seeds, chance)
    return now


def draw_range(history: tuple[Commit, ...], chance: Random) -> str:
    """Draw a word that is a range, or nearly."""
    usual = ["HEAD", "HEAD~1", *(branch for branch, _ in history if branch in USUAL_BRANCHES)]
    odd = [*REVISIONS, *(branch for branch, _ in history)]
    left, right = (chance.choice(usual if chance.random() < 0.95 else odd) for _ in range(2))
    return chance.choice(
        (f"{left}..", f"{left}..", f"{left}...", f"{left}..{right}", f"{left}...{right}", f"..{right}", "HEAD~1..")
    )


def write_history(folder: Path, history: tuple[Commit, ...]) -> bool:
    """Write a repository with commits; False where git refuses one of them, and those before it stay."""
    for name in ("objects", "refs/heads"):
        (folder / ".git" / name).mkdir(parents=True)
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / ".git" / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = false\n")
    done = subprocess.run(
        ["git", "-C", str(folder), "fast-import", "--quiet", "--force"],
        input=spell_history(history),
        capture_output=True,
        check=False,
    )
    for crash in (folder / ".git").glob("fast_import_crash_*"):
        crash.unlink()  # it has the number of a process in its name
    return done.returncode == 0


def spell_history(history: tuple[Commit, ...]) -> bytes:
    """Spell commits as `git fast-import` reads them (https://git-scm.com/docs/git-fast-import)."""
    lines: list[bytes] = []
    for number, (branch, files) in enumerate(history, 1):
        head = f"commit refs/heads/{branch}\nmark :{number}\ncommitter a <a@b> 1700000000 +0000\ndata 0\n"
        lines.append((head + (f"from :{number - 1}\n" if number > 1 else "") + "deleteall\n").encode())
        for path, data in files.items():
            mode, content = ("120000", data.removeprefix(LINK)) if data.startswith(LINK) else ("100644", data)
            lines += [
                f"M {mode} inline {quote(path)}\ndata {len(content)}\n".encode("utf-8", "surrogateescape"),
                content,
                b"\n",
            ]
    return b"".join(lines)


def quote(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
