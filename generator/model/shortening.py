"""How much of a user's text a message quotes: one bound for all. What is longer is named by its length and a digest, and not shown.

Messages are made before secrets are hidden in them, so a part of a long text would show a part of a secret that is looked for whole.
"""

from __future__ import annotations

from generator.model.patterns import Pattern

LONGEST_NAME = 300
"""Characters of a name in a path, or of a text that a rule quotes: more than a name or an ARN of AWS has."""

LONGEST_QUOTED = 1000
"""Characters between two backticks of a message: a path may have several names."""

LONGEST_MESSAGE = 4000
"""Characters of a message, note or help as a whole."""

QUOTED = Pattern("`([^`]+)`")


def shorten_name(text: str, longest: int = LONGEST_NAME) -> str:
    """Give a text that is to be quoted, or if it is too long what tells it from others."""
    if len(text) <= longest:
        return text
    from hashlib import sha256  # only if somebody has written such a text

    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"… {len(text)} characters, {digest[:8]} …"


def shorten_label(label: str) -> str:
    """Give a step of a path as it is spelt: `.name` or `[identity]`."""
    if len(label) <= LONGEST_NAME:
        return label
    return f".{shorten_name(label[1:])}" if label[0] == "." else f"[{shorten_name(label[1:-1])}]"


def shorten_text(text: str, longest: int = LONGEST_QUOTED) -> str:
    """Give a message with short texts between its backticks; one in which backticks do not pair has all between the outermost shortened."""
    if len(text) <= longest:
        return text
    text = QUOTED.sub(lambda match: f"`{shorten_name(match[1], longest)}`", text)
    if len(text) <= LONGEST_MESSAGE:
        return text
    first, last = text.find("`"), text.rfind("`")
    if 0 <= first < last:
        text = f"{text[: first + 1]}{shorten_name(text[first + 1 : last])}{text[last:]}"
    return shorten_name(text, LONGEST_MESSAGE)
