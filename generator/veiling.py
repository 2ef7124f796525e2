"""Secrets that show where no name tells that they are some: what one value keeps to itself, no other may say."""

from __future__ import annotations

from collections.abc import Iterable

from generator.leaves import list_leaves
from generator.masking import MASK, is_empty, mask_value
from generator.model import Mapping, Scalar

LONG = 12
"""Characters from which on a secret is hidden inside of any text: a shorter one may be a word like `postgres`."""


class Veil:
    """Learns the secrets of many documents first, then masks values and texts."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self._known: dict[tuple[str, str], bool] = {}

    def is_secret(self, path: str, text: str) -> bool:
        """Whether a value is a secret by its path, or by its looks."""
        known = self._known.get((path, text))
        if known is None:
            known = self._known[path, text] = not is_empty(text) and mask_value(path, text) == MASK
        return known

    def learn(self, path: str, text: str) -> None:
        """Learn a value if it is a secret, line by line as a source has it."""
        if self.is_secret(path, text):
            lines = (line.strip() for line in text.split("\n"))
            self._secrets.update(line for line in lines if len(line) >= LONG)

    def mask(self, path: str, text: str) -> str:
        """Give a value, or `***` if it is a secret or says one."""
        return MASK if self.is_secret(path, text) or self.says_secret(text) else text

    def scrub(self, text: str) -> str:
        """Give a text for people with what is secret in it as `***`."""
        for each in self._secrets:
            text = text.replace(each, MASK)
        return text

    def says_secret(self, text: str) -> bool:
        """Whether a secret that is long enough to be nothing else stands in a text."""
        return any(each in text for each in self._secrets)

    def list_said(self, text: str) -> list[str]:
        """List the secrets that are long enough to be nothing else, and stand in a text."""
        return [each for each in self._secrets if each in text]


def make_veil(documents: Iterable[Mapping]) -> Veil:
    """Make a veil that knows the secrets of some documents."""
    veil = Veil()
    for document in documents:
        for path, node in list_leaves(document):
            if isinstance(node, Scalar):
                veil.learn(path, node.text)
    return veil
