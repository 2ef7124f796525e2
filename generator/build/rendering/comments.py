"""Where the comments of a template are. Reads none."""

from __future__ import annotations

from jinja2.environment import Environment
from jinja2.exceptions import TemplateSyntaxError

from generator.build.rendering.places import OffsetLexer
from generator.model.findings import Place, Source


def find_comments(source: Source) -> tuple[Place, ...]:
    """Find the comments of a template, delimiters included, up to where it cannot be read."""
    places = []
    start = 0
    try:
        for offset, kind, text in OffsetLexer(Environment()).tokeniter(source.text, source.path):
            if kind == "comment_begin":
                start = offset
            elif kind == "comment_end":
                places.append(Place(source, start, offset + len(text.rstrip())))
    except TemplateSyntaxError:  # told by who renders it
        pass
    return tuple(places)
