"""What the schema of patches admits, and what it names in those that are wrong."""

from __future__ import annotations

import pytest

from generator.ecs.lists import ROWS
from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.nodes import Value
from generator.model.project import Settings
from tests.schemas import find_faults, make_validator, read_core

CONTAINER = "containerDefinitions: {{web: {{{}}}}}"

RIGHT = [
    "",
    "null",
    "{cpu: 256, memory: '512', family: 1.10, pidMode: null, cpu: 1 vCPU, taskRoleArn: true}",
    "{enableFaultInjection: 'true', ephemeralStorage: {sizeInGiB: '30'}}",
    "containerDefinitions: null",
    "containerDefinitions: {web: null, log: {$replace: true, image: a}, side: {$add: first}, more: {$add: {before: web}}}",
    "containerDefinitions: [{name: web, image: a}, {name: log, $add: true}]",
    "containerDefinitions: {$replace: true, web: {image: a}}",
    "containerDefinitions: {$replace: [{name: web}]}",
    "containerDefinitions: {$$odd: {image: a}}",
    "volumes: {data: {host: null, efsVolumeConfiguration: {fileSystemId: fs-1}}}",
    "requiresCompatibilities: {$append: [EC2], $remove: [FARGATE]}",
    "requiresCompatibilities: {$replace: []}",
    "placementConstraints: [{type: memberOf, expression: {$render: '{{ a }}'}}]",
    "tags: {team: web, cost: 12, old: null, new: {value: x}}",
    "cpu: {$render: '{{ cpu }}'}",
    "networkMode: {$render: '{{ mode }}'}",
    "containerDefinitions: {$render: '{{ all }}'}",
    "containerDefinitions: {$replace: {$render: '{{ all }}'}}",
    "requiresCompatibilities: {$append: {$render: '{{ types }}'}}",
    CONTAINER.format("portMappings: {8080: {hostPort: 80}, 53/udp: {}, 8000-8010: null, 9000-9010/tcp: {name: a}}"),
    CONTAINER.format("portMappings: [{containerPort: 80, protocol: udp}]"),
    CONTAINER.format("environment: {A: x, B: 1, C: true, D: 1.10, E: null, F: {value: x}, $$G: x}"),
    CONTAINER.format("environment: [{name: A, value: 1}]"),
    CONTAINER.format("secrets: {A: {$render: '{{ secret(a) }}'}}"),
    CONTAINER.format("dependsOn: {db: HEALTHY, log: {condition: START}}"),
    CONTAINER.format("resourceRequirements: {GPU: 1}"),
    CONTAINER.format("ulimits: {nofile: {softLimit: 1, hardLimit: 2}}"),
    CONTAINER.format("dockerLabels: {a.b: x, 8080: y, $replace: true, $$c: z}"),
    CONTAINER.format("command: [a, 1, true], entryPoint: {$prepend: [a]}, essential: false"),
    CONTAINER.format("restartPolicy: {ignoredExitCodes: [1, '2']}"),
    CONTAINER.format("logConfiguration: {logDriver: none, options: {a: b}}"),
]
"""Patches that the program takes, as far as one file shows that."""


@pytest.mark.parametrize("text", RIGHT)
def test_a_patch_that_may_be_right_is_admitted(text: str) -> None:
    for kind in ("overlay", "task"):
        assert find_faults(kind, {"patch": read_core(text)}) == []
    assert find_faults("overlay", {"tasks": {"web": {"patch": read_core(text)}}}) == []


UNEXPECTED = "Additional properties are not allowed ('{}' was unexpected)"
REFUSED = "False schema does not allow {!r}"

