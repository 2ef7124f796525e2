"""Which templates are at work, and how far they have come, from Python's own stack: no hook tells it while an expression runs."""

from __future__ import annotations

import re
from inspect import currentframe
from types import FrameType, TracebackType
from typing import NamedTuple

from jinja2.environment import Template
from jinja2.runtime import Context
from jinja2.utils import missing


class TemplateFrame(NamedTuple):
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
            offset = template.get_corresponding_lineno(frame.f_lineno)
            frames.append(TemplateFrame(template, offset, () if frames else find_names(frame)))
        frame = frame.f_back
    return frames


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
            found = (template.name or "", template.get_corresponding_lineno(traceback.tb_lineno))
        traceback = traceback.tb_next
    return found
