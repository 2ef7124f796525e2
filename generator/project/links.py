"""Symbolic links on the way to a file that somebody named: none may lead out of the working directory. Opens nothing."""

from __future__ import annotations

import os

from generator.model.findings import InputError


def check_way(file: str, here: str = "") -> None:
    """Refuse a file if a link on the way to it leads out of a folder, the working directory unless given.

    Who names a file of another folder may do that. A link is different: a branch can bring it along, and it shows a file that nobody
    named. Links outside of the folder count only on a relative path; on an absolute one, such as `/dev/stdin`, they are the system's.
    """
    here = os.path.realpath(here or os.curdir)
    absolute = os.path.isabs(file)
    current = os.path.splitdrive(file)[0] + os.sep if absolute else here
    parts = file.split(os.sep)
    for count, part in enumerate(parts, 1):
        if part in ("", os.curdir):
            continue
        path = os.path.join(current, part)
        if part == os.pardir:
            current = os.path.dirname(current)
        elif not os.path.islink(path):
            current = path
        else:
            real = os.path.realpath(path)
            if not (absolute and not lies_in(current, here)) and not lies_in(real, here):
                link = os.sep.join(parts[:count])
                raise LinkOut(link)
            current = real


def lies_in(path: str, folder: str) -> bool:
    """Whether a real path is a folder or lies in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


class LinkOut(InputError):
    """A link leads out of the working directory; `link` is how the disk knows it."""

    def __init__(self, link: str) -> None:
        shown = link.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        super().__init__(f"{shown}: a symbolic link that leads out of the working directory")
        self.link = link
