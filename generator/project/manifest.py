"""The manifest of a clean run: a digest of everything that the run read, and what it printed. The same run again prints it again.

`__main__` asks here before anything else is imported, so this module imports only what Python loads at its start anyway. A run reads the
settings and the folders of the project, or the files that are named to it. Everything else that decides what it prints is part of the
key: the words, the working directory, the environment, the terminals, Python, the libraries and this program.
"""

from __future__ import annotations

import os
import stat
import sys
from _blake2 import blake2b  # hashlib would load OpenSSL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Feed = Callable[[bytes], object]

COMMANDS = {"render": ("--exit-code",), "check": (), "lint": ()}
"""Commands that are remembered, and the options of each beside the common ones. With any other option the run is whole."""

FLAGS = ("-q", "--quiet", "-v", "--verbose", "--strict")
VALUES = ("--project", "--format", "--color", "--task", "--time-limit", "--jobs", "-j")
"""Options without a value and with one that change nothing of what is to be remembered, or all of it."""

SETTINGS = ("taskdef.toml", "pyproject.toml")
FOLDERS = ("templates", "environments", "rendered")
"""The folders of a project whose settings name no others."""

SUFFIXES = (".j2", ".json", ".yaml", ".yml")
"""Files that a run may open. Of all others it sees the names."""

LIBRARIES = ("click", "deepmerge", "jinja2", "markupsafe", "yaml")
VARIABLES = ("LANG", "LANGUAGE", "NO_COLOR", "TERM", "TZ")
PREFIXES = ("LC_", "PYTHON")
"""Environment variables that may change what is printed, by name and by the beginning of the name."""

HEAD = b"taskdef manifest 1\n"
LARGEST = 16 << 20
"""Bytes: a run refuses larger files, and a larger manifest is none."""

MOST = 200
"""Manifests that are kept. With one more, the oldest is removed."""

DIGEST = 32
"""Bytes of a digest."""

DEEPEST = 100
"""Folders in folders that are looked into."""

CLOSED = 141
"""The exit status of a run whose reader went away."""


class UnsureError(Exception):
    """Something is there that only a whole run can judge: a symbolic link, a temporary file, something that is no regular file."""


class Attempt:
    """A run that may be remembered: what it reads, as it was when the run began, and what the last clean run printed.

    `known` says that the last clean run read the same, so that this one would print the same and change nothing.
    """

    __slots__ = ("err", "files", "folder", "folders", "key", "known", "out", "path", "root", "snapshot")

    def __init__(self, folder: str, key: bytes, root: str, files: Sequence[str]) -> None:
        self.folder = folder
        self.path = os.path.join(folder, key.hex())
        self.key = key
        self.root = root
        self.files = files
        self.folders, kept, self.out, self.err = read_manifest(self.path, key)
        self.snapshot = self.take_snapshot()
        self.known = kept != b"" and kept == self.snapshot

    def take_snapshot(self) -> bytes:
        """Digest what the run reads; empty if only a whole run can judge it."""
        digest = blake2b(digest_size=DIGEST)
        try:
            for name in SETTINGS:
                feed_file(digest.update, name, os.path.join(self.root, name))
            for word in self.files:
                feed_word(digest.update, word)
            if not self.files:
                for folder in self.folders:
                    feed_part(digest.update, self.root, folder)
        except (OSError, UnsureError):
            return b""
        return digest.digest()

    def print(self) -> int | None:
        """Print what the last run printed, and return the exit status; None if nothing can be printed, so that a whole run says why."""
        streams = [(1, self.out), (2, self.err)]
        if os.isatty(1) and os.isatty(2):
            streams.reverse()  # as a whole run does it
        printed = False
        for handle, data in streams:
            try:
                write_all(handle, data)
            except OSError:
                return CLOSED if printed else None
            printed = printed or data != b""
        return 0

    def keep(self, folders: tuple[str, ...], out: bytes, err: bytes) -> None:
        """Keep what a clean run printed that changed nothing, if what it read is still the same.

        Where the project has other `folders` than was expected, only these are kept, for the next run.
        """
        if folders != self.folders:
            write_fields(self.path, self.key, (*map(os.fsencode, folders), b"", b"", b""))
        elif self.snapshot and self.take_snapshot() == self.snapshot:
            write_fields(self.path, self.key, (*map(os.fsencode, folders), self.snapshot, out, err))


