"""Plain values against shapes: what passes, what is said of the rest, and that the fast answer and the explanation agree."""

from __future__ import annotations

from typing import cast

import pytest

from generator.ecs.limits import CHARACTERS, MEANT, RANGES, Range
from generator.ecs.required import NAMING, NEEDED
from generator.ecs.shapes import Shape, bundled, shape
from generator.model.findings import HERE, PARENT, Path, Problem
from generator.model.nodes import Value
from generator.rules.conforming import Checker, spell_range

CHECKER = Checker(bundled())
CONTAINER: Value = {"name": "app", "image": "app:v1"}
FIRST = ("containerDefinitions", 0)


def task(**members: Value) -> Value:
    return {"family": "app", "containerDefinitions": [CONTAINER], **members}


def container(**members: Value) -> Value:
    return task(containerDefinitions=[{**CONTAINER, **members}])


def explain(value: Value) -> tuple[Problem, ...]:
    """Explain a document; that the fast answer is the same is checked on the way."""
    explained = CHECKER.explain(value)
    assert CHECKER.accepts(value) is (not explained.problems)
    assert CHECKER.check(value) == explained
    return explained.problems


def read(value: Value) -> tuple[Problem, ...]:
    """Explain a document without the edits, which stand in the tests of helps."""
    return tuple(problem._replace(change=None) for problem in explain(value))


