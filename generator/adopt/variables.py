"""Which variables there are: what differs and recurs. Chance is none: numbers, flags and levels must recur at spots of one kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TypeAlias

from generator.adopt.expressions import (
    UNITS,
    Frame,
    Piece,
    Variable,
    Vocabulary,
    find_secret_names,
    frame_value,
    is_for_environments,
    place_family,
)
from generator.adopt.naming import choose_name, make_name
from generator.adopt.spots import LEVELS, Spot
from generator.adopt.words import STAGES, are_stages, split_text, trim_values
from generator.documents.parsing.overlay import EXPRESSION
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.model.records import Record

Texts: TypeAlias = tuple[tuple[str, str], ...]
"""A text by environment, as a key."""

NUMBER = Pattern(r"[-+]?[0-9][0-9.]*")
FLAGS = frozenset(("true", "false", "yes", "no", "on", "off", "enabled", "disabled", "enable", "disable", "none"))
ROLE_NAMES = {"taskRoleArn": "task_role", "executionRoleArn": "execution_role"}


class Use(Record):
    """A spot with a text, and the piece of its value. `whole` if the text is all of the piece, `affix` if it is absent somewhere.

    `secret` if it is the name of a secret.
    """

    spot: Spot
    piece: Piece
    whole: bool
    affix: bool = False
    first: bool = False
    secret: bool = False


class Chooser:
    """Chooses the variables of several tasks. `sites` are the spots with a scalar, each with what stands there."""

    def __init__(self, vocabulary: Vocabulary, sites: Sequence[tuple[Spot, dict[str, Value]]]) -> None:
        self.vocabulary = vocabulary
        self.taken: set[str] = set()
        self.pieces = list(list_pieces(vocabulary, sites))
        self.sites = sites

    def choose(self) -> None:
        """Choose variables for words and whole values that recur, then for what can be expressed in no other way."""
        self.name_images()
        for spot, piece in self.pieces:
            if spot.identity and not is_for_environments(self.vocabulary.split(piece.values)):
                self.choose_needed(spot, piece)
        uses = self.gather_uses()
        for texts, found in uses.items():
            if found[0].piece.role != "tag":
                self.choose_words(texts, found)
        for texts, found in uses.items():
            self.choose_whole(texts, [use for use in found if use.whole])
        for spot, piece in self.pieces:
            braces = piece.role == "text" and any(EXPRESSION.search(text) for text in piece.values.values())
            if spot.identity or piece.role in ("name", "repository") or braces:
                self.choose_needed(spot, piece)

    def gather_uses(self) -> dict[Texts, list[Use]]:
        """Gather where each text that differs is seen: whole values, words, and words without their common beginning."""
        uses: dict[Texts, list[Use]] = {}
        trimmed: list[tuple[Texts, Use]] = []
        for spot, piece in self.pieces:
            whole = tuple(piece.values.items())
            uses.setdefault(whole, []).append(Use(spot, piece, whole=True, secret=piece.role == "secret"))
            if place_family(self.vocabulary, piece, spot) is not None:
                continue
            parts = self.vocabulary.split(piece.values, anchored=not spot.identity)
            if piece.role in UNITS and not (piece.role == "secret" and is_for_environments(parts)):
                continue
            secret = tuple(find_secret_names(piece.values).items())
            for at, part in enumerate(parts):
                if not part.values or part.values == whole:
                    continue
                use = Use(spot, piece, whole=False, affix=part.affix, first=at == 0, secret=part.values == secret)
                uses.setdefault(part.values, []).append(use)
                if not (part.affix or use.secret):
                    trimmed.append((trim_values(part.values)[1], use))
        for texts, use in trimmed:
            if texts in uses and use not in uses[texts]:
                uses[texts].append(use)
        return uses

    def choose_words(self, texts: Texts, uses: list[Use]) -> None:
        """Make a variable of a word that is seen in different texts, or of one that is not there everywhere."""
        for group in group_uses(texts, uses):
            different = {tuple(use.piece.values.items()) for use in group}
            bound = any(use.affix and use.spot.identity for use in group)
            if (len(group) > 1 and len(different) > 1) or bound:
                self.add(texts, group)

    def choose_whole(self, texts: Texts, uses: list[Use]) -> None:
        """Make a variable of a whole value that recurs and cannot be put together from words."""
        for group in group_uses(texts, uses):
            open_uses = [use for use in group if self.vocabulary.express_piece(use.piece, use.spot) is None]
            if len(open_uses) > 1 and not self.are_sizes(open_uses):
                self.add(texts, group)

    def are_sizes(self, uses: Sequence[Use]) -> bool:
        """Whether a value is one member of every task, like `cpu`: then one patch sets it in all tasks of an environment."""
        tasks = {task for task, scope in self.vocabulary.scopes.items() if len(scope) > 1}
        members = {use.spot.path for use in uses if use.piece.role == "text" and not use.spot.identity}
        one = len(members) == 1 and len(uses[0].spot.path) == 1
        return one and len(uses) == len(tasks) and tasks == {use.spot.task for use in uses}

    def choose_needed(self, spot: Spot, piece: Piece) -> None:
        """Make a variable of what no patch can give, what a helper should get, and what looks like Jinja in a patch."""
        if self.vocabulary.express_piece(piece, spot) is None:
            self.add(tuple(piece.values.items()), [Use(spot, piece, whole=True)])

    def name_images(self) -> None:
        """Make a variable of every tag and digest that differs: what a release changes."""
        groups: dict[Texts, list[Use]] = {}
        for spot, piece in self.pieces:
            if spot.path[-1] == "image" and piece.role in ("tag", "digest"):
                groups.setdefault(tuple(piece.values.items()), []).append(Use(spot, piece, whole=True))
        for texts, uses in groups.items():
            self.add(texts, uses)

    def add(self, texts: Texts, uses: Sequence[Use]) -> None:
        """Add a variable, unless there is one that gives the same wherever this would."""
        if all(self.vocabulary.find(texts, use.spot) for use in uses):
            return
        name = choose_name(propose_names(texts, uses), self.taken)
        self.taken.add(name)
        weak = is_weak(texts)
        kinds = frozenset(use.spot.kind for use in uses) if weak and uses[0].piece.role == "text" else frozenset()
        spots = list(dict.fromkeys("/".join(use.spot.path) for use in uses))
        self.vocabulary.add(Variable(name, dict(texts), kinds, why=", ".join(spots[:3]) + (", …" if spots[3:] else "")))


def list_pieces(vocabulary: Vocabulary, sites: Iterable[tuple[Spot, dict[str, Value]]]) -> Iterator[tuple[Spot, Piece]]:
    """List the pieces of values that differ, at spots that every environment of the task has."""
    for spot, side in sites:
        if len(side) < 2 or len(side) != len(vocabulary.scopes[spot.task]):
            continue
        frame: Frame = frame_value(vocabulary, spot, side)
        for piece in frame.pieces.values():
            if len(set(piece.values.values())) > 1:
                yield spot, piece


def group_uses(texts: Texts, uses: Sequence[Use]) -> list[list[Use]]:
    """Group uses that are of one variable: all, but those of numbers and the like only if their spots are of one kind."""
    if not is_weak(texts):
        return [list(uses)] if uses else []
    groups: dict[str, list[Use]] = {}
    for use in uses:
        groups.setdefault(use.spot.kind, []).append(use)
    return list(groups.values())


def is_weak(texts: Texts) -> bool:
    """Whether texts are the same by chance easily: numbers, flags, levels, and words up to two letters."""
    return all(
        len(text) <= 2 or NUMBER.fullmatch(text) or text.lower() in FLAGS or text.lower() in LEVELS for _, text in texts
    )


def propose_names(texts: Texts, uses: Sequence[Use]) -> Iterator[str]:
    """Propose names for a variable, the best first."""
    use = uses[0]
    given = [each for each in uses if each.whole and "environment" in each.spot.path and each.piece.role == "text"]
    yield from (make_short_name(each.spot.name) for each in given)
    container = make_name(use.spot.container) if use.spot.container else make_name(use.spot.task)
    best = next(propose_kinds(texts, uses))
    yield best
    if best == "environment":
        yield "stage"
    yield f"{container}_{best}"
    yield f"{make_name(use.spot.task)}_{best}"
    yield from (f"{container}_{name}" for name in propose_kinds(texts, uses))


def propose_kinds(texts: Texts, uses: Sequence[Use]) -> Iterator[str]:
    """Propose names by what a value is for."""
    use = uses[0]
    role, last = use.piece.role, use.spot.path[-1]
    if role == "tag":
        yield "image_tag"
    elif role == "digest":
        yield "image_digest"
    elif role == "repository" and use.whole:
        yield "repository"
    elif use.secret:
        yield f"{name_secret(dict(texts), uses).removesuffix('_secret')}_secret"
    elif use.affix:
        yield "prefix" if use.first else "suffix"
    elif are_stages(dict(texts)):
        yield "environment"
    elif use.whole and last in ROLE_NAMES:
        yield ROLE_NAMES[last]
    elif use.whole and use.spot.identity:
        yield last if last == "family" else f"{make_name(use.spot.container or 'volume')}_name"
    yield make_short_name(find_beginning(uses) or use.spot.name or last)


def find_beginning(uses: Sequence[Use]) -> str:
    """Find the words with which the names begin of all that have a part of their values in common; empty for whole values."""
    names = dict.fromkeys(use.spot.name for use in uses if not use.whole)
    if len(names) < 2 or any(use.whole for use in uses):
        return ""
    words = zip(*(name.split("_") for name in names), strict=False)
    return "_".join(each[0] for each in takewhile(lambda each: len(set(each)) == 1, words)).strip("_")


def make_short_name(text: str) -> str:
    """Make the name of a variable of the last part of a name like `Mail__Smtp__Host`, or of the last two where that is one word."""
    parts = [part for part in text.split("__") if part]
    last = make_name(parts[-1] if parts else text)
    return last if len(parts) < 2 or "_" in last else make_name("_".join(parts[-2:]))


def name_secret(values: Mapping[str, str], uses: Sequence[Use]) -> str:
    """Name a secret by the last word that its names have in common, else by the variables that are in it, else by the container."""
    texts = [part.text for part in split_text(values) if part.text]
    words = [word for text in texts for word in text.replace("-", "/").split("/") if any(map(str.isalpha, word))]
    telling = [word for word in words if len(word) > 1 and word.lower() not in ("secret", "secrets", *STAGES)]
    if telling:
        return make_name(telling[-1])
    names = zip(*(use.spot.name.split("_") for use in uses), strict=False)
    shared = [words[0] for words in takewhile(lambda words: len(set(words)) == 1, names)]
    return make_name("_".join(shared) or uses[0].spot.container)
