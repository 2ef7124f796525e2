"""Secrets that show where no name tells that they are some: what one value keeps to itself, no other may say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.model.patterns import Pattern
from generator.model.secrets.masking import MASK, is_empty, mask_value

LONG, SHORT = 12, 6
"""Characters from which on a secret is hidden inside of any text, and from which on where it stands alone and can be no word."""

WORDS = Pattern(r"[^\W\d_]+(?:[-_./: ][^\W\d_]+)*|[^A-Za-z]+")
"""What a short secret may be by chance: a word like `postgres`, a few of them, or a number."""

UNRESERVED = "-._~"
"""What stands for itself in a URL beside letters and digits."""


class Veil:
    """Learns the secrets of many documents first, then masks values and texts; where programs wrote these, also what is `escaped`."""

    def __init__(self, *, escaped: bool = False) -> None:
        self._escaped = escaped
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
            lines = [line.strip() for line in text.split("\n")]
            telling = [line for line in lines if is_telling(line)]
            self._secrets.update(telling)
            if self._escaped and telling:
                self._secrets.update(*map(list_escapes, telling), list_encoded([text, *telling]))

    def mask(self, path: str, text: str) -> str:
        """Give a value, or `***` if it is a secret or says one."""
        return MASK if self.is_secret(path, text) or self.says_secret(text) else text

    def scrub(self, text: str) -> str:
        """Give a text for people with what is secret in it as `***`."""
        for each in sorted(self.list_said(text), key=len, reverse=True):  # one may be a part of another
            text = re.sub(spell_pattern(each), MASK, text)
        return text

    def says_secret(self, text: str) -> bool:
        """Whether a secret that can be nothing else stands in a text."""
        return any(is_said(each, text) for each in self._secrets)

    def list_said(self, text: str) -> list[str]:
        """List the secrets that can be nothing else, and stand in a text."""
        return [each for each in self._secrets if is_said(each, text)]


def is_telling(secret: str) -> bool:
    """Whether a text that is the same as a secret is it most likely."""
    return len(secret) >= LONG or (len(secret) >= SHORT and not WORDS.fullmatch(secret))


def is_said(secret: str, text: str) -> bool:
    """Whether a secret stands in a text, a short one alone."""
    return secret in text and (len(secret) >= LONG or re.search(spell_pattern(secret), text) is not None)


def list_escapes(secret: str) -> Iterator[str]:
    """List how a secret is spelt in URLs, in JSON and in HTML."""
    import html  # only where AWS is asked, which takes longer
    import json

    path, whole = escape_percent(secret, "/"), escape_percent(secret)
    yield from (path, whole, whole.replace("%20", "+"), html.escape(secret))
    yield from (json.dumps(secret, ensure_ascii=ascii)[1:-1] for ascii in (True, False))


def escape_percent(text: str, safe: str = "") -> str:
    """Escape a text as in a URL (RFC 3986, 2.3). This is `urllib.parse.quote`, of a package that reaches for the network."""
    plain = UNRESERVED + safe
    octets = [(octet, chr(octet)) for octet in text.encode(errors="surrogatepass")]
    return "".join(
        each if each in plain or (each.isalnum() and octet < 128) else f"%{octet:02X}" for octet, each in octets
    )


def list_encoded(secrets: Iterable[str]) -> Iterator[str]:
    """List secrets in base64. Within other bytes, as behind the name of a user, they have no such form of their own."""
    from base64 import b64encode

    yield from (b64encode(each.encode(errors="surrogatepass")).decode() for each in secrets)


def spell_pattern(secret: str) -> str:
    """Spell where a secret stands: a short one not within a word, of which the escape of a line's end is no part."""
    if len(secret) >= LONG:
        return re.escape(secret)
    before = r"(?:(?<![^\W_])|(?<=\\[nrt]))" if secret[0].isalnum() else ""
    after = r"(?![^\W_])" if secret[-1].isalnum() else ""
    return f"{before}{re.escape(secret)}{after}"
