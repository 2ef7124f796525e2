"""What stands in the place of a secret: an ARN, a path, the name of a parameter, a placeholder. All of a value, or it is none."""

from __future__ import annotations

import re

from generator.model.patterns import Pattern

# Possessive, or of classes that do not overlap: none goes back over what it matched.
PLACEHOLDER = Pattern(
    r"\{\{(?:[^{}]++|\}(?!\}))*+\}\}|\{%(?:[^%]++|%(?!\}))*+%\}"  # an expression, or a statement
    r"|\$\{\{[^{}]*+\}\}|\$\{[A-Za-z_][\w.]*+(?::?[-=+]?|:?\?[^{}]*+|[#%/^,@\[][^{}]*+|:[:/\w][\w.:/-]*+)\}"
    r"|\$[A-Z_][A-Z0-9_]*+(?![a-z])|<[^<>]++>|%[A-Z_][A-Z0-9_]*+%"
)
"""What somebody or something puts a value in place of. `${NAME:-x}` has one in it already."""
OPENING = ("{", "$", "<", "%")
"""The characters that placeholders begin with."""
SHELL = Pattern(r"\$[A-Za-z_]\w*+|\$\{[A-Za-z_]\w*+\}|%\w++%")
WORDS = Pattern(r"[<%@{\[(_*# $]*+[A-Za-z*_. -]*+[>%@}\])_*#]*+")
ARN = Pattern(r"arn:[A-Za-z][\w-]*+:[A-Za-z][\w-]*+:[\w-]*+:[\w-]*+:[\w/+=.,@*-]++(?::[\w/+=.,@*-]*+)*+", re.ASCII)
PATH = Pattern(r"/[\w./:-]*+", re.ASCII)
POINTER = Pattern(r"[\w./-]++(?::[\w./-]*+:[\w./-]*+(?::[\w./-]*+)?)?", re.ASCII)
"""A path, the name of a parameter, or the name of a secret with its key, stage and version."""
RANDOM = Pattern(r"(?=\D*\d\D*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9]{20,}", re.ASCII)
"""A text in which no word is: a key, and no name that somebody chose."""


def is_placeholder(text: str) -> bool:
    """Whether nothing but placeholders is in a text, and what joins them."""
    if not text.startswith(OPENING):
        return False
    rest, count = PLACEHOLDER.compiled.subn("", text)
    return count > 0 and not any(map(str.isalnum, rest))


def is_put_in(text: str) -> bool:
    """Whether a shell puts a value in the place of a text, or a person: as for values, and a variable in small letters too."""
    rest, count = SHELL.compiled.subn("", text) if text.startswith(("$", "%")) else (text, 0)
    return (
        is_placeholder(text)
        or text == "{{"
        or text.startswith(("$(", "@"))
        or (count > 0 and not any(map(str.isalnum, rest)))
    )


def is_stand_in(text: str) -> bool:
    """Whether a text that is a placeholder by its look can have no secret in it: nothing but words, and what is around them."""
    return is_placeholder(text) or WORDS.fullmatch(text) is not None


def fill(text: str) -> str:
    """Replace each placeholder by a letter."""
    return PLACEHOLDER.sub("x", text) if any(mark in text for mark in OPENING) else text


def is_arn(text: str) -> bool:
    """Whether a text is an ARN, with placeholders in it at most."""
    return text.startswith("arn:") and ARN.fullmatch(fill(text)) is not None


def is_path(text: str) -> bool:
    """Whether a text is a path as parameters have one."""
    return text.startswith("/") and PATH.fullmatch(fill(text)) is not None


def may_point(text: str) -> bool:
    """Whether a text may say where a secret lies: an ARN, or what may be the name of a parameter or of a secret."""
    if text.startswith("arn:"):
        return is_arn(text)
    plain = fill(text)
    return POINTER.fullmatch(plain) is not None and not (plain.isalnum() and RANDOM.fullmatch(plain))
