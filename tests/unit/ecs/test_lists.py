"""Every list and map of the installed botocore's input has a row; identities, keys and orders are as the table says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import botocore.session
import pytest
from botocore.model import ListShape, MapShape, Shape, StructureShape

from generator.ecs.lists import (
    MAPS,
    ROWS,
    UNIONS,
    ListRow,
    identity_members,
    identity_of,
    match_key,
    order_key,
    spell_identity,
)
from generator.ecs.shapes import shape

PORTS = ROWS["ContainerDefinition", "portMappings"]
DEVICES = ROWS["LinuxParameters", "devices"]
VARIABLES = ROWS["ContainerDefinition", "environment"]


def find_members(here: Shape, wanted: type[Shape], path: str = "") -> Iterator[tuple[tuple[str, str], str]]:
    """Yield holder, member and path of every list or map below a shape of botocore's."""
    match here:
        case StructureShape():
            for name, member in here.members.items():
                below = f"{path}.{name}" if path else name
                if isinstance(member, wanted):
                    yield (here.name, name), below
                yield from find_members(member, wanted, below)
        case ListShape():
            yield from find_members(here.member, wanted, path + "[]")


def find_rowless(rows: Mapping[tuple[str, str], ListRow]) -> list[str]:
    """List the paths of the model's lists that have no row, or a row with another path."""
    return [path for at, path in find_members(model(), ListShape) if at not in rows or rows[at].path != path]


def model() -> Shape:
    service = botocore.session.get_session().get_service_model("ecs")
    return service.operation_model("RegisterTaskDefinition").input_shape


def test_every_list_of_the_model_has_a_row() -> None:
    assert find_rowless(ROWS) == []


def test_a_list_without_a_row_is_noticed() -> None:
    rows = {at: row for at, row in ROWS.items() if row is not DEVICES}
    assert find_rowless(rows) == ["containerDefinitions[].linuxParameters.devices"]


def test_every_row_is_about_a_list_of_the_model() -> None:
    assert [row.path for row in ROWS.values()] == [path for _, path in find_members(model(), ListShape)]


def test_every_map_of_the_model_is_listed_and_holds_strings() -> None:
    assert {at for at, _ in find_members(model(), MapShape)} == MAPS
    assert {shape(shape(shape(holder).members[member]).member).type for holder, member in MAPS} == {"string"}


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.path)
def test_identity_and_shorthand_are_members_of_the_items(row: ListRow) -> None:
    holder, member = next(at for at, other in ROWS.items() if other is row)
    item = shape(shape(shape(holder).members[member]).member)
    assert {*row.identity, row.shorthand or "name"} - {"name"} <= set(item.members)
    assert item.type == "structure" or row.identity == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [(row, row.order) for row in ROWS.values() if row.order.endswith("set")],
    ids=lambda value: getattr(value, "path", None),
)
def test_a_set_orders_what_its_items_are(row: ListRow, expected: str) -> None:
    holder, member = next(at for at, other in ROWS.items() if other is row)
    item = shape(shape(shape(holder).members[member]).member)
    orders = {"integer": "numeric set", "string": "model set" if item.enum else "sorted set"}
    assert (orders[item.type], row.identity) == (expected, ())


def test_items_with_members_have_identities_but_for_two_lists() -> None:
    plain = {row.path: shape(shape(shape(at[0]).members[at[1]]).member) for at, row in ROWS.items() if not row.identity}
    found = [path for path, item in plain.items() if item.type == "structure"]
    assert found == ["containerDefinitions[].environmentFiles", "placementConstraints"]


def test_the_table_states_these_facts() -> None:
    rows = ROWS.values()
    names = {row.path.rpartition(".")[2]: row for row in rows}
    assert [row.path for row in rows if row.strict] == ["containerDefinitions", "volumes"]
    assert {name for name, row in names.items() if row.unique} == {
        "containerDefinitions",
        "volumes",
        "environment",
        "secrets",
        "secretOptions",
        "tags",
        "ulimits",
        "systemControls",
        "dependsOn",
        "volumesFrom",
        "properties",
        "inferenceAccelerators",
    }
    assert {name: row.shorthand for name, row in names.items() if row.shorthand} == {
        "environment": "value",
        "secrets": "valueFrom",
        "secretOptions": "valueFrom",
        "tags": "value",
        "dependsOn": "condition",
        "extraHosts": "ipAddress",
        "systemControls": "value",
        "properties": "value",
        "resourceRequirements": "value",
    }
    assert {name: row.order for name, row in names.items() if row.order != "kept"} == {
        "portMappings": "identity",
        "ignoredExitCodes": "numeric set",
        "environment": "identity",
        "mountPoints": "identity",
        "volumesFrom": "identity",
        "add": "sorted set",
        "drop": "sorted set",
        "devices": "identity",
        "permissions": "model set",
        "tmpfs": "identity",
        "secrets": "identity",
        "ulimits": "identity",
        "secretOptions": "identity",
        "systemControls": "identity",
        "resourceRequirements": "identity",
        "requiresCompatibilities": "model set",
        "tags": "identity",
        "properties": "identity",
        "inferenceAccelerators": "identity",
    }


