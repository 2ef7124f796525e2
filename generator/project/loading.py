"""The project on the disk, whole. The only reader; refuses files that are not text, too big, or outside of the project."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence

from generator.documents.parsing.settings import parse_settings
from generator.model.findings import Finding, InputError, Location, Source, describe_error, finding_at
from generator.model.nodes import Value
from generator.model.project import OVERLAY_SUFFIX, TASK_SUFFIX, Project, Settings, is_task
from generator.model.records import Record
from generator.project.links import LinkOut, Ways

TEXT_LIMIT = 1 << 20
ARTIFACT_LIMIT = 16 << 20
"""Artifacts may be bigger than their sources: output is limited before it is indented."""

DEEPEST = 100
"""Folders in folders that are gone into."""

NAME = re.compile(r"_?[A-Za-z0-9][A-Za-z0-9_.-]*")
"""The form of a task's or environment's name: a file name on any system, and never a path."""


def load_project(root: str, *, artifacts: bool = True) -> Project:
    """Read a project, with `rendered` only if requested. What is wrong with single files is among its findings.

    A file that cannot be read, or is not UTF-8, is an InputError.
    """
    settings, findings = load_settings(root)
    if findings:  # the folders may not be the ones that were meant
        return Project(settings, {}, {}, {}, findings=findings)
    found: list[Finding] = []
    templates = load_templates(root, settings.templates, found)
    overlays = load_overlays(root, settings.environments, found)
    project = Project(settings, templates, overlays, {})
    if not project.tasks or not project.environments:
        found.append(report_nothing(root, project))
    committed = load_artifacts(root, settings.rendered, found) if artifacts else {}
    return Project(settings, templates, overlays, committed, tuple(found))


def load_settings(root: str) -> tuple[Settings, tuple[Finding, ...]]:
    """Read `taskdef.toml`, or a `pyproject.toml` with `[tool.taskdef]`."""
    if not os.path.isdir(root):
        raise InputError(f"{root}: no such folder")
    own, shared = (load_optional(root, name) for name in ("taskdef.toml", "pyproject.toml"))
    if own is None and (shared is None or b"taskdef" not in shared):
        return Settings(), ()
    from generator.rules import LINT_ONLY, RULES  # only if there are settings

    return parse_settings(
        Source("taskdef.toml", decode_text("taskdef.toml", own)) if own is not None else None,
        Source("pyproject.toml", decode_text("pyproject.toml", shared)) if shared and b"taskdef" in shared else None,
        rules=tuple(RULES),
        lint_only=tuple(LINT_ONLY),
    )


def load_optional(root: str, name: str) -> bytes | None:
    file = os.path.join(root, name)
    if not os.path.lexists(file):
        return None
    check_link(root, file, name)
    return read_file(file, name, TEXT_LIMIT)


def load_templates(root: str, folder: str, found: list[Finding]) -> dict[str, Source]:
    """Read every `*.j2` below the folder of templates."""
    templates = {}
    for name, file in walk_sources(root, folder):
        path, base = f"{folder}/{name}", name.rpartition("/")[2]
        if not name.endswith(".j2"):
            if ".json" in base:  # apparently meant as a task
                message = f"`{path}` is not read: templates are called `<task>{TASK_SUFFIX}`"
                help = f"rename it to `{base.partition('.json')[0]}{TASK_SUFFIX}`"
                found.append(Finding("E127", "error", message, Location(path, 1, 1), help=help))
            continue
        task = base.removesuffix(TASK_SUFFIX)
        if is_task(name) and not NAME.fullmatch(task):
            found.append(report_name(path, "task", task))
            continue
        if not is_task(name) and not base.startswith("_"):
            message = f"`{path}` is neither a task (`<task>{TASK_SUFFIX}`) nor a partial (`_*.j2`)"
            help = (
                f"rename it to `_{base}`" if "/" in name else f"rename it to `{base.removesuffix('.j2')}{TASK_SUFFIX}`"
            )
            found.append(Finding("E127", "error", message, Location(path, 1, 1), help=help))
        templates[name] = load_source(file, path)
    return templates


def load_overlays(root: str, folder: str, found: list[Finding]) -> dict[str, Source]:
    """Read every `<env>.yaml` and `<env>/<task>.yaml`."""
    overlays = {}
    for name, file in walk_sources(root, folder):
        path = f"{folder}/{name}"
        stem, suffix = os.path.splitext(name)
        if suffix.lower() not in (".yaml", ".yml", ".json"):
            continue
        location = Location(path, 1, 1)
        if suffix != OVERLAY_SUFFIX:
            message = f"`{path}` is not read: overlays are called `*{OVERLAY_SUFFIX}`"
            help = f"rename it to `{os.path.basename(stem)}{OVERLAY_SUFFIX}`"
            found.append(Finding("E127", "error", message, location, help=help))
        elif name.count("/") > 1:
            message = f"`{path}` is too deep to be an overlay: `{folder}/<env>/<task>{OVERLAY_SUFFIX}` is the deepest"
            found.append(Finding("E127", "error", message, location, help="move it up"))
        elif wrong := [part for part in stem.split("/") if not NAME.fullmatch(part)]:
            found.append(report_name(path, "environment" if wrong[0] == stem.split("/")[0] else "task", wrong[0]))
        else:
            overlays[name] = load_source(file, path)
    return overlays


def load_artifacts(root: str, folder: str, found: list[Finding]) -> dict[str, bytes]:
    """Read every `<env>/<task>.json` that is committed, and report every other file there. Follows no link."""
    artifacts: dict[str, bytes] = {}
    for name, entry in walk_artifacts(root, folder):
        path = f"{folder}/{name}" if name else folder
        if entry is None or entry.is_symlink():
            message = f"`{path}` is a symbolic link, and nothing under `{folder}` may be one"
            found.append(Finding("E808", "error", message, help="replace it with its target, or delete it"))
        elif name.count("/") == 1 and name.endswith(".json") and entry.is_file():
            try:
                artifacts[name] = read_file(entry.path, path, ARTIFACT_LIMIT)
            except InputError:
                if os.path.lexists(entry.path):  # else another run deleted it just now
                    raise
        else:
            message = f"`{path}` is not an artifact, and nothing else belongs under `{folder}`"
            help = f"move it out of `{folder}`, or delete it"
            found.append(Finding("W805", "warning", message, Location(path, 1, 1), help=help))
    return artifacts


def load_existing(root: str, names: tuple[str, ...]) -> dict[str, bytes]:
    """Read the existing ones of some files in a folder."""
    files = ((name, os.path.join(root, name)) for name in names)
    return {name: read_file(file, file, ARTIFACT_LIMIT) for name, file in files if os.path.isfile(file)}


class Document(Record):
    """A file that was named, or found in a named folder: its bytes, or the reason for having none.

    `named` means that its own name was given, so it should be a task definition. `file` is its name on the disk,
    which may not be printable like `path`; stdin has none.
    """

    path: str
    data: bytes
    refusal: str = ""
    named: bool = True
    file: str = ""


STDIN = "<stdin>"


def load_documents(words: Sequence[str], stdin: bytes = b"") -> Iterator[Document]:
    """Read files one by one: those named, `-` for what came on stdin, every `*.json` below a folder, and what a pattern matches."""
    seen: set[str] = set()
    ways = Ways()
    for word in words:
        for found in [Document(STDIN, stdin)] if word == "-" else find_documents(word, ways):
            name = found.file or found.path
            if name not in seen:
                seen.add(name)
                yield found


def find_documents(word: str, ways: Ways) -> Iterator[Document]:
    """Find the files that a word on the command line stands for."""
    plain = read_plain(word, ways, named=True)  # as most words are
    if plain is not None:
        yield plain
    elif os.path.isdir(word):
        try:
            ways.check(word)
        except LinkOut as error:
            yield Document(show_name(word), b"", str(error))
            return
        empty = True
        for found in walk_documents(word, ways):
            empty = False
            yield found
        if empty:
            yield Document(show_name(word), b"", f"{show_name(word)}: no `*.json` below this folder")
    elif not os.path.lexists(word) and any(char in word for char in "*?["):
        import glob

        files = sorted(file for file in glob.iglob(word, recursive=True) if not os.path.isdir(file))
        for file in files:
            yield read_document(file, ways, named=False)
        if not files:
            yield Document(show_name(word), b"", f"{show_name(word)}: no file matches")
    else:
        yield read_document(word, ways, named=True)


def walk_documents(folder: str, ways: Ways, depth: int = 0) -> Iterator[Document]:
    """Read the `*.json` below a folder, sorted; skips names that begin with a dot, and links to folders."""
    try:
        refuse_depth(show_name(folder), depth)
        entries = list_folder(folder, show_name(folder))
    except InputError as error:
        yield Document(show_name(folder), b"", str(error))
        return
    for entry in entries:
        file = entry.name if folder == "." else f"{folder.rstrip('/')}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from walk_documents(file, ways, depth + 1)
        elif entry.name.endswith(".json") and not entry.is_dir():
            yield read_document(file, ways, named=False)


def read_document(file: str, ways: Ways, *, named: bool) -> Document:
    """Read one file; a failure is reported, and others go on."""
    plain = read_plain(file, ways, named=named)
    if plain is not None:
        return plain
    path = show_name(file)
    try:
        ways.check(file)
        return Document(path, read_file(file, path, ARTIFACT_LIMIT), "", named, file)
    except LinkOut as error:  # once for all files behind it
        return Document(show_name(error.link), b"", str(error), named, error.link)
    except InputError as error:
        return Document(path, b"", str(error), named, file)


HAS_NOFOLLOW = hasattr(os, "O_NOFOLLOW")
PLAIN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def read_plain(file: str, ways: Ways, *, named: bool) -> Document | None:
    """Read a regular file that is not a link, in an allowed folder. None for any other, which needs a closer look."""
    folder = file.rpartition(os.sep)[0]
    if not HAS_NOFOLLOW or (folder not in ways.folders and not ways.may_enter(folder)):
        return None
    try:
        handle = os.open(file, PLAIN)
    except (OSError, ValueError):
        return None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > ARTIFACT_LIMIT:
            return None
        data = os.read(handle, status.st_size + 1)
        return Document(show_name(file), data, "", named, file) if len(data) == status.st_size else None
    except OSError:
        return None
    finally:
        os.close(handle)


def find_installed_botocore(*, for_aws: bool) -> str:
    """Find the folder of an installed botocore; the copy in an AWS command line only without another, or first if it is `for_aws`."""
    from importlib.util import find_spec

    specs = {name: find_spec(name) for name in ("botocore", "awscli")}
    folders = {
        name: spec.submodule_search_locations[0]
        for name, spec in specs.items()
        if spec and spec.submodule_search_locations
    }
    if "awscli" in folders:
        folders["awscli"] = os.path.join(folders["awscli"], "botocore")
    elif for_aws:
        raise InputError("no AWS command line is installed beside taskdef, and `--model awscli` needs its model of ECS")
    order = ("awscli", "botocore") if for_aws else ("botocore", "awscli")
    return next(
        (
            folders[name]
            for name in order
            if name in folders and os.path.isdir(os.path.join(folders[name], "data", "ecs"))
        ),
        "",
    )


def load_installed_service(*, for_aws: bool = False) -> tuple[Value, str]:
    """Read the service model of ECS that lies in an installed botocore, and that one's version, without importing it.

    With `for_aws`, it is the one that the AWS command line beside it uses: since 1.46 a copy of its own, which is older.
    """
    import gzip
    import json

    folder = find_installed_botocore(for_aws=for_aws)
    models = os.path.join(folder, "data", "ecs")
    if not folder or not os.path.isdir(models):
        raise InputError("no botocore is installed beside taskdef, and `--model installed` needs its model of ECS")
    file = os.path.join(models, max(os.listdir(models)), "service-2.json")  # versions of the API are dates
    packed = not os.path.exists(file)
    file += ".gz" if packed else ""
    data, code = (
        read_file(file, file, ARTIFACT_LIMIT),
        read_file(os.path.join(folder, "__init__.py"), folder, TEXT_LIMIT),
    )
    version = re.search(rb"""^__version__ = ['"]([^'"]+)""", code, re.MULTILINE)
    try:
        return json.loads(gzip.decompress(data) if packed else data), version[1].decode() if version else "unknown"
    except (OSError, EOFError, ValueError):
        raise InputError(f"{file}: not a service model") from None


