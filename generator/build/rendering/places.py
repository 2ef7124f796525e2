"""Where every token of a template stands: makes Jinja count characters in place of lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from jinja2.environment import Environment
from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import Lexer

MOST_TOKENS = 50_000
"""Names, values and signs in the tags of one template. Reading and compiling them takes seconds, and a large one has 2,000."""


MOST_TOGETHER = 100_000
"""The same of a template with all that it includes and imports."""


class TooManyTokens(TemplateSyntaxError):
    """A template has more in its tags than anybody wants to wait for."""


class Tokens:
    """The tokens of one template. `ends` gives the end of the token at an offset; tags are `{{ … }}` and `{% … %}`, whole.

    `count` is how many there are in tags.
    """

    __slots__ = ("comments", "count", "ends", "tag_ends", "tag_starts")

    def __init__(self) -> None:
        self.count = 0
        self.ends: dict[int, int] = {}
        self.tag_starts: list[int] = []
        self.tag_ends: list[int] = []
        self.comments: list[tuple[int, int]] = []

    def find_tag(self, offset: int) -> tuple[int, int]:
        """Find the span of the tag around an offset."""
        index = bisect_right(self.tag_starts, offset) - 1
        if 0 <= index < len(self.tag_ends):
            return self.tag_starts[index], self.tag_ends[index]
        return offset, self.ends.get(offset, offset + 1)


UNCOUNTED = ("whitespace", "data", "comment", "comment_begin", "comment_end")
"""What is no part of a tag."""


class OffsetLexer(Lexer):
    """Jinja's lexer, but the `lineno` of a token is its offset in the text, counted from 0.

    Nodes, syntax errors and the compiled code's debug information then have offsets too, with no change to any of them.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.tokens = Tokens()
        """Those of the text that is read now."""

    def tokeniter(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> Iterator[tuple[int, str, str]]:
        tokens = self.tokens = Tokens()
        end = opened = 0
        kind = ""
        try:
            for _, kind, text in super().tokeniter(source, name, filename, state):
                start = end
                while not source.startswith(text, start) and source[start : start + 1].isspace():
                    start += 1  # blanks that a `-` of the next tag has stripped belong to no token
                end = start + len(text)
                stop = start + len(text.rstrip()) if kind.endswith("_end") else end
                tokens.ends[start] = stop
                tokens.count += kind not in UNCOUNTED
                if tokens.count > MOST_TOKENS:
                    raise TooManyTokens(
                        f"the tags of this template have more than {MOST_TOKENS} names, values and signs", start
                    )
                if kind.endswith("_begin"):
                    opened = start
                if kind == "comment_end":
                    tokens.comments.append((opened, stop))
                if kind in ("variable_begin", "block_begin"):
                    tokens.tag_starts.append(start)
                elif kind in ("variable_end", "block_end"):
                    tokens.tag_ends.append(stop)
                yield start, kind, text
        except TooManyTokens:
            raise
        except TemplateSyntaxError as error:
            # The lexer's own errors have lines: of an unclosed tag we point at its start, else at what follows the last token.
            error.lineno = opened if (error.message or "").startswith("Missing end") else end
            raise
