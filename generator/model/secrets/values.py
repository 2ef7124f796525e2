"""Which values are secrets or say one: by a name on their path, by their look, or by what stands in them."""

from __future__ import annotations

from generator.model.secrets.credentials import find_credential
from generator.model.secrets.names import MASK, is_empty, is_secret_path
from generator.model.secrets.phrases import find_said


def is_secret_value(path: str, text: str) -> bool:
    """Whether a value is a secret by its look, by a name on the path of its field, as findings spell that, or by a part of it."""
    if is_empty(text):
        return False
    return find_credential(text) is not None or is_secret_path(path, text) or bool(find_said(text))


def mask_value(path: str, text: str) -> str:
    """Give a text that stands at a path, or `***` if the path or its look makes it secret."""
    return MASK if is_secret_value(path, text) else text
