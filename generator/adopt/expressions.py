"""A value that differs between environments as one text of a template: helpers, the environment's name, variables. Chooses no variable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from generator.adopt.homes import Call, Where, find_call
from generator.adopt.images import parse_image
from generator.adopt.spots import Spot, spell
from generator.adopt.words import CASES, Part, Values, are_stages, is_boundary, split_text, trim_values
from generator.model.nodes import Value
from generator.model.records import Record

Role: TypeAlias = Literal["text", "name", "secret", "registry", "repository", "tag", "digest"]
"""What a piece of a value is: it decides which of it may be taken apart."""

UNITS = ("secret", "tag", "digest")
"""Pieces that are one unit: no variable is a part of one, but that of a word for the environment in the name of a secret."""


class Slot(Record):
    """An expression of a template, and the variable that it needs, if any."""

    code: str
    variable: str = ""


Parts: TypeAlias = tuple["str | Slot", ...]


class Expression(Record):
    """A value in a template: text and expressions. Its `kind` says whether it stands in double quotes."""

    parts: Parts
    kind: Literal["text", "bare"] = "text"


class Variable(Record):
    """A variable: its value in each environment. With `kinds`, only spots of these have it."""

    name: str
    values: dict[str, str]
    kinds: frozenset[str] = frozenset()
    why: str = ""


class Piece(Record):
    """A piece of a value, by environment."""

    role: Role
    values: dict[str, str]


class Frame(Record):
    """How a value is put together everywhere: by a helper, as an image, or as it is."""

    helper: str
    pieces: dict[str, Piece]


class Vocabulary:
    """What templates may say: names of environments, accounts and regions, and the variables that there are.

    `scopes` are the environments of each task. `whole` are tasks and environments whose lists of containers are not factored.
    """

    def __init__(
        self,
        homes: Mapping[str, Where],
        scopes: Mapping[str, tuple[str, ...]],
        whole: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.homes = homes
        self.scopes = scopes
        self.whole = whole
        self.variables: list[Variable] = []
        self.index: dict[tuple[str, str], list[tuple[str, Variable]]] = {}
        self.guides: dict[tuple[str, ...], set[str]] = {}

    def knows(self, task: str, *members: str) -> bool:
        """Whether members of `aws` are known in every environment that has a task."""
        return all(getattr(self.homes[env], member) for env in self.scopes[task] for member in members)

    def add(self, variable: Variable) -> None:
        """Add a variable. Templates write one that is a word for the environment in other cases too."""
        self.variables.append(variable)
        forms = CASES if are_stages(variable.values) else {"": str}
        for form, make in forms.items():
            for env, text in variable.values.items():
                self.index.setdefault((env, make(text)), []).append((form, variable))

    def find(self, values: Iterable[tuple[str, str]], spot: Spot, *, whole: bool = True) -> Slot | None:
        """Find what gives certain texts: the region or account, or a variable that every environment of the task has."""
        pairs = tuple(values)
        for member in ("region", "account"):
            given = all(getattr(self.homes[env], member) == text for env, text in pairs)
            if given and (whole or len({text for _, text in pairs}) > 1) and self.knows(spot.task, member):
                return Slot(f"aws.{member}")
        for form, variable in self.index.get(pairs[0], ()):
            fits = not variable.kinds or spot.kind in variable.kinds
            known = all(env in variable.values for env in self.scopes[spot.task])
            if fits and known and all(CASES[form](variable.values.get(env, "")) == text for env, text in pairs):
                return Slot(f"{variable.name} | {form}" if form else variable.name, variable.name)
        return None

    def express(self, spot: Spot, side: Mapping[str, Value]) -> Expression | None:
        """Write a value as one text of a template; None if that takes a variable that there is not."""
        frame = frame_value(self, spot, side)
        parts = {name: self.express_piece(piece, spot) for name, piece in frame.pieces.items()}
        if any(each is None for each in parts.values()):
            return None
        known = {name: each for name, each in parts.items() if each is not None}
        kind: Literal["text", "bare"] = "text" if are_texts(side) else "bare"
        if frame.helper == "image":
            return Expression(join_image(known), kind)
        if frame.helper:
            return Expression((write_call(frame.helper, known),), kind)
        return Expression(known[""], kind)

    def express_piece(self, piece: Piece, spot: Spot) -> Parts | None:
        """Write one piece of a value."""
        guide = self.guides.get(spot.path, set()) if len(self.scopes[spot.task]) == 1 else set()
        same = len(set(piece.values.values())) == 1
        if same and guide:
            return self.express_guided(piece, spot, guide)
        if same:
            text = next(iter(piece.values.values()))
            return (text,) if piece.role in UNITS else place_region(self, text, spot)
        if piece.role in ("tag", "digest"):
            found = self.find(piece.values.items(), spot)
            return (found,) if found else None
        family = place_family(self, piece, spot)
        if family is not None:
            return family
        parts = self.resolve(self.split(piece.values, anchored=not spot.identity), piece, spot)
        if parts is not None and (not spot.identity or count_variables(parts) < 2):
            return parts
        found = self.find(piece.values.items(), spot)
        return (found,) if found else None

    def express_guided(self, piece: Piece, spot: Spot, guide: set[str]) -> Parts:
        """Write a value of a task's only environment as other tasks have it at the same spot."""
        found = self.find(piece.values.items(), spot)
        if found and found.code in guide:
            return (found,)
        text = next(iter(piece.values.values()))
        if piece.role not in ("tag", "digest") and any(code.startswith("env") for code in guide):
            parts = self.split(piece.values, alone=True)
            return tuple(Slot(part.form) if part.form else part.text for part in parts)
        return (text,) if piece.role in UNITS else place_region(self, text, spot)

    def resolve(self, parts: Iterable[Part], piece: Piece, spot: Spot) -> Parts | None:
        """Find for each part of a text what gives it; None if one has nothing that does."""
        made: list[str | Slot] = []
        for part in parts:
            if part.form:
                made.append(Slot(part.form))
            elif not part.values:
                made += place_region(self, part.text, spot, inside=True)
            elif piece.role in UNITS and not (part.affix or (piece.role == "secret" and stands_for_environment(part))):
                return None
            else:
                found = self.resolve_part(part, spot)
                if found is None:
                    return None
                made += found
        return tuple(made)

    def split(self, values: Values, *, alone: bool = False, anchored: bool = False) -> tuple[Part, ...]:
        """Split a text into parts; regions, accounts and names of secrets stay whole.

        With `anchored`, texts with different numbers of words may differ in several places, if these all stand for the environment.
        """
        secrets = find_secret_names(values)
        kept = {
            env: tuple(filter(None, (secrets.get(env), self.homes[env].region, self.homes[env].account)))
            for env in values
        }
        if anchored:
            parts = split_text(values, alone=alone, whole=kept, anchored=True)
            if all(self.explains(part) for part in parts if part.values):
                return parts
        return split_text(values, alone=alone, whole=kept)

    def explains(self, part: Part) -> bool:
        """Whether a difference is a word for the environment, in all or some of the texts, or the account or region."""
        homes = all(text in (self.homes[env].account, self.homes[env].region) for env, text in part.values)
        return homes or are_stages({env: text.strip("-_./") for env, text in part.values if text})

    def resolve_part(self, part: Part, spot: Spot) -> Parts | None:
        """Find what gives a part that differs: it whole, or all but what its words begin with together."""
        if spot.identity and not stands_for_environment(part):
            return None
        found = self.find(part.values, spot, whole=False)
        if found:
            return (found,)
        if part.affix:
            return None
        head, values = trim_values(part.values)
        found = self.find(values, spot, whole=False) if head and all(text for _, text in values) else None
        return (head, found) if found else None


