"""Texts as words: where the environment's name stands as a word, and what of a text differs between environments. Knows no ECS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from generator.model.patterns import Pattern
from generator.model.records import Record

Values: TypeAlias = Mapping[str, str]
"""A text by environment."""

FORMS: Mapping[str, Callable[[str], str]] = {"env": str, "env | upper": str.upper, "env | capitalize": str.capitalize}
"""How a template spells the environment's name, and what that is, in the order of preference."""

CASES: Mapping[str, Callable[[str], str]] = {
    "": str,
    "lower": str.lower,
    "upper": str.upper,
    "capitalize": str.capitalize,
}
"""The filters of templates that change the case of a word, and what they do."""

MARK = Pattern(
    r"\$\{[^{}]{0,200}+\}|\{\{[^{}]{0,200}+\}\}|\{[%#][^{}]{0,200}+[%#]?\}|\$\([^()]{0,200}+\)|<[^<>\s]{1,200}+>"
    r"|\$[A-Z_a-z]\w*+|%[A-Z_]++%|__[A-Z_]++__"
)
"""A placeholder of any tool: one word, whatever stands in it."""

WORD = Pattern(r"[A-Z]++[0-9]*+(?![a-z])|[A-Z]?[a-z0-9]++|[A-Z]|[^\W_]++")

LONGEST = 4000
"""Characters of a text that is split into words; a longer one is whole."""

MOST_WORDS = 40
"""Words of a text in which a run is looked for."""

STAGES = frozenset(
    (
        "acc", "acceptance", "alpha", "beta", "ci", "demo", "dev", "devel", "develop", "development", "int", "integ", "integration",
        "live", "local", "main", "nonprod", "perf", "pre", "preprod", "preproduction", "prd", "prod", "production", "qa", "release",
        "rc", "sandbox", "sbx", "sit", "staging", "stage", "stg", "test", "testing", "tst", "uat",
    )
)  # fmt: skip
"""Words that people have for environments."""


class Part(Record):
    """A stretch of a text: the same everywhere, a form of the environment's name, or something that differs.

    `text` is set for the first, `form` for the second and `values` for the third; one that is absent somewhere is an `affix`.
    """

    text: str = ""
    form: str = ""
    values: tuple[tuple[str, str], ...] = ()
    affix: bool = False


def split_words(text: str, names: Iterable[str] = ()) -> list[str]:
    """Split a text into words, placeholders and single characters between them; `names` stay whole where they are words."""
    words: list[str] = []
    at = 0
    for mark in MARK.finditer(text):
        words += split_plain(text[at : mark.start()], names)
        words.append(mark.group())
        at = mark.end()
    return words + split_plain(text[at:], names)


def split_plain(text: str, names: Iterable[str]) -> list[str]:
    """Split a text without placeholders."""
    words: list[str] = []
    at = 0
    while at < len(text):
        name = next((name for name in names if is_word_at(text, at, name)), None)
        match = None if name else WORD.match(text, at)
        word = name or (match.group() if match else text[at])
        words.append(word)
        at += len(word)
    return words


def is_word_at(text: str, at: int, name: str) -> bool:
    """Whether a name stands at a position, and is no part of a longer word there."""
    end = at + len(name)
    if not name or not text.startswith(name, at):
        return False
    return is_boundary(text, at) and is_boundary(text, end)


def is_boundary(text: str, at: int) -> bool:
    """Whether a word can end at a position and another begin: at what is no letter or digit, or where a capital follows."""
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    return not (before.isalnum() and after.isalnum()) or (after.isupper() and not before.isupper())


def split_text(
    values: Values,
    *,
    alone: bool = False,
    whole: Mapping[str, tuple[str, ...]] | None = None,
    anchored: bool = False,
) -> tuple[Part, ...]:
    """Split a text that differs between environments into parts. With `alone`, the name of the only environment counts too.

    What is `whole` stays so: the region of an environment, say, has the environment's name in it by chance. Texts with different
    numbers of words may have one difference, and more if they are `anchored`: by the words that all have between two differences.
    """
    if max(map(len, values.values())) > LONGEST:
        return (
            Part(values=tuple(values.items())) if len(set(values.values())) > 1 else Part(next(iter(values.values()))),
        )
    kept = whole or {}
    names = {env: (*kept.get(env, ()), *dict.fromkeys(make(env) for make in FORMS.values())) for env in values}
    words = {env: split_words(text, names[env]) for env, text in values.items()}
    return join_parts(compare_lists(words, alone=alone, anchored=anchored))


