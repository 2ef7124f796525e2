"""Documents side by side: which rows there are, in which order, and what is the same in all of them."""

from __future__ import annotations

import json

import pytest

from generator.build.merging import view_document
from generator.documents.hiding import make_secrets
from generator.model.nodes import MapNode, Value
from generator.review.matrix import Column, Table, arrange, merge_orders
from tests.support import read_json


def view(value: Value) -> MapNode:
    """View a document given as a value, as a build has it."""
    document, findings = view_document(read_json(json.dumps(value)))
    assert document is not None and findings == ()
    return document


def arrange_values(*values: Value, tasks: tuple[str, ...] = ("app", "app", "app")) -> tuple[Table, ...]:
    columns = [
        Column(f"env{number}", task, view(value))
        for number, (value, task) in enumerate(zip(values, tasks, strict=False))
    ]
    return arrange(columns, make_secrets(column.document for column in columns))


class CountedName(str):
    """A name that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        CountedName.compared += 1
        return str(self) == other

    __hash__ = str.__hash__


def test_columns_are_brought_to_their_tasks_in_one_pass() -> None:
    counts = []
    for number in (50, 100):
        CountedName.compared = 0
        columns = [Column(env, CountedName(f"task-{at}"), view({})) for env in ("a", "b") for at in range(number)]
        assert len(arrange(columns, make_secrets(()))) == number
        counts.append(CountedName.compared)
    assert counts[1] < 3 * counts[0]


def simplify(table: Table) -> list[tuple[str, list[tuple[str, int] | None], bool]]:
    return [(row.path, [cell and (cell.text, cell.variant) for cell in row.cells], row.differs) for row in table.rows]


def test_values_of_one_path_stand_in_one_row() -> None:
    (table,) = arrange_values(
        {"family": "a", "cpu": "256"}, {"family": "b", "cpu": "256"}, {"family": "b", "cpu": "256"}
    )
    assert (table.task, table.environments) == ("app", ("env0", "env1", "env2"))
    assert simplify(table) == [
        ("family", [("a", 1), ("b", 0), ("b", 0)], True),
        ("cpu", [("256", 0), ("256", 0), ("256", 0)], False),
    ]


def test_a_container_is_one_row_whatever_it_is_called() -> None:
    def make(name: str) -> Value:
        return {"containerDefinitions": [{"$id": "app", "name": name, "essential": True}], "cpu": "1"}

    (table,) = arrange_values(make("app-dev"), make("app-prod"))
    assert simplify(table) == [
        ("cpu", [("1", 0), ("1", 0)], False),
        ("containerDefinitions[app].name", [("app-dev", 0), ("app-prod", 1)], True),
        ("containerDefinitions[app].essential", [("true", 0), ("true", 0)], False),
    ]
    assert [row.container for row in table.rows] == ["", "app", "app"]


def test_a_name_that_the_path_says_is_no_row_unless_it_is_all_there_is() -> None:
    (table,) = arrange_values(
        {"volumes": [{"name": "bare"}, {"name": "full", "host": {}}]},
        {"volumes": [{"name": "bare"}, {"name": "full", "host": {}}]},
    )
    assert [row.path for row in table.rows] == ["volumes[bare].name", "volumes[full].host"]


def test_a_name_stays_a_row_where_one_environment_has_nothing_else() -> None:
    (table,) = arrange_values({"volumes": [{"name": "v"}]}, {"volumes": [{"name": "v", "host": {}}]})
    assert simplify(table) == [
        ("volumes[v].name", [("v", 0), ("v", 0)], False),
        ("volumes[v].host", [None, ("{}", 0)], True),
    ]


def test_secrets_are_compared_and_not_shown() -> None:
    def make(secret: str, image: str) -> Value:
        environment = [{"name": "DB_PASSWORD", "value": secret}]
        return {"containerDefinitions": [{"name": "app", "environment": environment, "image": image}]}

    (table,) = arrange_values(make("one-of-my-secrets", "app:v1"), make("hunter2", "one-of-my-secrets:v1"))
    assert simplify(table) == [
        ("containerDefinitions[app].environment[DB_PASSWORD].value", [("***", 0), ("***", 1)], True),
        ("containerDefinitions[app].image", [("app:v1", 0), ("***", 1)], True),
    ]


def test_a_number_is_not_the_text_that_looks_like_it() -> None:
    (table,) = arrange_values({"family": 1}, {"family": "1"})
    assert simplify(table) == [("family", [("1", 0), ("1", 1)], True)]
    assert [cell and cell.value for cell in table.rows[0].cells] == [1, "1"]


def test_an_identity_that_stands_twice_is_two_rows() -> None:
    ports = [{"containerPort": 80, "hostPort": port} for port in (8080, 8081)]
    (table,) = arrange_values({"containerDefinitions": [{"name": "app", "portMappings": ports}]})
    assert [(row.path, row.cells[0] and row.cells[0].text) for row in table.rows if "hostPort" in row.path] == [
        ("containerDefinitions[app].portMappings[80/tcp].hostPort", "8080"),
        ("containerDefinitions[app].portMappings[80/tcp].hostPort#2", "8081"),
    ]


def test_each_task_has_a_table_of_the_environments_that_have_it() -> None:
    tables = arrange_values({"family": "a"}, {"family": "b"}, {"family": "c"}, tasks=("web", "job", "web"))
    assert [(table.task, table.environments) for table in tables] == [("job", ("env1",)), ("web", ("env0", "env2"))]


@pytest.mark.parametrize(
    ("orders", "merged"),
    [
        ([], []),
        ([["a", "b"], ["a", "x", "b"]], ["a", "x", "b"]),
        ([["a", "b"], ["x", "b"]], ["x", "a", "b"]),
        ([["a"], ["b"], ["a", "c"]], ["b", "a", "c"]),
        ([["a", "b"], ["b", "a"]], ["a", "b"]),
    ],
)
def test_what_only_a_later_document_has_goes_behind_what_it_follows_there(
    orders: list[list[str]], merged: list[str]
) -> None:
    assert merge_orders(orders) == merged
