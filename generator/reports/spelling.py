"""Characters that nobody would see, or that a terminal would obey, spelt as JSON spells them. Knows no form."""

from __future__ import annotations


def escape_json(text: str) -> str:
    """Spell out in JSON what a terminal would not show, or would obey. Only the ends of lines stay: they are never part of a value."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else spell(char) for char in text)


def spell(char: str) -> str:
    """Spell one character by its number, or where that is too big by two."""
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
