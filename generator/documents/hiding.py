"""Makes the account of secrets of documents, and of the templates and overlays that they come from. Shows and hides nothing itself."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from generator.documents.looks import Looks, Value, find_words
from generator.documents.parsing.sections import RENDER
from generator.documents.tree import list_children, list_items, list_leaves, read_text, walk
from generator.ecs.lists import ROWS
from generator.ecs.paths import Step, first_step, format_path, member_step
from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.findings import Place, Source
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar
from generator.model.patterns import Pattern
from generator.model.records import Record
from generator.model.secrecy import HiddenStep, Known, Secrets
from generator.model.secrets.credentials import list_credentials
from generator.model.secrets.expressions import find_macros, list_calls
from generator.model.secrets.names import MASK, REFERRING, STEP, is_empty, is_reference, is_secret_name, is_secret_path
from generator.model.secrets.nesting import is_place, may_be_member
from generator.model.secrets.scanning import (
    Variables,
    find_secret_variables,
    list_whole,
    scan_text,
    uses_secret,
)
from generator.model.secrets.texts import SHORTEST, Wanted, list_texts
from generator.model.secrets.values import is_secret_value, list_said

IDENTITY_MEMBERS = frozenset(member for row in ROWS.values() for member in row.identity)
IDENTITY_STEP = Pattern(r"([^.\[\]]+)\[([^\[\]]*)\]\.([^.\[\]]+)$")
"""The end of a path that leads to a member of an item of a list: the list, the identity, the member."""

FOLD = Pattern(r"\\\n[ \t]*")
"""Where a line of a quoted text of YAML ends, and the text does not."""


WHOLE = Pattern(r"\{\{[^{}]*\}\}")
"""An expression that is all of a text."""


class Origins(Record):
    """What documents come from: templates, other files, the variables and patches of every layer. `names` have to stay readable."""

    templates: tuple[Source, ...] = ()
    files: tuple[Source, ...] = ()
    variables: tuple[MapNode, ...] = ()
    names: frozenset[str] = frozenset()
    patches: tuple[MapNode, ...] = ()


def make_secrets(documents: Iterable[MapNode], origins: Origins = Origins()) -> Secrets:  # noqa: B008 - a value
    """Make the account of some documents, which are looked through when somebody asks."""
    return Secrets(lambda: find_known(tuple(documents), origins))


def make_text_secrets(source: Source, names: Iterable[str] = ()) -> Secrets:
    """Make the account of one text that may be broken, and in which some names have to stay readable."""
    return Secrets(lambda: find_known((), Origins(files=(source,), names=frozenset(names))))


def find_known(
    documents: tuple[MapNode, ...],
    origins: Origins = Origins(),  # noqa: B008 - a value
    looks: Looks | None = None,
) -> Known:
    """Find what is secret in documents and in what they come from. With `looks`, nodes that were looked at just before are known."""
    origins = origins._replace(files=(*origins.files, *list_answered(documents)))
    found = (looks or Looks()).look(documents)
    leaves = [each for look in found for each in look.values]
    given = [
        Value(path, scalar)
        for layer in {id(each): each for each in origins.variables}.values()
        for name, node in layer.items.items()
        for path, scalar in list_variable(name, node)
    ]
    secret = [each for look in found for each in look.secret]
    secret += find_written((*leaves, *given), (*origins.templates, *origins.files))
    dynamic = find_dynamic(secret, given) | find_rendered(origins.patches)
    variables = find_secret_variables([source.text for source in origins.templates], dynamic)
    passed = list_passed(origins.templates, variables)
    secret += find_given(given, variables, secret)
    words = [*(each for look in found for each in look.words), *find_words(given)]
    secret += [each for each, _ in words]
    places = {each.scalar.place for each in secret if not is_expression(each.scalar.place)}
    secret += [each for each in (*leaves, *given) if each.scalar.place in places] if places else ()
    named = origins.names.union(list_names(documents), list_members(), (each.path for each in given))
    parts = [part for _, part in (*words, *passed)]
    texts = frozenset(list_secret_texts(secret, origins, variables, named, parts))
    uses, wanted = variables.uses, Wanted(texts)
    used = [each for each in leaves if uses_secret(read_source(each.scalar.place), uses)] if uses else []
    saying = [each for each in (*leaves, *given) if any(wanted.find(each.scalar.text))] if texts else []
    sources = {id(source): source for each in (*leaves, *given) for source in (each.scalar.place.source,)}
    return Known(
        frozenset((*((each.scalar.place, each.scalar.text) for each in (*secret, *used, *saying)), *passed)),
        texts,
        variables.names,
        frozenset((*sources.values(), *origins.templates, *origins.files)),
        frozenset(find_steps((*secret, *used, *saying), documents, uses, named)),
    )


def list_answered(documents: Iterable[MapNode]) -> Iterator[Source]:
    """List the texts of documents that come from AWS and not from a file. In members that are unknown yet, no path leads to a pair."""
    yield from {document.place.source for document in documents if not document.place.source.path}


def find_written(values: Iterable[Value], files: Iterable[Source]) -> Iterator[Value]:
    """Find the values that stand, as a whole or in part, where a file has a secret by what is around it."""
    spans = {source: found for source in files if (found := scan_text(source.text).values)}
    for each in values if spans else ():
        source, start, end = each.scalar.place
        found = spans.get(source, ())
        at = bisect_left(found, (end, 0)) - 1
        if at >= 0 and found[at][1] > start:
            yield each


def list_passed(templates: Iterable[Source], variables: Variables) -> list[tuple[Place, str]]:
    """List the texts that templates pass for a secret to macros, of other templates too, each with its place."""
    texts = [(source, source.text) for source in templates]
    macros = {name: params for _, text in texts if "macro" in text for name, params in find_macros(text).items()}
    return [
        (Place(source, start, end), text[start:end])
        for source, text in (texts if macros else ())
        for start, end in list_calls(text, macros, lambda name: name in variables.names or is_secret_name(name))
    ]


def find_dynamic(secret: Iterable[Value], given: Iterable[Value]) -> set[str]:
    """Find variables that are the whole of a value that is a secret, though the template does not write its name."""
    plain = {each.path for each in given}
    found = set()
    for each in secret:
        text = read_source(each.scalar.place).strip("\"'|>-+ \t\n")  # as JSON writes it, or YAML
        if text.startswith("{{") and text.endswith("}}") and text.count("{{") == 1:
            found |= {name for name in list_whole(text) if name in plain}
    return found


def find_rendered(patches: Iterable[MapNode]) -> set[str]:
    """Find variables that are the whole of a text to render under the name of a secret, whatever became of the text."""
    return {
        name
        for patch in patches
        if RENDER in patch.place.source.text
        for path, text in list_rendered(patch, "")
        if is_secret_path(path, text) and not any(each in path for each in REFERRING)
        if (match := WHOLE.fullmatch(text.strip()))
        for name in list_whole(match[0])
    }


def list_rendered(node: Node, path: str) -> Iterator[tuple[str, str]]:
    """List the texts to render in a patch, each by the names that lead there."""
    if isinstance(node, MapNode):
        given = node.items.get(RENDER)
        if isinstance(given, Scalar):
            yield path, given.text
        name = read_text(node, "name")
        for key, child in node.items.items():
            yield from list_rendered(child, f"{path}[{name or key}].{key}")
    elif isinstance(node, ListNode):
        for child in node.items:
            yield from list_rendered(child, path)


def find_given(given: Iterable[Value], variables: Variables, secret: Iterable[Value]) -> list[Value]:
    """Find the values of variables that are secret: by their own names, by what templates make of them, or as parts that are passed on."""
    passed = {each.scalar.text for each in secret if is_expression(each.scalar.place)}
    return [
        each
        for each in given
        if is_secret_value(each.path, each.scalar.text)
        or not variables.names.isdisjoint(each.path.split("."))
        or ("." in each.path and len(each.scalar.text) >= SHORTEST and each.scalar.text in passed)
    ]


def find_identities(secret: Iterable[Value], named: frozenset[str]) -> Iterator[HiddenStep]:
    """Find the ends of paths in which an item is known by a secret; what has to stay readable is no secret there."""
    for each in secret:
        match = IDENTITY_STEP.search(each.path)
        if match and match[3] in IDENTITY_MEMBERS and each.scalar.text not in named:
            parts = (match[2], *match[2].split("/"))
            if each.scalar.text in parts:
                yield HiddenStep(match[1] + f"[{match[2]}]", len(match[1]) + 1, len(match[1]) + 1 + len(match[2]))


def find_steps(
    secret: tuple[Value, ...], documents: Iterable[MapNode], uses: frozenset[str], named: frozenset[str]
) -> Iterator[HiddenStep]:
    """Find the ends of paths that a secret is in: as an identity, or as a key."""
    yield from find_identities(secret, named)
    yield from find_keys_below(secret)
    yield from find_secret_keys(documents, uses)


def find_keys_below(secret: Iterable[Value]) -> Iterator[HiddenStep]:
    """Find the ends of paths whose key stands below the name of a secret in a place of pairs, and is none of a member."""
    for each in secret:
        steps = [(match[2] or match[1], *match.span()) for match in STEP.finditer(each.path)]
        place = below = False
        for (above, first, _), (step, start, end) in pairwise(steps):
            place = place or is_place(above.lower())
            below = below or (place and is_secret_name(above))
            if below and not may_be_member(step) and not step.isdigit():
                bracket = each.path[start] == "["
                yield HiddenStep(each.path[first:end], start - first + bracket, end - first - bracket)


def find_secret_keys(documents: Iterable[MapNode], uses: frozenset[str]) -> Iterator[HiddenStep]:
    """Find the ends of paths whose key is written with a variable that is a secret."""
    for document in documents if uses else ():
        for steps, node in walk(document, (first_step(),)):
            for key, place in node.keys.items() if isinstance(node, MapNode) else ():
                if key not in steps[-1].shape.members and uses_secret(read_source(place), uses):
                    above, label = steps[-1].label.removeprefix("."), member_step(steps[-1].shape, key).label
                    yield HiddenStep(above + label, len(above) + 1, len(above) + len(label.removesuffix("]")))


def list_secret_texts(
    secret: Iterable[Value], origins: Origins, variables: Variables, named: frozenset[str], parts: Iterable[str]
) -> Iterator[str]:
    """List the texts that are hidden wherever they stand, parts of values among them; a text that is a name has to stay readable."""
    texts = {*(each.scalar.text for each in secret), *parts}
    scanned = [(source, scan_text(source.text)) for source in origins.templates]
    scanned += [(source, scan_text(source.text, variables.names)) for source in origins.files]
    for source, found in scanned:
        written = (source.text[start:end] for start, end in found.values)
        texts |= {text for each in written for text in read_written(FOLD.sub("", each))}
    texts |= {each for text in texts for each in (*list_credentials(text), *list_said(text))}
    for text in texts:
        if not is_empty(text) and not is_reference(text, False) and text not in named:
            yield from (each for each in list_texts(text) if len(each) >= SHORTEST and each not in named)


def read_written(text: str) -> Iterator[str]:
    """Read what a text may be that was never parsed: as it is written, or without the escapes of its quotes."""
    yield text
    yield text.replace("''", "'")
    try:
        decoded = json.loads(f'"{text}"', strict=False)
    except ValueError:
        return
    assert isinstance(decoded, str)
    yield decoded


def list_names(documents: Iterable[MapNode]) -> Iterator[str]:
    """List what containers and volumes are called."""
    for document in documents:
        for member in ("containerDefinitions", "volumes"):
            node = document.items.get(member)
            if isinstance(node, Keyed):
                yield from (item.identity for item in node.items)
            for item in list_items(node):
                yield read_text(item, "name")


@lru_cache(maxsize=1)
def list_members() -> frozenset[str]:
    """List the members that task definitions have."""
    found: dict[str, Shape] = {}
    open_shapes = [task_definition()]
    while open_shapes:
        current = open_shapes.pop()
        if current.name not in found:
            found[current.name] = current
            open_shapes += [shape(name) for name in (*current.members.values(), current.member) if name]
    return frozenset(name for each in found.values() for name in each.members)


def list_variable(path: str, node: Node) -> Iterator[tuple[str, Scalar]]:
    """List the scalars of a variable."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, MapNode):
        for key, child in node.items.items():
            yield from list_variable(f"{path}.{key}", child)
    elif isinstance(node, ListNode):
        for number, child in enumerate(node.items):
            yield from list_variable(f"{path}.{number}", child)