def frame_value(vocabulary: Vocabulary, spot: Spot, side: Mapping[str, Value]) -> Frame:
    """Take a value apart, in the same way everywhere."""
    texts = {env: spell(value) for env, value in side.items()}
    if vocabulary.knows(spot.task, "account", "region") and are_texts(side):
        calls = {env: find_call(text, vocabulary.homes[env]) for env, text in texts.items()}
        frame = frame_calls({env: call for env, call in calls.items() if call})
        if frame is not None and all(calls.values()):
            return frame
    if spot.path[-1:] == ("image",):
        frame = frame_images(texts)
        if frame is not None:
            return frame
    return Frame("", {"": Piece("text", texts)})


def place_region(vocabulary: Vocabulary, text: str, spot: Spot, *, inside: bool = False) -> Parts:
    """Put the region into a text that is the same everywhere, where it stands there as a word and is the same everywhere."""
    regions = {vocabulary.homes[env].region for env in vocabulary.scopes[spot.task]}
    if len(regions) != 1 or (text.startswith("arn:") and not inside):
        return (text,)
    return tuple(replace_word(text, regions.pop(), Slot("aws.region")))


def place_family(vocabulary: Vocabulary, piece: Piece, spot: Spot) -> Parts | None:
    """Put the family into a text that is the same beside it, where the family is a variable."""
    for variable in vocabulary.variables:
        if variable.name != "family" or not piece.values.keys() <= variable.values.keys():
            continue
        if not all(variable.values.values()):
            continue
        rests = {tuple(text.split(variable.values[env], 1)) for env, text in piece.values.items()}
        rest = rests.pop()
        if not rests and len(rest) == 2 and set(variable.values) >= set(vocabulary.scopes[spot.task]):
            return tuple(each for each in (rest[0], Slot("family", "family"), rest[1]) if each)
    return None