def find_attempt(words: Sequence[str]) -> Attempt | None:
    """Look whether a run is one that may be remembered. In CI, where the variable `CI` is set, every run is whole."""
    if not hasattr(os, "getuid") or os.environ.get("CI") or "_TASKDEF_COMPLETE" in os.environ:
        return None
    read = read_words(words)
    if read is None:
        return None
    root, files = read
    try:
        folder = find_folder(root)
        return Attempt(folder, make_key(words), root, files) if folder else None
    except (OSError, ValueError):  # such as a working directory that is gone
        return None


def read_words(words: Sequence[str]) -> tuple[str, list[str]] | None:
    """Read the project's folder and the files to lint from the words of a run; None if the run is to be whole."""
    root, waiting = ".", ""
    flags: list[str] = []
    plain: list[str] = []
    for word in words:
        name, given, value = word.partition("=")
        if waiting or (given and name in VALUES):
            if (waiting or name) == "--project":
                root = word if waiting else value
            waiting = ""
        elif word in VALUES:
            waiting = word
        elif word.startswith("-"):
            flags.append(word)
        else:
            plain.append(word)
    if waiting or not plain or plain[0] not in COMMANDS:
        return None
    command, *files = plain
    if any(flag not in FLAGS and flag not in COMMANDS[command] for flag in flags):
        return None
    if command == "lint":
        return (root, files) if files else None
    return root, []


# The key.


def make_key(words: Sequence[str]) -> bytes:
    """Digest everything but files that decides what a run prints."""
    variables = sorted(
        f"{name}={value}" for name, value in os.environ.items() if name in VARIABLES or name.startswith(PREFIXES)
    )
    streams = ("stdout", describe_stream(1, sys.stdout), "stderr", describe_stream(2, sys.stderr))
    return make_common_key((os.getcwd(), repr(sys.path), *streams, "variables", *variables, "words", *words))


def make_common_key(parts: Iterable[str]) -> bytes:
    """Digest what decides each run: Python, this program and its libraries; and some parts."""
    digest = blake2b(digest_size=DIGEST)
    for part in (sys.version, sys.platform, repr(sys.flags), *sign_code(), "", *sign_libraries(), "", *parts):
        feed(digest.update, "", os.fsencode(part))
    return digest.digest()


def describe_stream(number: int, stream: object) -> str:
    """Describe what a stream is, as far as it changes what is written to it."""
    if stream is None or not os.isatty(number):
        return str(stream is None)
    return f"{getattr(stream, 'encoding', None)} {os.get_terminal_size(number)}"


def sign_code() -> Iterator[str]:
    """Sign this program: by the list that an installer left, else by all its files."""
    from generator import __version__

    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    record = os.path.join(os.path.dirname(package), f"taskdef-{__version__}.dist-info", "RECORD")
    try:
        yield sign(os.stat(record), record)
    except OSError:
        yield from sign_files(package)


def sign_files(folder: str) -> Iterator[str]:
    """Sign the files of a folder and of those below it."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from sign_files(entry.path)
            else:
                yield sign(entry.stat(), entry.path)


def sign_libraries() -> Iterator[str]:
    """Sign the libraries where Python would import them from."""
    for name in LIBRARIES:
        for folder in sys.path:
            for file in (f"{folder or '.'}/{name}/__init__.py", f"{folder or '.'}/{name}.py"):
                try:
                    yield sign(os.stat(file), file)
                except OSError:
                    continue


def sign(status: os.stat_result, file: str) -> str:
    """Sign a file without reading it."""
    return f"{file} {status.st_mtime_ns} {status.st_size} {status.st_ino}"


# What a run reads.


def feed(update: Feed, name: str, data: bytes) -> None:
    """Feed a digest with something that has a name, so that no two lists of such things look alike."""
    named = os.fsencode(name)
    update(b"%d %d %s" % (len(named), len(data), named))
    update(data)


def feed_file(update: Feed, name: str, path: str) -> None:
    """Feed a digest with the bytes of a regular file, or with a mark if there is no such file."""
    try:
        data = read_regular(path)
    except FileNotFoundError:
        update(b"none ")
        return
    feed(update, name, data)


def feed_word(update: Feed, word: str) -> None:
    """Feed a digest with a file or a folder that was named on the command line. No link may be on the way."""
    if os.path.realpath(word) != os.path.normpath(os.path.join(os.getcwd(), word)):
        raise UnsureError(word)
    if os.path.isdir(word):
        feed_folder(update, word)
    else:
        feed(update, word, read_regular(word))


def feed_part(update: Feed, root: str, folder: str) -> None:
    """Feed a digest with a folder of a project. No link may be on the way to it from the root."""
    path = root
    for part in folder.split("/"):
        path = os.path.join(path, part)
        try:
            mode = os.lstat(path).st_mode
        except FileNotFoundError:
            update(b"none ")
            return
        if not stat.S_ISDIR(mode):
            raise UnsureError(path)
    feed_folder(update, path)


def feed_folder(update: Feed, folder: str, depth: int = 0) -> None:
    """Feed a digest with the names in a folder and below it, and with the bytes of the files that a run may open."""
    if depth > DEEPEST:
        raise UnsureError(folder)
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        name = entry.name
        if name.startswith("."):
            if ".taskdef." in name:  # it may be a temporary file, and its age decides
                raise UnsureError(name)
        elif entry.is_dir(follow_symlinks=False):
            named = os.fsencode(name)
            update(b"folder %d %s" % (len(named), named))
            feed_folder(update, entry.path, depth + 1)
        elif not entry.is_file(follow_symlinks=False):
            raise UnsureError(name)
        else:
            feed(update, name, read_regular(entry.path) if name.endswith(SUFFIXES) else b"")
    update(b"end ")


def read_regular(path: str) -> bytes:
    """Read a regular file that is not too large, through no link."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise UnsureError(path)
        chunks = []
        while chunk := os.read(handle, status.st_size + 1):
            chunks.append(chunk)
            if len(chunks) > 2:  # it grows while it is read
                raise UnsureError(path)
        return b"".join(chunks)
    finally:
        os.close(handle)


