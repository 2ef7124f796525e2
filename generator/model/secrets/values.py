"""Which values are secrets or say one: by a name on their path, by their look, or by what stands in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from generator.model.secrets.credentials import find_credential
from generator.model.secrets.names import MASK, is_empty, is_secret_name, is_secret_path, may_name_secret
from generator.model.secrets.scanning import find_inside

LONGEST_KEPT = 200
"""A value of up to so many characters is judged only once."""


def is_secret_value(path: str, text: str) -> bool:
    """Whether a value is a secret by its look, by a name on the path of its field, as findings spell that, or by a part of it."""
    return is_secret_text(text) or (not is_empty(text) and is_secret_path(path, text))


def is_secret_text(text: str) -> bool:
    """Whether a value is a secret by its look or by a part of it, wherever it stands."""
    return says_known_secret(text) if len(text) <= LONGEST_KEPT else says_secret(text)


@lru_cache(maxsize=1 << 14)  # environments have most values in common, and each is asked about for every finding
def says_known_secret(text: str) -> bool:
    return says_secret(text)


def says_secret(text: str) -> bool:
    return not is_empty(text) and (find_credential(text) is not None or bool(find_inside(text)))


def mask_value(path: str, text: str) -> str:
    """Give a text that stands at a path, or `***` if the path or its look makes it secret."""
    return MASK if is_secret_value(path, text) else text


def list_said(text: str) -> Iterator[str]:
    """List what a text says that is secret, also up to where a shell would end it, and what JSON in it comes to."""
    if text.lstrip()[:1] in ("{", "[") and may_name_secret(text):
        yield from list_values(read_json(text))
    for start, end in find_inside(text):
        said = text[start:end]
        yield said
        yield re.split(r"[;&|,)}\]]", said, maxsplit=1)[0]


def read_json(text: str) -> object:
    """Read JSON; None if it is none, or deeper than anybody reads."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def list_values(value: object, name: str = "") -> Iterator[str]:
    """List the texts in a value under secret-looking names, beside such a name, and those that its texts say."""
    if isinstance(value, dict):
        named = [each for each in value.values() if isinstance(each, str) and is_secret_name(each)]
        beside = named[0] if named and len(value) == PAIR else ""
        for key, child in value.items():
            if child != beside:
                yield from list_values(child, name or beside or (key if is_secret_name(key) else ""))
    elif isinstance(value, list):
        for child in value:
            yield from list_values(child, name)
    elif isinstance(value, str):
        yield from (value,) if name else list_said(value)


PAIR = 2
"""Members of an object that is a name and a value."""