def find_secret_names(values: Values) -> Values:
    """Find the names in ARNs of secrets that differ by more than words for the environment; empty if one is no such ARN."""
    names = {env: find_secret_name(text) for env, text in values.items()}
    if not all(names.values()) or len(set(names.values())) == 1 or is_for_environments(split_text(names)):
        return {}
    return names


def find_secret_name(text: str) -> str:
    """Find the name in the ARN of a secret; empty if the text is none."""
    head, _, tail = text.partition(":secretsmanager:")
    return tail.partition(":secret:")[2].partition(":")[0] if head.startswith("arn:") else ""


def is_for_environments(parts: Iterable[Part]) -> bool:
    """Whether everything that differs stands for the environment."""
    return all(stands_for_environment(part) for part in parts if part.values)


def stands_for_environment(part: Part) -> bool:
    """Whether a part that differs is a word for the environment, or one that is not there everywhere: a name may have only such."""
    return part.affix or are_stages(dict(part.values))


def are_texts(side: Mapping[str, Value]) -> bool:
    return all(isinstance(value, str) for value in side.values())


def frame_calls(calls: Mapping[str, Call]) -> Frame | None:
    """Take the calls of a helper apart; None if they are of several, or have other arguments."""
    kinds = {(call.helper, tuple(name for name, _ in call.named)) for call in calls.values()}
    if len(kinds) != 1:
        return None
    ((helper, names),) = kinds
    roles: dict[str, Role] = {"ecr": "repository", "secret": "secret"}
    pieces = {"": Piece(roles.get(helper, "name"), {env: call.name for env, call in calls.items()})}
    for name in names:
        role: Role = "tag" if name == "tag" else "digest"
        pieces[name] = Piece(role, {env: dict(call.named)[name] for env, call in calls.items()})
    return Frame(helper, pieces)


def frame_images(texts: Values) -> Frame | None:
    """Take images apart; None if one is none, or some have a tag and others a digest."""
    images = {env: parse_image(text) for env, text in texts.items()}
    found = {env: image for env, image in images.items() if image}
    if len(found) != len(images):
        return None
    roles: tuple[Role, ...] = ("registry", "repository", "tag", "digest")
    pieces = {}
    for role in roles:
        values = {env: str(getattr(image, role)) for env, image in found.items()}
        if any(values.values()):
            if not all(values.values()):
                return None
            pieces[role] = Piece(role, values)
    return Frame("image", {str(name): piece for name, piece in pieces.items()})


def join_image(parts: Mapping[str, Parts]) -> Parts:
    """Put an image together again."""
    joined: list[str | Slot] = []
    for role, before, after in (("registry", "", "/"), ("repository", "", ""), ("tag", ":", ""), ("digest", "@", "")):
        if role in parts:
            joined += [before, *parts[role], after]
    return tuple(joined)


def write_call(helper: str, parts: Mapping[str, Parts]) -> Slot:
    """Write the call of a helper."""
    arguments = [write_argument(parts[""]), *(f"{key}={write_argument(value)}" for key, value in parts.items() if key)]
    used = [part.variable for value in parts.values() for part in value if isinstance(part, Slot) and part.variable]
    return Slot(f"{helper}({', '.join(arguments)})", ",".join(dict.fromkeys(used)))


def write_argument(parts: Parts) -> str:
    """Write text and expressions as one expression."""
    written = [quote(part) if isinstance(part, str) else part.code for part in parts if part != ""]
    if len(written) > 1:
        written = [f"({each})" if "|" in each and not each.startswith("'") else each for each in written]
    return " ~ ".join(written) or "''"


def quote(text: str) -> str:
    """Write a text as Jinja reads it, in single quotes."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{escaped}'"


def replace_word(text: str, word: str, slot: Slot) -> Iterable[str | Slot]:
    """Replace a word of a text where it stands alone."""
    at = 0
    while word and (found := text.find(word, at)) >= 0:
        if is_boundary(text, found) and is_boundary(text, found + len(word)) and text[found - 1 : found] != "{":
            if text[:found]:
                yield text[:found]
            yield slot
            text, at = text[found + len(word) :], 0
        else:
            at = found + 1
    if text:
        yield text


def count_variables(parts: Parts) -> int:
    """Count the different variables in a text."""
    return len({part.variable for part in parts if isinstance(part, Slot) and part.variable})
