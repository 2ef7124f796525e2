"""The files that an import reads: named one by one, or by a pattern in which `{env}` and `{task}` stand for names."""

from __future__ import annotations

import glob
import os
import re

from generator.model.findings import InputError, WrongUsage
from generator.model.records import Record
from generator.project.loading import NAME, TEXT_LIMIT, decode_text, read_file

MARK = b"\xef\xbb\xbf"
PLACES = ("{env}", "{task}")

SHOWN, SHOWN_LIMIT = b'"format_version"', 64 << 20
"""The output of `terraform show -json` begins with this. It may be large: only the ways to task definitions are parsed."""


class InputFile(Record):
    """A file to import: the environment, the task if its name says it, and its text. `part` names a task definition in the file.

    A `revision` is not a file: `path` is its name.
    """

    environment: str
    task: str
    path: str
    text: str
    mark: bool
    part: str = ""
    revision: bool = False


def split_part(path: str) -> tuple[str, str]:
    """Split `FILE#PART`, unless there is a file of that whole name."""
    file, hash, part = path.partition("#")
    return (file, part) if hash and file and not os.path.lexists(path) else (path, "")


def check_names(environment: str, task: str) -> None:
    """Refuse a name that no file of the project may have."""
    for what, name in (("an environment", environment), ("a task", task)):
        if name and (not NAME.fullmatch(name) or name.startswith("_")):
            raise WrongUsage(
                f"`{name}` cannot be the name of {what}: it is letters, digits, `_`, `.` and `-`, and begins with a letter or digit"
            )


def load_input(environment: str, task: str, path: str) -> InputFile:
    """Read one file. Raises InputError if it cannot be read, and WrongUsage for a name that no file of the project may have."""
    check_names(environment, task)
    path, part = split_part(path)
    data = read_file(path, path, SHOWN_LIMIT)
    if len(data) > TEXT_LIMIT and SHOWN not in data[:1000]:
        raise InputError(f"{path}: larger than {TEXT_LIMIT >> 20} MiB")
    return InputFile(environment, task, path, decode_text(path, data), data.startswith(MARK), part)


def find_inputs(pattern: str) -> list[tuple[str, str, str]]:
    """Find the files that a pattern stands for: environment, task and path of each, sorted. The part after a `#` is kept."""
    if "{env}" not in pattern:
        raise WrongUsage(f"`{pattern}` does not say where the environment's name stands: write `{{env}}` there")
    pattern, hash, fragment = pattern.partition("#")
    wild, expression = "", ""
    seen: set[str] = set()
    for part in re.split(r"(\{env\}|\{task\})", pattern):
        if part in PLACES:
            name = part[1:-1]
            expression += f"(?P={name})" if name in seen else f"(?P<{name}>[^/]+?)"
            seen.add(name)
            wild += "*"
        else:
            wild += glob.escape(part)
            expression += re.escape(part)
    found = []
    for path in sorted(glob.iglob(wild)):
        match = re.fullmatch(expression, path)
        if match is not None and not os.path.isdir(path):
            found.append((match["env"], match["task"] if "task" in seen else "", path + hash + fragment))
    if not found:
        raise InputError(f"{pattern}: no file matches")
    return found


def find_there(root: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Find those of some paths below a folder where something is."""
    return tuple(path for path in paths if os.path.lexists(os.path.join(root, path)))