WRONG = [
    ("desiredCount: 2", f": {UNEXPECTED.format('desiredCount')}"),
    ("$replace: true", f": {UNEXPECTED.format('$replace')}"),
    ("containerDefinitions: {web: {comand: []}}", f"containerDefinitions.web: {UNEXPECTED.format('comand')}"),
    ("containerDefinitions: {web: {$repalce: true}}", f"containerDefinitions.web: {UNEXPECTED.format('$repalce')}"),
    ("containerDefinitions: {web: {$$image: a}}", f"containerDefinitions.web: {UNEXPECTED.format('$$image')}"),
    ("containerDefinitions: {$ad: true}", f"containerDefinitions: {REFUSED.format(True)}"),
    ("containerDefinitions: {$append: []}", f"containerDefinitions: {REFUSED.format([])}"),
    ("containerDefinitions: {web: image}", "containerDefinitions.web: 'image' is not of type 'object', 'null'"),
    (
        "containerDefinitions: {$replace: false}",
        "containerDefinitions.$replace: False is not one of [True, 'true', None]",
    ),
    (
        "containerDefinitions: {web: {$add: last}}",
        "containerDefinitions.web.$add: 'last' is not one of [True, 'true', 'first', None]",
    ),
    (
        "containerDefinitions: {web: {$add: {below: log}}}",
        f"containerDefinitions.web.$add: {UNEXPECTED.format('below')}",
    ),
    ("containerDefinitions: [{nmae: web}]", f"containerDefinitions.0: {UNEXPECTED.format('nmae')}"),
    ("volumes: {data: {efs: {}}}", f"volumes.data: {UNEXPECTED.format('efs')}"),
    ("networkMode: awsvpv", "networkMode: 'awsvpv' is not valid under any of the given schemas"),
    ("enableFaultInjection: yes", "enableFaultInjection: 'yes' is not one of [True, False, 'true', 'false', None]"),
    ("ephemeralStorage: {sizeInGiB: 30 GiB}", "ephemeralStorage.sizeInGiB: '30 GiB' does not match '^-?[0-9]+$'"),
    ("requiresCompatibilities: FARGATE", "requiresCompatibilities: 'FARGATE' is not of type 'array', 'object', 'null'"),
    ("requiresCompatibilities: {$apend: [EC2]}", f"requiresCompatibilities: {UNEXPECTED.format('$apend')}"),
    (
        "requiresCompatibilities: {$append: EC2}",
        "requiresCompatibilities.$append: 'EC2' is not of type 'array', 'object'",
    ),
    ("cpu: {$rendr: a}", f"cpu: {UNEXPECTED.format('$rendr')}"),
    ("cpu: [256]", "cpu: [256] is not of type 'string', 'number', 'boolean', 'object', 'null'"),
    ("placementConstraints: [{$replace: true}]", f"placementConstraints.0: {UNEXPECTED.format('$replace')}"),
]
"""Patches that are wrong, and what is said of each, below `patch`."""

IN_CONTAINER = [
    ("portMappings: {http: {}}", f"portMappings: {REFUSED.format({})}"),
    ("portMappings: {80/sctp: {}}", f"portMappings: {REFUSED.format({})}"),
    ("portMappings: {80: 8080}", "portMappings.80: 8080 is not of type 'object', 'null'"),
    ("environment: {$remove: [A]}", f"environment: {REFUSED.format(['A'])}"),
    ("environment: {A: [x]}", "environment.A: ['x'] is not of type 'object', 'string', 'number', 'boolean', 'null'"),
    ("environment: {A: {vlaue: x}}", f"environment.A: {UNEXPECTED.format('vlaue')}"),
    ("environment: [{name: A, valueFrom: x}]", f"environment.0: {UNEXPECTED.format('valueFrom')}"),
    ("environment: [A]", "environment.0: 'A' is not of type 'object', 'null'"),
    ("secrets: {A: {value: x}}", f"secrets.A: {UNEXPECTED.format('value')}"),
    ("dependsOn: {db: HELTHY}", "dependsOn.db: 'HELTHY' is not valid under any of the given schemas"),
    ("dockerLabels: {a: [x]}", "dockerLabels.a: ['x'] is not of type 'string', 'number', 'boolean', 'object', 'null'"),
    ("dockerLabels: {$add: x}", f"dockerLabels: {REFUSED.format('x')}"),
    ("command: {0: a}", f"command: {UNEXPECTED.format('0')}"),
    ("healthCheck: {test: [CMD]}", f"healthCheck: {UNEXPECTED.format('test')}"),
    ("ulimits: {nofile: {softLimit: many}}", "ulimits.nofile.softLimit: 'many' does not match '^-?[0-9]+$'"),
    ("$id: web", f": {UNEXPECTED.format('$id')}"),
]
"""Members of the container `web` that are wrong, and what is said of each, below it."""