@pytest.mark.parametrize(
    "value",
    [
        task(),
        task(containerDefinitions=[]),
        task(containerDefinitions=[{"name": "app"}]),  # no image: E440
        task(volumes=[], placementConstraints=[], requiresCompatibilities=[], tags=[], inferenceAccelerators=[]),
        task(networkMode="none", pidMode="task", ipcMode="none"),
        task(requiresCompatibilities=["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]),
        task(cpu="whatever", memory=""),
        task(ephemeralStorage={"sizeInGiB": 21}),
        task(ephemeralStorage={"sizeInGiB": 200}),
        task(tags=[{"key": "k", "value": ""}, {"key": "k" * 500}, {"key": "K"}]),  # how long: E405
        task(family="A-z_0" * 51),
        task(volumes=[{"name": "a" * 255, "host": {}}, {"name": "b"}]),
        task(placementConstraints=[{"type": "memberOf"}]),  # no expression: E410
        container(mountPoints=[{"sourceVolume": "data"}], volumesFrom=[{"sourceContainer": "log"}]),
        container(systemControls=[{"namespace": "net.core.somaxconn", "value": ""}]),
        container(cpu=2**31 - 1, memory=2**31 - 1, stopTimeout=2**31 - 1),
        container(ulimits=[{"name": "memlock", "softLimit": -1, "hardLimit": -(2**31)}]),
        container(cpu=0, memory=0, essential=False, links=[], command=[], environment=[]),
        container(environment=[{"name": "EMPTY", "value": ""}], dockerLabels={"": "", "a.b": "x"}),
        container(startTimeout=2, stopTimeout=10**9),
        container(logConfiguration={"logDriver": "none"}),  # on Fargate: E455
        container(healthCheck={"command": [], "interval": 5, "timeout": 2, "retries": 1, "startPeriod": 0}),
        container(healthCheck={"command": [], "interval": 300, "timeout": 60, "retries": 10, "startPeriod": 300}),
        container(restartPolicy={"enabled": False, "restartAttemptPeriod": 60, "ignoredExitCodes": [0, -1]}),
        container(restartPolicy={"enabled": True, "restartAttemptPeriod": 1800}),
        container(linuxParameters={"swappiness": 0, "maxSwap": 0}),
        container(portMappings=[{"containerPort": 80, "hostPort": 0, "name": "_web-80"}, {}]),
        container(portMappings=[{"hostPort": 65535, "name": "a" * 64}]),
    ],
)
def test_passes(value: Value) -> None:
    assert explain(value) == ()


def problem(code: str, path: Path, message: str, help: str | None = None, *, key: bool = False) -> Problem:
    return Problem(code, path, message, (), help, key)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        # E301 to E306: members and types.
        (
            container(portMapping=[]),
            problem(
                "E301",
                (*FIRST, "portMapping"),
                f"`{PARENT}` has no member `portMapping`",
                "write `portMappings`",
                key=True,
            ),
        ),
        (
            task(Family="app"),
            problem(
                "E301",
                ("Family",),
                "a task definition has no member `Family`",
                "keep one of this and `family`",
                key=True,
            ),
        ),
        (
            container(command="nginx"),
            problem("E302", (*FIRST, "command"), f"`{HERE}` takes a list, not text", 'write a list: `["…"]`'),
        ),
        (task(runtimePlatform=[]), problem("E302", ("runtimePlatform",), f"`{HERE}` takes a mapping, not a list")),
        (task(family={}), problem("E302", ("family",), f"`{HERE}` takes text, not a mapping")),
        ([], problem("E302", (), "a task definition is a mapping, not a list")),
        (
            task(cpu=256),
            problem("E303", ("cpu",), f"`{HERE}` takes text, not a number", "put it in double quotes"),
        ),
        (
            container(memory="512"),
            problem("E303", (*FIRST, "memory"), f"`{HERE}` takes a whole number, not text", "write it without quotes"),
        ),
        (
            container(memory="512 MB"),
            problem("E303", (*FIRST, "memory"), f"`{HERE}` takes a whole number, not text"),
        ),
        (
            container(memory=512.0),
            problem("E303", (*FIRST, "memory"), f"`{HERE}` takes a whole number, not one with a decimal point"),
        ),
        (
            container(memory=True),
            problem("E303", (*FIRST, "memory"), f"`{HERE}` takes a whole number, not `true` or `false`"),
        ),
        (
            container(essential=1),
            problem("E303", (*FIRST, "essential"), f"`{HERE}` takes `true` or `false`, not a number"),
        ),
        (
            container(essential="true"),
            problem(
                "E303", (*FIRST, "essential"), f"`{HERE}` takes `true` or `false`, not text", "write it without quotes"
            ),
        ),
        (
            {"containerDefinitions": []},
            problem("E304", (), "the task definition has no `family`, which ECS requires", "add `family`"),
        ),
        (
            container(secrets=[{}]),
            problem(
                "E304",
                (*FIRST, "secrets", 0),
                f"`{HERE}` has no `name` and `valueFrom`, which ECS requires",
                "add `name` and `valueFrom`",
            ),
        ),
        (
            task(revision=3, status="ACTIVE"),
            problem(
                "E305",
                ("revision",),
                "`revision`, `status` are set by ECS and cannot be registered",
                "delete them: only the output of describe-task-definition has such members",
                key=True,
            ),
        ),
        (
            container(command=["a", None]),
            problem(
                "E306", (*FIRST, "command", 1), f"`{HERE}` is null, which ECS accepts for no member", "remove it"
            )._replace(cause="null"),
        ),
        # E307: the least that the model itself names.
        (task(tags=[{"key": ""}]), problem("E307", ("tags", 0, "key"), f"`{HERE}` is empty")),
        (
            container(resourceRequirements=[{"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 0}}}]),
            problem(
                "E307",
                (*FIRST, "resourceRequirements", 0, "sharingStrategy", "nvidiaMps", "memory"),
                f"`{HERE}` is 0, but ECS accepts 1 or more",
            ),
        ),
        # E401: words.
        (
            task(networkMode="awsVpc"),
            problem("E401", ("networkMode",), f"`{HERE}` is `awsVpc`, which ECS does not know", "write `awsvpc`"),
        ),
        (
            task(networkMode="default"),
            problem(
                "E401",
                ("networkMode",),
                f"`{HERE}` is `default`, which ECS does not know",
                "write one of `bridge`, `host`, `awsvpc`, `none`",
            ),
        ),
        (
            task(networkMode=""),
            problem("E401", ("networkMode",), f"`{HERE}` is empty", "write one of `bridge`, `host`, `awsvpc`, `none`"),
        ),
        (
            task(requiresCompatibilities=["EC2", "Fargate"]),
            problem(
                "E401",
                ("requiresCompatibilities", 1),
                f"`{HERE}` is `Fargate`, which ECS does not know",
                "write `FARGATE`",
            ),
        ),
        (
            task(runtimePlatform={"cpuArchitecture": "x86_64"}),
            problem(
                "E401",
                ("runtimePlatform", "cpuArchitecture"),
                f"`{HERE}` is `x86_64`, which ECS does not know",
                "write `X86_64`",
            ),
        ),
        (
            task(runtimePlatform={"cpuArchitecture": "amd64"}),  # ARM64 is nearer by its letters
            problem(
                "E401",
                ("runtimePlatform", "cpuArchitecture"),
                f"`{HERE}` is `amd64`, which ECS does not know",
                "write `X86_64`",
            ),
        ),
        (
            task(placementConstraints=[{"type": "distinctInstance"}]),
            problem(
                "E401",
                ("placementConstraints", 0, "type"),
                f"`{HERE}` is `distinctInstance`, which ECS does not know",
                "write `memberOf`",
            ),
        ),
        # E420: ranges.
        (
            task(ephemeralStorage={"sizeInGiB": 20}),
            problem("E420", ("ephemeralStorage", "sizeInGiB"), f"`{HERE}` is 20, but ECS accepts 21 to 200 GiB"),
        ),
        (
            container(healthCheck={"command": [], "interval": 301}),
            problem("E420", (*FIRST, "healthCheck", "interval"), f"`{HERE}` is 301, but ECS accepts 5 to 300 seconds"),
        ),
        (
            container(healthCheck={"command": [], "retries": 0}),
            problem("E420", (*FIRST, "healthCheck", "retries"), f"`{HERE}` is 0, but ECS accepts 1 to 10"),
        ),
        (
            container(healthCheck={"command": [], "interval": 10**12}),
            problem(
                "E420",
                (*FIRST, "healthCheck", "interval"),
                f"`{HERE}` is 1000000000000, but ECS accepts 5 to 300 seconds",
            ),
        ),
        (
            container(stopTimeout=1),
            problem("E420", (*FIRST, "stopTimeout"), f"`{HERE}` is 1, but ECS accepts 2 seconds or more"),
        ),
        (
            container(portMappings=[{"hostPort": 65536}]),
            problem("E420", (*FIRST, "portMappings", 0, "hostPort"), f"`{HERE}` is 65536, but ECS accepts 0 to 65535"),
        ),
        # E424: names.
        (
            task(family="app.dev"),
            problem("E424", ("family",), f"`{HERE}` is `app.dev`, but ECS accepts letters, digits, `-` and `_` only"),
        ),
        (task(family=""), problem("E424", ("family",), f"`{HERE}` is empty")),
        (
            task(family="a" * 256),
            problem("E424", ("family",), f"`{HERE}` has 256 characters, but ECS accepts 255", "shorten it"),
        ),
        (
            task(family="app\n"),
            problem("E424", ("family",), f"`{HERE}` is `app\n`, but ECS accepts letters, digits, `-` and `_` only"),
        ),
        (
            task(family="größe"),
            problem("E424", ("family",), f"`{HERE}` is `größe`, but ECS accepts letters, digits, `-` and `_` only"),
        ),
        (
            task(volumes=[{"name": "my data"}]),
            problem(
                "E424",
                ("volumes", 0, "name"),
                f"`{HERE}` is `my data`, but ECS accepts letters, digits, `-` and `_` only",
            ),
        ),
        (
            container(portMappings=[{"name": "Web"}]),
            problem(
                "E424",
                (*FIRST, "portMappings", 0, "name"),
                f"`{HERE}` is `Web`, but ECS accepts lower-case letters, digits, `_` and, but for the first, `-` only",
            ),
        ),
        (
            container(portMappings=[{"name": "a" * 65}]),
            problem(
                "E424",
                (*FIRST, "portMappings", 0, "name"),
                f"`{HERE}` has 65 characters, but ECS accepts 64",
                "shorten it",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Problem) -> None:
    assert read(value) == (said,)


def lacking(code: str, path: Path, name: str, demand: str = "which ECS requires") -> Problem:
    return Problem(code, path, f"`{HERE}` has no `{name}`, {demand}", (), f"add `{name}`", missing=name)


SAYS_NOTHING = "without which it has no meaning"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (task(containerDefinitions=[{}]), lacking("E470", FIRST, "name")),
        (task(containerDefinitions=[{"image": "app:v1"}]), lacking("E470", FIRST, "name")),
        (task(volumes=[{}]), lacking("E470", ("volumes", 0), "name")),
        (task(volumes=[{"host": {}}]), lacking("E470", ("volumes", 0), "name")),
        (task(volumes=[{"configuredAtLaunch": True}]), lacking("E470", ("volumes", 0), "name")),
        (container(environment=[{}]), lacking("E470", (*FIRST, "environment", 0), "name")),
        (container(environment=[{"value": "x"}]), lacking("E470", (*FIRST, "environment", 0), "name")),
        (
            task(proxyConfiguration={"containerName": "app", "properties": [{"value": "x"}]}),
            lacking("E470", ("proxyConfiguration", "properties", 0), "name"),
        ),
        (task(tags=[{}]), lacking("E470", ("tags", 0), "key")),
        (task(tags=[{"value": "shop"}]), lacking("E470", ("tags", 0), "key")),
        (
            container(mountPoints=[{"containerPath": "/data"}]),
            lacking("E470", (*FIRST, "mountPoints", 0), "sourceVolume"),
        ),
        (container(volumesFrom=[{"readOnly": True}]), lacking("E470", (*FIRST, "volumesFrom", 0), "sourceContainer")),
        (
            container(systemControls=[{"namespace": "net.core.somaxconn"}]),
            lacking("W627", (*FIRST, "systemControls", 0), "value", SAYS_NOTHING),
        ),
        (
            container(systemControls=[{"value": "1024"}]),
            lacking("W627", (*FIRST, "systemControls", 0), "namespace", SAYS_NOTHING),
        ),
        (
            task(placementConstraints=[{"expression": "task:group == a"}]),
            lacking("W627", ("placementConstraints", 0), "type", SAYS_NOTHING),
        ),
    ],
)
def test_what_ecs_demands_beyond_the_model_is_missed(value: Value, said: Problem) -> None:
    assert explain(value) == (said,)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (container(mountPoints=[{"sourceVolume": ""}]), (*FIRST, "mountPoints", 0, "sourceVolume")),
        (container(volumesFrom=[{"sourceContainer": ""}]), (*FIRST, "volumesFrom", 0, "sourceContainer")),
        (
            container(dependsOn=[{"containerName": "", "condition": "START"}]),
            (*FIRST, "dependsOn", 0, "containerName"),
        ),
        (
            container(extraHosts=[{"hostname": "", "ipAddress": "10.0.0.9"}]),
            (*FIRST, "extraHosts", 0, "hostname"),
        ),
        (container(extraHosts=[{"hostname": "db", "ipAddress": ""}]), (*FIRST, "extraHosts", 0, "ipAddress")),
        (
            container(linuxParameters={"devices": [{"hostPath": ""}]}),
            (*FIRST, "linuxParameters", "devices", 0, "hostPath"),
        ),
        (
            task(volumes=[{"name": "a", "efsVolumeConfiguration": {"fileSystemId": ""}}]),
            ("volumes", 0, "efsVolumeConfiguration", "fileSystemId"),
        ),
        (task(volumes=[{"name": "a", "host": {"sourcePath": ""}}]), ("volumes", 0, "host", "sourcePath")),
        (task(proxyConfiguration={"containerName": ""}), ("proxyConfiguration", "containerName")),
    ],
)
def test_an_empty_name_is_reported(value: Value, path: Path) -> None:
    assert explain(value) == (problem("E470", path, f"`{HERE}` is empty, and ECS requires a name there"),)


@pytest.mark.parametrize(
    "value",
    [
        container(mountPoints=[{"sourcevolume": "data"}]),
        task(tags=[{"Key": "team"}]),
        task(containerDefinitions=[{"nmae": "app"}]),
    ],
)
def test_a_name_that_may_only_be_misspelt_is_not_missed(value: Value) -> None:
    assert [problem.code for problem in explain(value)] == ["E301"]


def test_a_null_is_no_missing_name() -> None:
    assert [problem.code for problem in explain(task(tags=[{"key": None}]))] == ["E306"]


@pytest.mark.parametrize(
    ("value", "path", "given", "end"),
    [
        (container(cpu=2**31), (*FIRST, "cpu"), "2147483648", "2147483647 at most"),
        (container(memory=10**12), (*FIRST, "memory"), "1000000000000", "2147483647 at most"),
        (container(stopTimeout=10**40), (*FIRST, "stopTimeout"), "a number of 41 digits", "2147483647 at most"),
        (
            container(portMappings=[{"containerPort": 2**32 + 80}]),
            (*FIRST, "portMappings", 0, "containerPort"),
            "4294967376",
            "2147483647 at most",
        ),
        (
            container(restartPolicy={"enabled": True, "ignoredExitCodes": [-(2**31) - 1]}),
            (*FIRST, "restartPolicy", "ignoredExitCodes", 0),
            "-2147483649",
            "-2147483648 at least",
        ),
        (
            container(ulimits=[{"name": "memlock", "softLimit": 2**63 - 1, "hardLimit": -1}]),
            (*FIRST, "ulimits", 0, "softLimit"),
            "9223372036854775807",
            "2147483647 at most",
        ),
        (
            container(resourceRequirements=[{"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 2**31}}}]),
            (*FIRST, "resourceRequirements", 0, "sharingStrategy", "nvidiaMps", "memory"),
            "2147483648",
            "2147483647 at most",
        ),
    ],
)
def test_a_number_of_more_than_32_bits_fails(value: Value, path: Path, given: str, end: str) -> None:
    message = f"`{HERE}` is {given}, but ECS accepts {end}: its whole numbers have 32 bits"
    assert explain(value) == (problem("E420", path, message),)


def test_all_that_is_wrong_is_told() -> None:
    value = task(familie="x", cpu=1, networkMode="x", containerDefinitions=[{"name": 1}, [], {"memory": "1"}])
    assert [(problem.code, problem.path) for problem in explain(value)] == [
        ("E303", ("containerDefinitions", 0, "name")),
        ("E302", ("containerDefinitions", 1)),
        ("E303", ("containerDefinitions", 2, "memory")),
        ("E470", ("containerDefinitions", 2)),
        ("E303", ("cpu",)),
        ("E401", ("networkMode",)),
        ("E301", ("familie",)),
    ]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (task(cpu=1, memory="1"), task(memory="1")),
        (task(containerDefinitions=[CONTAINER, 1, CONTAINER]), task(containerDefinitions=[CONTAINER, {}, CONTAINER])),
        (task(requiresCompatibilities=["EC2", "ec2"]), task()),
        (container(dockerLabels={"a": "x", "b": 1}), container(dockerLabels={"a": "x"})),
        (container(name="app.dev"), container(name="app.dev")),  # so that what refers to it still finds it
        (container(stopTimeout=1), container()),
        ([], {}),
        (None, {}),
    ],
)
def test_what_is_wrong_is_taken_out_and_items_keep_their_number(value: Value, kept: Value) -> None:
    assert CHECKER.check(value).document == kept


def test_a_right_document_is_given_back_itself() -> None:
    value = task()
    assert CHECKER.check(value).document is value


def test_members_that_the_settings_admit_pass_anywhere_and_unchecked() -> None:
    checker = Checker(bundled(), ("brandNew",))
    value = container(brandNew=None, secrets=[{"name": "A", "valueFrom": "b", "brandNew": [1.5]}])
    assert checker.accepts(value)
    assert checker.explain(value) == (value, ())
    assert not CHECKER.accepts(value)


@pytest.mark.parametrize("member", [*RANGES, *CHARACTERS])
def test_every_limit_is_of_a_member_that_there_is(member: tuple[str, str]) -> None:
    structure, name = member
    wanted = "integer" if member in RANGES else "string"
    assert shape(shape(structure).members[name]).type == wanted


def test_every_name_that_is_demanded_is_a_text_that_the_model_does_not_require() -> None:
    demanded = [(structure, name) for structure, names in NEEDED.items() for name in names]
    assert {shape(shape(structure).members[name]).type for structure, name in (*demanded, *NAMING)} <= {"string"}
    assert [(structure, name) for structure, name in demanded if name in shape(structure).required] == []


@pytest.mark.parametrize(("member", "limit"), RANGES.items())
def test_a_range_ends_where_it_says(member: tuple[str, str], limit: Range) -> None:
    structure, name = member
    inside = [limit.least, limit.least + 1, *([] if limit.most is None else [limit.most])]
    outside = [limit.least - 1, *([] if limit.most is None else [limit.most + 1])]
    assert [explain(wrap(structure, {name: value})) for value in inside] == [()] * len(inside)
    codes = [[problem.code for problem in explain(wrap(structure, {name: value}))] for value in outside]
    minimum = shape(shape(structure).members[name]).minimum
    assert codes == [["E307" if minimum and value < minimum else "E420"] for value in outside]


def wrap(structure: str, members: Value) -> Value:
    """Put members of a structure into a document: what its path needs beside them is added."""
    plain: Value = {"string": "x", "integer": 60, "boolean": True, "list": []}

    def fill(wanted: Shape) -> Value:
        needed = (*wanted.required, *NEEDED.get(wanted.name, ()))
        return {name: plain[bundled().shape(wanted.members[name]).type] for name in needed}

    def find(wanted: Shape) -> Value | None:
        if wanted.name == structure:
            return {**fill(wanted), **members}
        for name, child in wanted.members.items():
            inner = bundled().shape(child)
            item = bundled().shape(inner.member) if inner.type == "list" else inner
            found = find(item) if item.type == "structure" else None
            if found is not None:
                others = {"type": "GPU"} if wanted.name == "ResourceRequirement" else fill(wanted)
                return {**others, name: [found] if inner.type == "list" else found}
        return None

    return cast("Value", find(bundled().task_definition))


@pytest.mark.parametrize("meant", MEANT.values())
def test_every_word_that_is_meant_is_one_of_the_model(meant: str) -> None:
    words = {word for name in ("CPUArchitecture", "ContainerCondition") for word in shape(name).enum}
    assert meant in words


def test_ranges_are_spelt() -> None:
    assert spell_range(Range(1, 10)) == "1 to 10"
    assert spell_range(Range(2, None, "seconds")) == "2 seconds or more"