def is_expression(place: Place) -> bool:
    """Whether what stands at a place is rendered before it is a value."""
    return "{{" in read_source(place)


def read_source(place: Place) -> str:
    return place.source.text[place.start : place.end]


def mask_document(document: MapNode, secrets: Secrets) -> tuple[MapNode, tuple[str, ...]]:
    """Mask every value that is not to be shown, and tell their paths."""
    leaves = [(path, node) for path, node in list_leaves(document) if isinstance(node, Scalar)]
    masked = tuple(path for path, node in leaves if secrets.hides(path, node))
    if not masked:
        return document, ()
    shown = mask_node(document, (first_step(),), secrets)
    assert isinstance(shown, MapNode)
    return shown, masked


def mask_node(node: Node, path: tuple[Step, ...], secrets: Secrets) -> Node:
    """Mask what is at a path and below it."""
    if isinstance(node, Scalar):
        return Scalar(node.place, "text", MASK) if secrets.hides(format_path(path), node) else node
    children = [mask_node(child, (*path, step), secrets) for step, child in list_children(node, path[-1])]
    if isinstance(node, MapNode):
        return node._replace(items=dict(zip(node.items, children, strict=True)))
    if isinstance(node, Keyed):
        pairs = zip(node.items, children, strict=True)
        return node._replace(
            items=tuple(Item(item.identity, child) for item, child in pairs if isinstance(child, MapNode))
        )
    return node._replace(items=tuple(children))