@pytest.mark.parametrize(("text", "fault"), WRONG)
def test_what_is_wrong_in_a_patch_is_named(text: str, fault: str) -> None:
    found = find_faults("overlay", {"patch": read_core(text)})
    assert [each.removeprefix("patch").removeprefix(".") for each in found] == [fault]


@pytest.mark.parametrize(("text", "fault"), IN_CONTAINER)
def test_what_is_wrong_in_a_container_is_named(text: str, fault: str) -> None:
    found = find_faults("overlay", {"patch": read_core(CONTAINER.format(text))})
    assert [each.removeprefix("patch.containerDefinitions.web").removeprefix(".") for each in found] == [fault]


ADMITTING = Settings(allow_members=("warmPool", "$odd"))


def test_members_that_the_settings_admit_are_admitted_wherever_they_stand() -> None:
    patch = read_core("{warmPool: {a: [null]}, containerDefinitions: {web: {warmPool: 1, $$odd: 2, image: a}}}")
    assert find_faults("overlay", {"patch": patch}, ADMITTING) == []
    assert len(find_faults("overlay", {"patch": patch})) == 2
    assert find_faults("overlay", {"patch": {"$odd": 1}}, ADMITTING) == [f"patch: {UNEXPECTED.format('$odd')}"]


@pytest.mark.parametrize(
    "settings", [Settings(levels=(("E401", "off"),)), Settings(environment_levels=(("dev", (("E401", "warning"),)),))]
)
def test_any_word_is_admitted_where_the_settings_admit_words_that_ecs_does_not_list(settings: Settings) -> None:
    patch = read_core("{networkMode: future, containerDefinitions: {web: {dependsOn: {db: LATER}}}}")
    assert find_faults("overlay", {"patch": patch}, settings) == []
    assert len(find_faults("overlay", {"patch": patch})) == 2


def list_structures(wanted: Shape) -> set[str]:
    """List the structures that a shape holds, itself too."""
    own = {wanted.name} if wanted.type == "structure" else set()
    below = [shape(name) for name in (*wanted.members.values(), *([wanted.member] if wanted.member else ()))]
    return own.union(*(list_structures(each) for each in below))


def test_every_member_of_every_structure_is_completed_and_described_with_its_link() -> None:
    definitions: Value = make_validator("overlay").schema["definitions"]
    root = task_definition()
    for name in list_structures(root):
        members = definitions["Patch" if name == root.name else name]["properties"]
        assert set(shape(name).members) == {each for each in members if not each.startswith("$")}
        for member in shape(name).members:
            assert "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_" in members[member]["description"]


def test_nothing_but_a_description_stands_beside_a_reference_and_no_keyword_that_a_consumer_refuses_is_used() -> None:
    used: set[str] = set()

    def walk(schema: Value, *, names: bool = False) -> None:
        if isinstance(schema, list):
            for each in schema:
                walk(each)
        elif isinstance(schema, dict):
            used.update(() if names else schema)
            assert "$ref" not in schema or {*schema} <= {"$ref", "description"}
            for key, child in schema.items():
                walk(child, names=not names and key in ("properties", "patternProperties", "definitions"))

    for kind in ("overlay", "task", "settings", "task-definition"):
        walk(dict(make_validator(kind).schema))
    assert used <= {
        *("$schema", "$comment", "$ref", "definitions", "description", "default", "examples"),
        *("type", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"),
        *("properties", "patternProperties", "additionalProperties", "required", "minProperties", "maxProperties"),
        *("items", "if", "then", "else", "anyOf"),
    }


def test_there_is_a_row_for_every_list_so_that_every_list_has_a_form() -> None:
    definitions: Value = make_validator("overlay").schema["definitions"]
    for structure, member in ROWS:
        form = definitions[shape(structure).members[member]]
        assert form["type"] == (
            ["object", "array", "null"] if ROWS[structure, member].identity else ["array", "object", "null"]
        )
