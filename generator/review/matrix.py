"""Environments side by side: the values of many documents as tables, a row a path. Masks secrets; decides on no form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from generator.documents.parsing.scalars import to_value
from generator.documents.tree import list_leaves
from generator.documents.variables import find_variables
from generator.model.comparison import name_container
from generator.model.findings import Place
from generator.model.nodes import MapNode, Node, Scalar, Value
from generator.model.origins import Origin
from generator.model.records import Record
from generator.model.secrecy import Secrets
from generator.model.secrets.names import MASK

ITEM_MEMBER = re.compile(r"(.*\[([^\]]+)\])\.\w+")
ITEM = re.compile(r"\]")
ABOUT_CONTAINERS = (".containerName", ".sourceContainer")


class Column(Record):
    """One environment's document of a task, and what its template was given."""

    environment: str
    task: str
    document: MapNode
    variables: MapNode | None = None


class Cell(Record):
    """A value in one environment, masked: as text, and as JSON has it.

    `variant` is 0 for the value that most environments have, 1 for the next, and so on. `place` is where it was set.
    """

    text: str
    value: Value
    variant: int
    place: Place


class Row(Record):
    """One path, and its value in each environment of the table; None if that has nothing there."""

    path: str
    container: str
    cells: tuple[Cell | None, ...]

    @property
    def differs(self) -> bool:
        """Whether environments disagree, in what is masked too."""
        return any(cell is None or cell.variant for cell in self.cells)


class Table(Record):
    """One task: a column for each environment that has it."""

    task: str
    environments: tuple[str, ...]
    rows: tuple[Row, ...]


Origins: TypeAlias = Mapping[tuple[str, str], Mapping[str, Origin]]
"""The origin of every value by its path, of each environment and task."""


class Matrix(Record):
    """Tables that are shown with all rows if they are `whole`, else with those that differ. All of them are masked.

    A `page` is the file that shows them, with their origins.
    """

    tables: tuple[Table, ...]
    whole: bool
    page: str | None = None
    origins: Origins = MappingProxyType({})


def list_values(document: Node) -> dict[str, Node]:
    """List the values of a document by path; an identity that is there twice is numbered, as ECS allows some to."""
    values: dict[str, Node] = {}
    count: Counter[str] = Counter()
    for path, node in list_leaves(document):
        values[spell_number(path, count[path])] = node
        count[path] += 1
    return values


def spell_number(path: str, number: int) -> str:
    """Spell a path with its number among its equals, from 0, where it is not the first."""
    return f"{path}#{number + 1}" if number else path


def spell_value(node: Node) -> str:
    """Spell a value that has nothing below it."""
    if isinstance(node, Scalar):
        return node.text
    return "{}" if isinstance(node, MapNode) else "[]"


def arrange(columns: Sequence[Column], secrets: Secrets) -> tuple[Table, ...]:
    """Put documents side by side, a table for each task, in order of tasks and as the columns come."""
    tasks: dict[str, list[Column]] = {}
    for column in columns:
        tasks.setdefault(column.task, []).append(column)
    return tuple(arrange_task(task, found, secrets) for task, found in sorted(tasks.items()))


def arrange_task(task: str, columns: Sequence[Column], secrets: Secrets) -> Table:
    """Put the documents of one task side by side: first what belongs to the task, then container by container."""
    values = [list_values(column.document) for column in columns]
    names = find_told_names(values)
    rows = [
        Row(
            secrets.scrub(path),
            name_container(path),
            fill_cells(path, [each.get(path) for each in values], columns, secrets),
        )
        for path in merge_orders(values)
        if path not in names
    ]
    containers: dict[str, list[Row]] = {"": []}
    for row in rows:
        containers.setdefault(row.container, []).append(row)
    grouped = [row for found in containers.values() for row in found]
    return Table(task, tuple(column.environment for column in columns), tuple(grouped))


def fill_cells(
    path: str, nodes: Sequence[Node | None], columns: Sequence[Column], secrets: Secrets
) -> tuple[Cell | None, ...]:
    """Fill the cells of one row. Values are compared before they are masked."""
    keys = [None if node is None else (describe_type(node), spell_value(node)) for node in nodes]
    ranked = [key for key, _ in Counter(key for key in keys if key is not None).most_common()]
    variants = {key: number for number, key in enumerate(ranked)}
    cells: list[Cell | None] = []
    for node, key, column in zip(nodes, keys, columns, strict=True):
        if node is None or key is None:
            cells.append(None)
            continue
        hidden = isinstance(node, Scalar) and secrets.hides(path, node)
        text, value = (MASK, MASK) if hidden else (key[1], to_value(node))
        named = find_variables(node.place, column.variables) if column.variables else ()
        cells.append(Cell(text, value, variants[key], named[0].place if len(named) == 1 else node.place))
    return tuple(cells)


def describe_type(node: Node) -> str:
    """Tell values apart that are spelt alike: the text `1` and the number."""
    return node.kind if isinstance(node, Scalar) else "empty"


def merge_orders(orders: Iterable[Iterable[str]]) -> list[str]:
    """Merge the orders of several documents: what only a later one has goes behind what it follows there."""
    after: dict[str | None, str | None] = {None: None}
    for order in orders:
        last: str | None = None
        for path in order:
            if path not in after:
                after[path], after[last] = after[last], path
            last = path
    merged, current = [], after[None]
    while current is not None:
        merged.append(current)
        current = after[current]
    return merged


def find_told_names(values: Sequence[dict[str, Node]]) -> set[str]:
    """Find the paths that only repeat the identity that they lead through, of items that have something else to show."""
    suspects: dict[str, str] = {}
    for path in {path: None for each in values for path in each}:
        match = ITEM_MEMBER.fullmatch(path)
        if match and all(tells_identity(each, path, match[2]) for each in values if path in each):
            suspects[path] = match[1]
    told: set[str] = set(suspects)
    for each in values:
        shown = {path[: step.end()] for path in each if path not in suspects for step in ITEM.finditer(path)}
        told -= {path for path, item in suspects.items() if path in each and item not in shown}
    return told


def tells_identity(values: Mapping[str, Node], path: str, identity: str) -> bool:
    """Whether a value is the identity of its item, or the name of the container that has it as `$id`."""
    text = spell_value(values[path])
    named = values.get(f"containerDefinitions[{identity}].name") if path.endswith(ABOUT_CONTAINERS) else None
    return text == identity or (named is not None and text == spell_value(named))