# Where manifests are.


def find_folder(root: str) -> str:
    """Find the folder for manifests in the cache folder of the user; empty if there is none, or one that others may write to.

    It never lies in the project or in the working directory, and no home is made for it.
    """
    base, above = os.environ.get("XDG_CACHE_HOME", ""), ""
    if os.path.isabs(base):
        above = os.path.dirname(base)
    else:
        above = os.environ.get("HOME", "")
        base = os.path.join(above, ".cache")
    if not os.path.isabs(above) or not os.path.isdir(above):
        return ""
    folder = os.path.realpath(os.path.join(base, "taskdef"))
    for other in (os.path.realpath(root), os.getcwd()):
        if folder.startswith(os.path.join(other, "")):
            return ""
    try:
        return folder if is_private(os.lstat(folder)) else ""
    except FileNotFoundError:
        return folder


def is_private(status: os.stat_result) -> bool:
    """Whether a file or folder is the user's, and nobody else may write to it."""
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def read_manifest(path: str, key: bytes) -> tuple[tuple[str, ...], bytes, bytes, bytes]:
    """Read the folders of the project, the snapshot, and what was printed."""
    fields = read_fields(path, key)
    if not fields:
        return FOLDERS, b"", b"", b""
    *folders, snapshot, out, err = fields
    return tuple(map(os.fsdecode, folders)), snapshot, out, err


def read_fields(path: str, key: bytes) -> list[bytes]:
    """Read what `write_fields` wrote. A file that is damaged, or not of this key, is as one that is not there."""
    try:
        if not is_private(os.lstat(path)):
            return []
        data = read_regular(path)
    except (OSError, UnsureError):
        return []
    start = len(HEAD) + DIGEST
    if not data.startswith(HEAD) or data[len(HEAD) : start] != check(key, data[start:]):
        return []
    return split_fields(data, start)


def check(key: bytes, body: bytes) -> bytes:
    """Make the digest that shows damage."""
    return blake2b(body, key=key, digest_size=DIGEST).digest()


def split_fields(data: bytes, start: int) -> list[bytes]:
    """Split what `write_fields` joined."""
    fields = []
    while start < len(data):
        colon = data.index(b":", start)
        end = colon + 1 + int(data[start:colon])
        fields.append(data[colon + 1 : end])
        start = end
    return fields


def write_fields(path: str, key: bytes, fields: Iterable[bytes]) -> None:
    """Write a file of the cache, whole or not at all. Where that is not possible, nothing is remembered."""
    body = b"".join(b"%d:%s" % (len(field), field) for field in fields)
    temporary = f"{path}.{os.getpid()}"
    try:
        folder = os.path.dirname(path)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not is_private(os.lstat(folder)):
            return
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            write_all(handle, HEAD + check(key, body) + body)
        finally:
            os.close(handle)
        os.replace(temporary, path)
        remove_oldest(folder)
    except OSError:
        return


def write_all(handle: int, data: bytes) -> None:
    """Write everything to an open file."""
    while data:
        data = data[os.write(handle, data) :]


def remove_oldest(folder: str) -> None:
    """Remove the oldest files beyond the limit."""
    with os.scandir(folder) as entries:
        files = sorted((entry.stat().st_mtime, entry.path) for entry in entries)
    for _, file in files[:-MOST]:
        os.unlink(file)
