"""What `init` says: the files, what is left to fill in, and what to do next; or every file that would be written."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from generator.model.findings import Location
from generator.model.new_project import Begun, Gap
from generator.model.result import Result
from generator.reports.forms import View, Written
from generator.reports.imports import show_file
from generator.reports.others import join_words

GAPS: dict[Gap, str] = {
    "account": "the account, which is an example",
    "source": "where taskdef is installed from",
    "owners": "who reviews production",
}


def write_answer(begun: Begun, _: Result, view: View) -> Written:
    """Write what was made, or would be."""
    lines = tuple(list_lines(begun))
    if not begun.dry:
        return Written(lines=lines)
    if view.form == "json":
        return Written(lines=lines, summary="nothing was written")
    return Written(text="".join(map(show_file, begun.files)), lines=lines, summary="nothing was written")


def list_lines(begun: Begun) -> Iterator[str]:
    """List the lines of the answer."""
    if not begun.dry:
        yield from (f"wrote {each.path}" for each in begun.files)
    for path, there in begun.kept:
        yield f"kept {there}" if path == there else f"kept {there}, in place of {path}"
    if begun.left_out:
        yield f"skipped {join_words(begun.left_out)}: read from the top folder of the repository only, {begun.top}"
    places: dict[Gap, list[Location]] = {}
    for gap, location in begun.gaps:
        places.setdefault(gap, []).append(location)
    for gap, found in places.items():
        yield f"fill in {GAPS[gap]}: {', '.join(f'{each.file}:{each.line}' for each in found)}"
    if not begun.dry:
        makes = any(each.path == "Makefile" for each in begun.files)
        yield f"next: {state_folder(begun.folder)}{'make' if makes else 'taskdef check'}"


def state_folder(folder: str) -> str:
    """State how to go to the folder, if it is another one."""
    return "" if folder in ("", ".") else f"cd {shlex.quote(folder)} && "
