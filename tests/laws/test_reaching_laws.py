"""A law of overlays: each value that one gives reaches the artifact or is reported, unless it is part of a directive."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hypothesis import given, strategies as st

from generator.build.merging import merge_layer, view_document, view_patch
from generator.documents.coercing import coerce_document
from generator.ecs.lists import PORT_MAPPINGS, ROWS, ListRow, identity_of
from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.findings import Finding, Place
from generator.model.nodes import Item, ListNode, MapNode, Node, Scalar, Value, is_yaml_null
from tests.laws.strategies import add_ids, documents, dump_yaml, edited_lists, find_ways, patches, texts
from tests.support import read_json, read_yaml

DIRECTIVES = ("$add", "$remove", "$replace")

IDENTITIES = {member for row in ROWS.values() for member in row.identity}
"""Members that say again by what an item is found."""

WAYS = [way for way in find_ways() if way[-1] in IDENTITIES and len(way) > 1]


@st.composite
def addressed(draw: st.DrawFn, value: Value, way: tuple[str, ...], wanted: Shape | None = None) -> Value:
    """A patch that leads along a way, and says again by what the items on it are found, in either form of each list."""
    wanted = wanted or task_definition()
    if len(way) == 1 or way[0] not in value:
        return {}
    child, below, row = value[way[0]], shape(wanted.members[way[0]]), ROWS.get((wanted.name, way[0]))
    if row is None or not row.identity or not child:
        return {way[0]: draw(addressed(child, way[1:], below)) if isinstance(child, dict) else child}
    item = draw(st.sampled_from(child))
    identity = str(identity_of(row, texts(item)))
    inner = draw(addressed(item, way[1:], shape(below.member)))
    return {way[0]: draw(st.one_of(in_map_form(identity, inner, row), in_list_form(identity, inner, row)))}


@st.composite
def in_map_form(draw: st.DrawFn, identity: str, inner: Value, row: ListRow) -> Value:
    """An item under its identity, some of whose members are said too."""
    said = spell(identity, row)
    return {identity: {**{member: said[member] for member in draw(st.sets(st.sampled_from(sorted(said))))}, **inner}}


@st.composite
def in_list_form(draw: st.DrawFn, identity: str, inner: Value, row: ListRow) -> Value:
    """An item of a list, found by a member."""
    said = spell(identity, row)
    if row.identity == PORT_MAPPINGS and said["protocol"] == "tcp" and draw(st.booleans()):
        del said["protocol"]
    return [{**said, **inner}]


def spell(identity: str, row: ListRow) -> dict[str, str]:
    """The identity members that an identity stands for."""
    if row.identity != PORT_MAPPINGS:
        return {row.identity[0]: identity}
    port, _, protocol = identity.partition("/")
    return {"containerPortRange" if "-" in port else "containerPort": port, "protocol": protocol}


ADDRESSED = st.sampled_from(WAYS).flatmap(
    lambda way: documents(way).flatmap(lambda document: st.tuples(st.just(document), addressed(document, way)))
)
ANY = documents().flatmap(
    lambda document: st.tuples(st.just(document), patches(document).flatmap(edited_lists)),
)


def list_said(node: Node, member: str = "") -> Iterator[tuple[str, Scalar]]:
    """List the values that a patch gives, each with the member it is of.

    Left out are directives, deletions, and by what an item of a list is found.
    """
    if isinstance(node, Scalar):
        if not is_yaml_null(node):
            yield member, node
    elif isinstance(node, MapNode):
        for key, child in node.items.items():
            if key not in DIRECTIVES or (key == "$replace" and not isinstance(child, Scalar)):
                yield from list_said(child, key)
    elif isinstance(node, ListNode):
        for item in node.items:
            said = list(list_said(item, member))
            finding = (
                next((each for each in said if each[0] in IDENTITIES), None) if isinstance(item, MapNode) else None
            )
            yield from (each for each in said if each is not finding)


def list_scalars(node: Node, member: str = "") -> Iterator[tuple[str, Scalar]]:
    """List the values of a document, each with the member it is of."""
    if isinstance(node, Scalar):
        yield member, node
    elif isinstance(node, MapNode):
        for key, child in node.items.items():
            yield from list_scalars(child, key)
    else:
        for each in node.items:
            yield from list_scalars(each.node if isinstance(each, Item) else each, member)


def is_reported(place: Place, findings: list[Finding]) -> bool:
    """Whether a finding is on the line of a place."""
    return any(each.location is not None and each.location.line == place.location.line for each in findings)


@given(st.one_of(ANY, ADDRESSED), st.booleans())
def test_what_an_overlay_says_reaches_the_artifact_or_is_reported(drawn: tuple[Value, Value], named: bool) -> None:
    template, patch = drawn
    document, _ = view_document(read_json(json.dumps(add_ids(template) if named else template)))
    assert document is not None
    parsed = read_yaml(dump_yaml(patch))
    viewed, found = view_patch(parsed)
    merged, merger = merge_layer(document, viewed)
    merged, coerced = coerce_document(merged)
    findings = [*found, *merger.findings, *(miss.finding for miss in merger.unmatched), *coerced]

    there = list(list_scalars(merged))
    reached = {node.place for _, node in there}
    repeated = {(member, node.text) for member, node in there if member in IDENTITIES}
    for member, said in list_said(parsed):
        if said.place not in reached and not is_reported(said.place, findings):
            assert (member, said.text) in repeated, said