def list_names(root: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the environments and the tasks of a project from its folders alone, without opening any of their files."""
    settings, _ = load_settings(root)
    names = Project(
        settings,
        {name: Source(name, "") for name, _ in walk_sources(root, settings.templates)},
        {
            name: Source(name, "")
            for name, _ in walk_sources(root, settings.environments)
            if name.endswith(OVERLAY_SUFFIX)
        },
        {},
    )
    return names.environments, names.tasks


def find_shared(root: str, paths: tuple[str, ...]) -> frozenset[str]:
    """Find the files of a project that are links, or that another path also leads to."""
    real = {path: os.path.realpath(os.path.join(root, path)) for path in paths}
    targets = list(real.values())
    return frozenset(
        path for path, target in real.items() if targets.count(target) > 1 or os.path.islink(os.path.join(root, path))
    )


def leads_into(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it, once links are followed."""
    inner, outer = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath((inner, outer)) == outer


def leads_into_git(path: str) -> bool:
    """Whether a path has a part `.git`, in any case, as it is written or once links are followed."""
    parts = (*path.split(os.sep), *os.path.realpath(path).split(os.sep))
    return any(part.casefold() == ".git" for part in parts)


# Findings.


def report_nothing(root: str, project: Project) -> Finding:
    """State what is missing to have anything to render (E132)."""
    templates, environments = project.settings.templates, project.settings.environments
    missing = [folder for folder in (templates, environments) if not os.path.isdir(os.path.join(root, folder))]
    if missing:
        message = (
            f"nothing to render: there is no folder {' and no folder '.join(f'`{folder}`' for folder in missing)} here"
        )
        return finding_at(
            None,
            "E132",
            message,
            help="run in the project's folder, name it with `--project DIR`, or begin one with `taskdef init`",
        )
    file = f"{environments}/<env>{OVERLAY_SUFFIX}" if project.tasks else f"{templates}/<task>{TASK_SUFFIX}"
    message = f"nothing to render: there is no {'environment' if project.tasks else 'task'}"
    return finding_at(None, "E132", message, help=f"add `{file}`, or name another project with `--project DIR`")


def report_name(path: str, kind: str, name: str) -> Finding:
    """Report an invalid name (E127)."""
    message = f"`{name}` cannot be the name of {'an environment' if kind == 'environment' else 'a task'}"
    help = "begin it with a letter or a digit, and go on with these, `_`, `.` or `-`"
    return Finding("E127", "error", message, Location(path, 1, 1), help=help)


# Folders.


def walk_sources(root: str, folder: str) -> Iterator[tuple[str, str]]:
    """List the files in a folder of sources, sorted, with their names in it; follows links inside of the project."""
    top = os.path.join(root, folder)
    if not os.path.lexists(top):
        return
    check_link(root, top, folder)  # a link may be anywhere on the way to it
    if not os.path.isdir(top):
        raise InputError(f"{folder}: not a folder")
    yield from walk_folder(root, folder, "", (os.path.realpath(top),))


def walk_folder(root: str, folder: str, prefix: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Go through one folder; `above` are the real paths of it and those it is in."""
    refuse_depth(f"{folder}/{prefix}", len(above) - 1)
    for entry in list_folder(os.path.join(root, folder, prefix), f"{folder}/{prefix}".rstrip("/")):
        name = prefix + entry.name
        real = check_link(root, entry.path, f"{folder}/{name}") if entry.is_symlink() else None
        if entry.is_dir() and not name.endswith(
            (".j2", OVERLAY_SUFFIX)
        ):  # such a folder is a mistake: to be opened as a file
            if real and any(leads_into(upper, real) for upper in above):
                raise InputError(f"{folder}/{name}: a symbolic link to a folder it lies in")
            real = real or os.path.join(above[-1], entry.name)
            yield from walk_folder(root, folder, name + "/", (*above, real))
        else:
            yield show_name(name), entry.path


def refuse_depth(path: str, depth: int) -> None:
    """Refuse a folder that lies in too many others."""
    if depth > DEEPEST:
        raise InputError(f"{path[:DEEPEST]}…: more than {DEEPEST} folders in one another")


def check_link(root: str, file: str, path: str) -> str:
    """Give the real path of a symbolic link, which must lead to something inside of the project."""
    real = os.path.realpath(file)
    if not leads_into(real, root):
        raise InputError(f"{path}: a symbolic link that leads out of the project")
    if not os.path.exists(real):
        raise InputError(f"{path}: a symbolic link to nothing")
    return real


def walk_artifacts(root: str, folder: str) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Go through the files and links under `rendered`, sorted. None stands for a link on the way to that folder itself."""
    path = root
    for part in folder.split("/"):
        path = os.path.join(path, part)
        if os.path.islink(path):
            yield "", None
            return
    if not os.path.lexists(path):
        return
    if not os.path.isdir(path):
        raise InputError(f"{folder}: not a folder")
    pending = [""]
    while pending:
        prefix = pending.pop()
        for entry in list_folder(os.path.join(path, prefix), f"{folder}/{prefix}".rstrip("/")):
            if entry.is_dir(follow_symlinks=False):
                pending.append(f"{prefix}{entry.name}/")
            else:
                yield show_name(prefix + entry.name), entry
        pending.sort(reverse=True)


def list_folder(folder: str, path: str) -> list[os.DirEntry[str]]:
    """List a folder, sorted; skips names that begin with a dot."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{path}: {describe_error(error)}") from None


def show_name(name: str) -> str:
    """Make a file name printable: the bytes of one that is not UTF-8 are spelt out."""
    if name.isascii():
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


# Files.


def load_source(file: str, path: str) -> Source:
    """Read a text; `path` is its name in messages."""
    return Source(path, decode_text(path, read_file(file, path, TEXT_LIMIT)))


def read_file(file: str, path: str, limit: int) -> bytes:
    """Read a regular file of at most so many bytes."""
    try:
        # Not blocking: the open end of a pipe would wait for a writer.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            status = os.fstat(handle)
            if stat.S_ISFIFO(status.st_mode) and file.startswith(OURS):
                return read_pipe(handle, path, limit)
            if not stat.S_ISREG(status.st_mode):
                raise InputError(f"{path}: {'a folder' if stat.S_ISDIR(status.st_mode) else 'not a regular file'}")
            if status.st_size > limit:
                raise InputError(f"{path}: larger than {limit >> 20} MiB")
            chunks = []
            while chunk := os.read(handle, status.st_size + 1):
                chunks.append(chunk)
            return b"".join(chunks)
        finally:
            os.close(handle)
    except OSError as error:
        raise InputError(f"{path}: {describe_error(error)}") from None


OURS = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""The folder of a process's open files: a pipe there has another end, or had one."""


def read_pipe(handle: int, path: str, limit: int) -> bytes:
    """Read a pipe to its end, at most so many bytes."""
    os.set_blocking(handle, True)
    chunks, size = [], 0
    while chunk := os.read(handle, 1 << 16):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise InputError(f"{path}: larger than {limit >> 20} MiB")
    return b"".join(chunks)


def decode_text(path: str, data: bytes) -> str:
    """Decode UTF-8, without its byte order mark and with `\\n` line ends."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}: not UTF-8: byte 0x{data[error.start]:02x} in line {line}") from None
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