def compare_lists(words: Mapping[str, list[str]], *, alone: bool, anchored: bool) -> list[Part]:
    """Compare lists of words, word by word if they are equally long."""
    if len({len(each) for each in words.values()}) == 1:
        rows = zip(*words.values(), strict=True)
        return [compare_words(dict(zip(words, row, strict=True)), alone=alone) for row in rows]
    return split_uneven(words, alone=alone, anchored=anchored)


def compare_words(row: Values, *, alone: bool = False) -> Part:
    """Compare the words at one position."""
    form = next((form for form, make in FORMS.items() if all(make(env) == word for env, word in row.items())), None)
    if form and (alone or len(set(row.values())) > 1):
        return Part(form=form)
    if len(set(row.values())) == 1:
        return Part(next(iter(row.values())))
    return Part(values=tuple(row.items()))


def split_uneven(words: Mapping[str, list[str]], *, alone: bool, anchored: bool) -> list[Part]:
    """Split texts with different numbers of words: what they end with together, what they begin with, and what is between."""
    lists = list(words.values())
    most = min(map(len, lists))
    tail = count_alike([each[::-1] for each in lists], most)
    head = count_alike(lists, most - tail)
    middle = {env: each[head : len(each) - tail] for env, each in words.items()}
    first = lists[0]
    run = find_run(list(middle.values())) if anchored else []
    if run:
        starts = {env: find_starts(each, run)[0] for env, each in middle.items()}
        before = {env: each[: starts[env]] for env, each in middle.items()}
        after = {env: each[starts[env] + len(run) :] for env, each in middle.items()}
        sides = [compare_lists(each, alone=alone, anchored=True) for each in (before, after)]
        between = [*sides[0], *map(Part, run), *sides[1]]
    else:
        texts = {env: "".join(each) for env, each in middle.items()}
        between = [Part(values=tuple(texts.items()), affix="" in texts.values())]
    return [*map(Part, first[:head]), *between, *map(Part, first[len(first) - tail :])]


def find_run(lists: list[list[str]]) -> list[str]:
    """Find the longest run of words that stands once in each list, and has a word of several letters in it; else none."""
    first = min(lists, key=len)
    if max(map(len, lists)) > MOST_WORDS:
        return []
    runs = ((size, at) for size in range(len(first), 0, -1) for at in range(len(first) - size + 1))
    for size, at in runs:
        run = first[at : at + size]
        if any(len(word) > 1 and word.isalnum() for word in run) and all(
            len(find_starts(each, run)) == 1 for each in lists
        ):
            return run
    return []


def find_starts(words: list[str], run: list[str]) -> list[int]:
    """Find where a run of words begins."""
    return [at for at in range(len(words) - len(run) + 1) if words[at : at + len(run)] == run]


def count_alike(lists: list[list[str]], most: int) -> int:
    """Count the words that lists begin with together."""
    count = 0
    while count < most and len({each[count] for each in lists}) == 1:
        count += 1
    return count


def join_parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Join what is the same everywhere; and all from the first to the last difference, where only signs are between."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last is not None and last.text and part.text:
            joined[-1] = Part(last.text + part.text)
        elif last is not None and last.values and part.values:
            joined[-1] = join_values(last, "", part)
        elif (
            part.values
            and len(joined) > 1
            and joined[-2].values
            and last is not None
            and last.text
            and not any(char.isalnum() for char in last.text)
        ):
            joined[-2:] = [join_values(joined[-2], last.text, part)]
        else:
            joined.append(part)
    return tuple(joined)


def join_values(left: Part, text: str, right: Part) -> Part:
    """Join two differences with what stands between them."""
    after = dict(right.values)
    return Part(values=tuple((env, value + text + after[env]) for env, value in left.values))


def trim_values(values: tuple[tuple[str, str], ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Take off what words begin with together: `Xmx512m` and `Xmx2g` differ in `512m` and `2g`."""
    texts = [value for _, value in values]
    most = min(map(len, texts))
    head = count_alike([list(text) for text in texts], most)
    while head and texts[0][head - 1].isdigit():
        head -= 1
    return texts[0][:head], tuple((env, value[head:]) for env, value in values)


def are_stages(values: Mapping[str, str]) -> bool:
    """Whether words stand for environments."""
    return all(stands_for(word, env) for env, word in values.items())


def stands_for(word: str, env: str) -> bool:
    """Whether a word is one for an environment: a common one, a short form of the name, or either with a number behind it."""
    plain = drop_signs(word).rstrip("0123456789")
    return plain in STAGES or plain == drop_signs(env) or (len(plain) > 2 and drop_signs(env).startswith(plain))


def drop_signs(text: str) -> str:
    """Give a text in lower case without hyphens and underscores."""
    return text.lower().replace("-", "").replace("_", "")
