"""Which templates are at work, and how far they have come, from Python's own stack: no hook tells it while an expression runs."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from inspect import currentframe
from types import FrameType, TracebackType

from jinja2.environment import Template
from jinja2.runtime import Context
from jinja2.utils import missing

from generator.model.records import Record


class TemplateFrame(Record):
    """A template at work: the offset it has come to, and the names it sees."""

    template: Template
    offset: int
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.template.name or ""


def find_frames() -> list[TemplateFrame]:
    """Find the templates at work, innermost first. Only the innermost is told the names it sees."""
    frames: list[TemplateFrame] = []
    frame = currentframe()
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            offset = find_offset(template, frame.f_lineno)
            frames.append(TemplateFrame(template, offset, () if frames else find_names(frame)))
        frame = frame.f_back
    return frames


def find_offset(template: Template, line: int) -> int:
    """Find the offset in a template that a line of its compiled code is of. Jinja's own way reads the whole list each time."""
    lines, offsets = read_lines(template)
    at = bisect_right(lines, line)
    return offsets[at - 1] if at else 1


@lru_cache(maxsize=16)  # each name that is missing asks for the same template
def read_lines(template: Template) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Read which lines of its compiled code begin something, in order, and where in the template that is."""
    info = template.debug_info
    return tuple(line for _, line in info), tuple(offset for offset, _ in info)


def find_names(frame: FrameType) -> tuple[str, ...]:
    """Find the names that a template sees at this moment: in its context, and set by it."""
    found = {}
    for name, value in frame.f_locals.items():
        if re.match(r"l_\d+_", name) and value is not missing:  # Jinja's names for its variables: l_LEVEL_NAME
            found[name.split("_", 2)[2]] = True
    context = frame.f_locals.get("context")
    if isinstance(context, Context):
        found.update(dict.fromkeys(context.get_all(), True))
    return tuple(name for name in found if not name.startswith("_"))


def count_templates(name: str) -> tuple[int, int]:
    """Count the templates that are being rendered within each other: all, and those of a name."""
    names = []
    frame = currentframe()
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template) and frame.f_code.co_name == "root":
            names.append(template.name)
        frame = frame.f_back
    return len(names), names.count(name)


def find_failure(traceback: TracebackType | None) -> tuple[str, int] | None:
    """Find the name of the innermost template that an exception came through, and the offset there."""
    found = None
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            found = (template.name or "", find_offset(template, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found
