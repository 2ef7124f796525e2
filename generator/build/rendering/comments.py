"""Where the comments of a template are. Reads none."""

from __future__ import annotations

from jinja2.environment import Environment
from jinja2.exceptions import TemplateSyntaxError

from generator.build.rendering.places import OffsetLexer
from generator.build.rendering.reading import TemplateReader
from generator.model.findings import Place, Source


def find_comments(source: Source, reader: TemplateReader) -> tuple[Place, ...]:
    """Find the comments of a template, delimiters included, up to where it cannot be read."""
    parsed = reader.read(source)
    spans = parsed.tokens.comments if parsed.tree is not None else scan_comments(source.text)
    return tuple(Place(source, *span) for span in spans)


def scan_comments(text: str) -> list[tuple[int, int]]:
    """Find the comments of a text that is no template as a whole: the parser stops earlier than the lexer."""
    lexer = OffsetLexer(Environment())
    try:
        for _ in lexer.tokeniter(text, None):
            pass
    except TemplateSyntaxError:  # told by who renders it
        pass
    return lexer.tokens.comments