@pytest.mark.parametrize("holder", UNIONS)
def test_a_union_names_members_of_its_structure(holder: str) -> None:
    union = UNIONS[holder]
    assert {*union.members, *union.drops} <= set(shape(holder).members)


def test_every_member_of_a_volume_but_its_name_is_one_of_its_kinds() -> None:
    assert ("name", *UNIONS["Volume"].members) == tuple(shape("Volume").members)


@pytest.mark.parametrize(
    ("row", "members", "identity"),
    [
        (VARIABLES, {"name": "LOG_LEVEL", "value": "DEBUG"}, "LOG_LEVEL"),
        (VARIABLES, {"value": "DEBUG"}, None),
        (PORTS, {"containerPort": "8080"}, "8080/tcp"),
        (PORTS, {"containerPort": "8080", "protocol": "udp", "hostPort": "80"}, "8080/udp"),
        (PORTS, {"containerPortRange": "8000-8010"}, "8000-8010/tcp"),
        (PORTS, {"containerPortRange": "8000-8010", "protocol": "udp"}, "8000-8010/udp"),
        (PORTS, {"protocol": "udp"}, None),
        (DEVICES, {"hostPath": "/dev/a", "containerPath": "/dev/b"}, "/dev/b"),
        (DEVICES, {"hostPath": "/dev/a"}, "/dev/a"),
        (DEVICES, {}, None),
        (ROWS["ContainerDefinition", "command"], {}, None),
    ],
)
def test_the_identity_of_an_item(row: ListRow, members: dict[str, str], identity: str | None) -> None:
    assert identity_of(row, members) == identity


@pytest.mark.parametrize(
    ("row", "key", "identity", "members"),
    [
        (VARIABLES, "LOG_LEVEL", "LOG_LEVEL", {"name": "LOG_LEVEL"}),
        (VARIABLES, "a/b", "a/b", {"name": "a/b"}),
        (VARIABLES, "", "", None),
        (DEVICES, "/dev/a", "/dev/a", {"containerPath": "/dev/a"}),
        (PORTS, "8080/tcp", "8080/tcp", {"containerPort": "8080", "protocol": "tcp"}),
        (PORTS, "8080", "8080/tcp", {"containerPort": "8080"}),
        (PORTS, "0", "0/tcp", {"containerPort": "0"}),
        (PORTS, "8000-8010/udp", "8000-8010/udp", {"containerPortRange": "8000-8010", "protocol": "udp"}),
        (PORTS, "8000-8010", "8000-8010/tcp", {"containerPortRange": "8000-8010"}),
        (PORTS, "http/tcp", "http/tcp", None),
        (PORTS, "8080/sctp", "8080/sctp", None),
        (PORTS, "8080/", "8080/", None),
        (PORTS, "08080", "08080/tcp", None),
        (PORTS, "-1", "-1/tcp", None),
        (PORTS, "8000-", "8000-/tcp", None),
        (PORTS, "8000-8010-8020", "8000-8010-8020/tcp", None),
        (PORTS, "٨٠", "٨٠/tcp", None),
        (PORTS, "", "/tcp", None),
    ],
)
def test_a_key_of_the_map_form(row: ListRow, key: str, identity: str, members: dict[str, str] | None) -> None:
    assert (match_key(row, key), spell_identity(row, key)) == (identity, members)
    if members is not None:
        assert identity_of(row, members) == identity


@pytest.mark.parametrize(
    ("row", "in_order"),
    [
        (PORTS, ["80/tcp", "80/udp", "443/tcp", "8000-8010/tcp", "8080/tcp", "10000/tcp"]),
        (VARIABLES, ["10", "9", "A", "B", "a", "ä"]),
    ],
)
def test_identities_are_ordered(row: ListRow, in_order: list[str]) -> None:
    mixed = in_order[::-1]
    assert sorted(mixed, key=lambda identity: order_key(row, identity)) == in_order


@pytest.mark.parametrize(
    ("row", "members", "expected"),
    [
        (VARIABLES, ["name", "value"], ("name",)),
        (PORTS, ["containerPort", "hostPort"], ("containerPort", "containerPortRange", "protocol")),
        (DEVICES, ["hostPath"], ("containerPath", "hostPath")),
        (DEVICES, ["hostPath", "containerPath"], ("containerPath",)),
    ],
)
def test_members_that_identify_an_item(row: ListRow, members: list[str], expected: tuple[str, ...]) -> None:
    assert identity_members(row, members) == expected
