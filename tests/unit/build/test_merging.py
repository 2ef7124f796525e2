"""How an overlay's patch merges into a template: what stays, what changes, what is refused, in both forms of every kind of list."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from generator.build.merging import merge_layer, view_document, view_patch
from generator.model.nodes import Value
from tests.support import merge_texts, read_json, read_yaml


def task(**members: Value) -> Value:
    return {"family": "app", **members}


def container(**members: Value) -> Value:
    return task(containerDefinitions=[{"name": "app", "image": "app:1", **members}])


def patch_container(text: str) -> str:
    indented = "\n".join("    " + line for line in text.splitlines())
    return f"containerDefinitions:\n  app:\n{indented}"


MERGES = {
    "a scalar is replaced": (task(cpu="256"), "cpu: 512", task(cpu="512")),
    "an absent scalar is set": (task(), "cpu: 512", task(cpu="512")),
    "a member is deleted by null": (task(cpu="256"), "cpu: null", task()),
    "a quoted null is text": (task(pidMode="host"), 'pidMode: "null"', task(pidMode="null")),
    "a mapping merges member by member": (
        task(runtimePlatform={"cpuArchitecture": "ARM64"}),
        "runtimePlatform: {operatingSystemFamily: LINUX}",
        task(runtimePlatform={"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}),
    ),
    "an absent mapping is added": (
        task(),
        "runtimePlatform: {cpuArchitecture: ARM64}",
        task(runtimePlatform={"cpuArchitecture": "ARM64"}),
    ),
    "an empty mapping is a value": (task(), "runtimePlatform: {}", task(runtimePlatform={})),
    "an empty mapping merged into one changes nothing": (
        task(runtimePlatform={"cpuArchitecture": "ARM64"}),
        "runtimePlatform: {}",
        task(runtimePlatform={"cpuArchitecture": "ARM64"}),
    ),
    "$replace takes a mapping whole": (
        task(runtimePlatform={"cpuArchitecture": "ARM64"}),
        "runtimePlatform: {$replace: true, operatingSystemFamily: LINUX}",
        task(runtimePlatform={"operatingSystemFamily": "LINUX"}),
    ),
    "a plain list is replaced": (
        container(command=["a", "b"]),
        patch_container("command: [c]"),
        container(command=["c"]),
    ),
    "an empty plain list is a value": (container(command=["a"]), patch_container("command: []"), container(command=[])),
    "$replace empties a keyed list": (
        container(environment=[{"name": "A", "value": "1"}]),
        patch_container("environment: {$replace: []}"),
        container(environment=[]),
    ),
    "an empty keyed list is added as it is": (
        container(),
        patch_container("environment: []"),
        container(environment=[]),
    ),
    "a plain list is edited: $remove, then $prepend, then $append": (
        container(command=["a", "b"]),
        patch_container("command: {$append: [b], $prepend: [x, a], $remove: [a, b]}"),
        container(command=["x", "a", "b"]),
    ),
    "$replace of a plain list": (
        container(command=["a"]),
        patch_container("command: {$replace: [z]}"),
        container(command=["z"]),
    ),
    "$append makes an absent list": (container(), patch_container("command: {$append: [z]}"), container(command=["z"])),
    "a set is ordered and loses doubles": (
        task(requiresCompatibilities=["FARGATE", "EC2", "FARGATE"]),
        "{}",
        task(requiresCompatibilities=["EC2", "FARGATE"]),
    ),
    "a list of numbers is ordered by number": (
        container(restartPolicy={"enabled": True, "ignoredExitCodes": [137, 2, 10]}),
        "{}",
        container(restartPolicy={"enabled": True, "ignoredExitCodes": [2, 10, 137]}),
    ),
    "environment: list form": (
        container(environment=[{"name": "B", "value": "1"}]),
        patch_container("environment: [{name: A, value: 0}, {name: B, value: 2}]"),
        container(environment=[{"name": "A", "value": "0"}, {"name": "B", "value": "2"}]),
    ),
    "environment: map form, bare values, deletion": (
        container(environment=[{"name": "B", "value": "1"}, {"name": "OLD", "value": "x"}]),
        patch_container("environment: {A: NO, B: 1.10, OLD: null}"),
        container(environment=[{"name": "A", "value": "NO"}, {"name": "B", "value": "1.10"}]),
    ),
    "environment: map form with items": (
        container(environment=[{"name": "B", "value": "1"}]),
        patch_container("environment: {A: {value: x}, B: {name: B, value: y}}"),
        container(environment=[{"name": "A", "value": "x"}, {"name": "B", "value": "y"}]),
    ),
    "environment: $replace with a list": (
        container(environment=[{"name": "B", "value": "1"}]),
        patch_container("environment: {$replace: [{name: Z, value: z}]}"),
        container(environment=[{"name": "Z", "value": "z"}]),
    ),
    "environment: $replace in the map form": (
        container(environment=[{"name": "B", "value": "1"}]),
        patch_container("environment: {$replace: true, Z: z}"),
        container(environment=[{"name": "Z", "value": "z"}]),
    ),
    "a key that begins with $$ loses one and is data": (
        container(dockerLabels={"$a": "1"}),
        patch_container("dockerLabels: {$$a: 2, $$$b: 3}"),
        container(dockerLabels={"$$b": "3", "$a": "2"}),
    ),
    "a map's keys are data": (
        container(dockerLabels={"Name": "a", "old": "x"}),
        patch_container("dockerLabels: {name: b, com.example/x: 5, old: null}"),
        container(dockerLabels={"Name": "a", "com.example/x": "5", "name": "b"}),
    ),
    "a port is found by number and protocol": (
        container(portMappings=[{"containerPort": 53, "protocol": "udp"}, {"containerPort": 53, "protocol": "tcp"}]),
        patch_container('portMappings: {"53/udp": {name: dns}, 53: {name: dns-tcp}, "8000-8010/udp": {}, 80: {}}'),
        container(
            portMappings=[
                {"containerPort": 53, "protocol": "tcp", "name": "dns-tcp"},
                {"containerPort": 53, "protocol": "udp", "name": "dns"},
                {"containerPort": 80},
                {"containerPortRange": "8000-8010", "protocol": "udp"},
            ]
        ),
    ),
    "a port without protocol is tcp, and a key does not write that": (
        container(portMappings=[{"containerPort": 80}]),
        patch_container("portMappings: {80/tcp: {hostPort: 0}}"),
        container(portMappings=[{"containerPort": 80, "hostPort": 0}]),
    ),
    "a member writes the protocol of a port": (
        container(portMappings=[{"containerPort": 80}, {"containerPort": 90}]),
        patch_container("portMappings: {80/tcp: {protocol: tcp}, 90: {protocol: tcp}}"),
        container(portMappings=[{"containerPort": 80, "protocol": "tcp"}, {"containerPort": 90, "protocol": "tcp"}]),
    ),
    "an item of a list writes the protocol of a port": (
        container(portMappings=[{"containerPort": 80}]),
        patch_container("portMappings: [{containerPort: 80, protocol: tcp, hostPort: 0}]"),
        container(portMappings=[{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}]),
    ),
    "an item that is replaced keeps the protocol that is written": (
        container(portMappings=[{"containerPort": 80, "hostPort": 1}]),
        patch_container("portMappings: {80/tcp: {$replace: true, protocol: tcp}}"),
        container(portMappings=[{"containerPort": 80, "protocol": "tcp"}]),
    ),
    "a device gets the path in the container by which it is found": (
        container(linuxParameters={"devices": [{"hostPath": "/dev/a"}]}),
        patch_container("linuxParameters: {devices: {/dev/a: {containerPath: /dev/a}}}"),
        container(linuxParameters={"devices": [{"hostPath": "/dev/a", "containerPath": "/dev/a"}]}),
    ),
    "a device's host path is payload beside a container path": (
        container(linuxParameters={"devices": [{"hostPath": "/dev/a", "containerPath": "/dev/x"}]}),
        patch_container("linuxParameters: {devices: [{containerPath: /dev/x, hostPath: /dev/b}]}"),
        container(linuxParameters={"devices": [{"hostPath": "/dev/b", "containerPath": "/dev/x"}]}),
    ),
    "a container is found by its $id, and keeps its name": (
        task(containerDefinitions=[{"$id": "app", "name": "app-dev", "image": "a"}]),
        "containerDefinitions: [{name: app, image: b}]",
        task(containerDefinitions=[{"name": "app-dev", "image": "b"}]),
    ),
    "a container is added by $add, after those that are there": (
        container(),
        "containerDefinitions: {sidecar: {$add: true, image: s}}",
        task(containerDefinitions=[{"name": "app", "image": "app:1"}, {"name": "sidecar", "image": "s"}]),
    ),
    "a container is deleted": (
        task(containerDefinitions=[{"name": "a", "image": "a"}, {"name": "b", "image": "b"}]),
        "containerDefinitions: {b: null}",
        task(containerDefinitions=[{"name": "a", "image": "a"}]),
    ),
    "a container is taken whole": (
        container(cpu=5),
        "containerDefinitions: {app: {$replace: true, image: b}}",
        task(containerDefinitions=[{"name": "app", "image": "b"}]),
    ),
    "all containers are taken whole, without $add": (
        container(cpu=5),
        "containerDefinitions: {$replace: [{name: z, image: z}]}",
        task(containerDefinitions=[{"name": "z", "image": "z"}]),
    ),
    "a variable moves to secrets": (
        container(environment=[{"name": "A", "value": "x"}, {"name": "B", "value": "y"}]),
        patch_container("secrets: {A: arn}"),
        container(environment=[{"name": "B", "value": "y"}], secrets=[{"name": "A", "valueFrom": "arn"}]),
    ),
    "a secret moves to the environment, and the list it empties goes": (
        container(secrets=[{"name": "A", "valueFrom": "arn"}]),
        patch_container("environment: {A: plain}"),
        container(environment=[{"name": "A", "value": "plain"}]),
    ),
    "a variable deleted and set as a secret in one layer": (
        container(environment=[{"name": "A", "value": "x"}]),
        patch_container("environment: {A: null}\nsecrets: {A: arn}"),
        container(environment=[], secrets=[{"name": "A", "valueFrom": "arn"}]),
    ),
    "a volume changes its kind": (
        task(volumes=[{"name": "data", "host": {"sourcePath": "/x"}}]),
        "volumes: {data: {efsVolumeConfiguration: {fileSystemId: fs-1}}}",
        task(volumes=[{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]),
    ),
    "a shared GPU becomes an assigned one": (
        container(resourceRequirements=[{"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 512}}}]),
        patch_container("resourceRequirements: {GPU: '2'}"),
        container(resourceRequirements=[{"type": "GPU", "value": "2"}]),
    ),
    "an assigned GPU becomes a shared one": (
        container(resourceRequirements=[{"type": "GPU", "value": "2"}]),
        patch_container("resourceRequirements: [{type: GPU, sharingStrategy: {nvidiaMps: {memory: 512}}}]"),
        container(resourceRequirements=[{"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 512}}}]),
    ),
    "the share of a GPU merges into the one below": (
        container(resourceRequirements=[{"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 512}}}]),
        patch_container("resourceRequirements: {GPU: {sharingStrategy: {nvidiaMps: {maxComputePercent: 50}}}}"),
        container(
            resourceRequirements=[
                {"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 512, "maxComputePercent": 50}}}
            ]
        ),
    ),
    "an empty host is a kind of volume": (
        task(volumes=[{"name": "data", "dockerVolumeConfiguration": {"scope": "task"}}]),
        "volumes: {data: {host: {}}}",
        task(volumes=[{"name": "data", "host": {}}]),
    ),
    "a changed log driver drops the options of the old one": (
        container(logConfiguration={"logDriver": "awslogs", "options": {"awslogs-group": "g"}}),
        patch_container("logConfiguration: {logDriver: splunk, options: {splunk-url: u, awslogs-group: null}}"),
        container(logConfiguration={"logDriver": "splunk", "options": {"splunk-url": "u"}}),
    ),
    "the same log driver keeps its options": (
        container(logConfiguration={"logDriver": "awslogs", "options": {"awslogs-group": "g"}}),
        patch_container("logConfiguration: {logDriver: awslogs, options: {mode: blocking}}"),
        container(logConfiguration={"logDriver": "awslogs", "options": {"awslogs-group": "g", "mode": "blocking"}}),
    ),
    "options without a driver merge": (
        container(logConfiguration={"logDriver": "awslogs", "options": {"awslogs-group": "g"}}),
        patch_container("logConfiguration: {options: {awslogs-group: h}}"),
        container(logConfiguration={"logDriver": "awslogs", "options": {"awslogs-group": "h"}}),
    ),
    "a changed firelens type drops its options": (
        container(firelensConfiguration={"type": "fluentd", "options": {"a": "b"}}),
        patch_container("firelensConfiguration: {type: fluentbit}"),
        container(firelensConfiguration={"type": "fluentbit"}),
    ),
    "two hosts of one name stand, and $replace touches them": (
        container(extraHosts=[{"hostname": "h", "ipAddress": "1"}, {"hostname": "h", "ipAddress": "::1"}]),
        patch_container("extraHosts: {$replace: [{hostname: h, ipAddress: 2}]}"),
        container(extraHosts=[{"hostname": "h", "ipAddress": "2"}]),
    ),
    "a size in GB and vCPU becomes MiB and units": (
        task(),
        "{cpu: .5 vCPU, memory: 1 GB}",
        task(cpu="512", memory="1024"),
    ),
}


@pytest.mark.parametrize(("template", "patch", "expected"), MERGES.values(), ids=MERGES.keys())
def test_patch_gives(template: Value, patch: str, expected: Value) -> None:
    assert merge_texts(template, patch) == (expected, ())


TWICE = [{"hostname": "h", "ipAddress": "1"}, {"hostname": "h", "ipAddress": "::1"}]
REFUSED = {
    "a mapping for a scalar": (task(cpu="1"), "cpu: {a: 1}", ["E203 `cpu` is text, but this layer has a mapping"]),
    "a list for a scalar": (task(cpu="1"), "cpu: [1]", ["E203 `cpu` is text, but this layer has a list"]),
    "a scalar for a mapping": (
        task(runtimePlatform={}),
        "runtimePlatform: x",
        ["E203 `runtimePlatform` is a mapping, but this layer has a plain value"],
    ),
    "a scalar for a keyed list": (
        container(),
        "containerDefinitions: x",
        ["E203 `containerDefinitions` is a list, but this layer has a plain value"],
    ),
    "a list for a mapping": (
        task(runtimePlatform={}),
        "runtimePlatform: []",
        ["E203 `runtimePlatform` is a mapping, but this layer has a list"],
    ),
    "a mapping for a plain list": (
        container(command=["a"]),
        patch_container("command: {a: b}"),
        [
            "E203 `containerDefinitions[app].command` is a plain list, so a mapping for it holds only list directives, not `a`"
        ],
    ),
    "nothing to delete": (task(), "cpu: null", ["E202 there is no `cpu` to delete"]),
    "no item to delete": (
        container(environment=[]),
        patch_container("environment: {A: null}"),
        ["E202 `containerDefinitions[app].environment` has no `A` to delete"],
    ),
    "no item to remove": (
        container(command=["a"]),
        patch_container("command: {$remove: [b]}"),
        ["E202 `containerDefinitions[app].command` has no such item to remove"],
    ),
    "null inside what is added": (
        task(),
        "runtimePlatform: {cpuArchitecture: null}",
        ["E202 there is no `runtimePlatform.cpuArchitecture` to delete"],
    ),
    "a container that is not there": (
        container(),
        "containerDefinitions: {ap: {image: b}}",
        ["E201 `containerDefinitions` has no `ap`"],
    ),
    "a volume that is not there": (task(), "volumes: {data: {host: {}}}", ["E201 `volumes` has no `data`"]),
    "a container to add that is there": (
        container(),
        "containerDefinitions: {app: {$add: true, image: b}}",
        ["E205 `app` is already in `containerDefinitions`, so `$add: true` has nothing to add"],
    ),
    "$add of something else": (
        container(),
        patch_container("environment: {A: {$add: true, value: x}}"),
        ["E205 `$add` is for containers and volumes; other items are added by naming them"],
    ),
    "an unknown directive": (task(), "$merge: true", ["E204 `$merge` is not a directive"]),
    "an unknown directive inside what is added": (
        task(),
        "runtimePlatform: {$delete: true}",
        ["E204 `$delete` is not a directive"],
    ),
    "a directive inside an item of a plain list": (
        task(placementConstraints=[]),
        "placementConstraints: [{$replace: true, type: memberOf}]",
        ["E205 `$replace` is for a plain list, and has no meaning here"],
    ),
    "a list directive for a keyed list": (
        container(),
        patch_container("environment: {$append: [{name: A, value: x}]}"),
        ["E205 `$append` is for plain lists; the items of `containerDefinitions[app].environment` have identities"],
    ),
    "$replace that is not true": (
        task(runtimePlatform={}),
        "runtimePlatform: {$replace: yes}",
        ["E205 `$replace` here takes `true`, or a list for a list, not a plain value"],
    ),
    "an item without identity": (
        container(),
        patch_container("environment: [{value: x}]"),
        ["E206 item 0 of `containerDefinitions[app].environment` has no identity"],
    ),
    "a key that is no port": (
        container(),
        patch_container("portMappings: {http/tcp: {}}"),
        ["E206 `http/tcp` is not an identity of `containerDefinitions[app].portMappings`"],
    ),
    "a name twice in one layer": (
        container(),
        patch_container("environment: [{name: A, value: x}, {name: A, value: y}]"),
        ["E207 `A` is in `containerDefinitions[app].environment` twice"],
    ),
    "a name twice in the template": (
        container(environment=[{"name": "A", "value": "x"}, {"name": "A", "value": "y"}]),
        "{}",
        ["E207 `A` is in `containerDefinitions[app].environment` twice"],
    ),
    "an address that is ambiguous": (
        container(extraHosts=TWICE),
        patch_container("extraHosts: {h: 2}"),
        ["E208 `h` is in `containerDefinitions[app].extraHosts` 2 times, so a patch cannot address it"],
    ),
    "a list with the retired InferenceAccelerator": (
        container(resourceRequirements=[{"type": "InferenceAccelerator", "value": "a"}]),
        patch_container("resourceRequirements: {GPU: 1}"),
        [
            "E208 `containerDefinitions[app].resourceRequirements` has the retired InferenceAccelerator, "
            "several of which are legal, so a patch cannot address its items"
        ],
    ),
    "null inside an item of a plain list": (
        task(placementConstraints=[]),
        "placementConstraints: [{type: memberOf, expression: null}]",
        [
            "E202 there is no `placementConstraints[0].expression` to delete: the items of a list are replaced as a whole"
        ],
    ),
    "a port addressed twice by one layer": (
        container(portMappings=[{"containerPort": 80}]),
        patch_container('portMappings: {80: {name: a}, "80/tcp": {name: b}}'),
        ["E207 `80/tcp` is in `containerDefinitions[app].portMappings` twice"],
    ),
    "the host path by which a device is found": (
        container(linuxParameters={"devices": [{"hostPath": "/dev/a"}]}),
        patch_container("linuxParameters: {devices: {/dev/a: {hostPath: /dev/b}}}"),
        [
            "E209 `hostPath` is the identity of `containerDefinitions[app].linuxParameters.devices[/dev/a]`, "
            "which has no `containerPath`, and cannot be changed"
        ],
    ),
    "a name that the template sets a container with an $id": (
        task(containerDefinitions=[{"$id": "app", "name": "app-dev", "image": "a"}]),
        patch_container("name: app"),
        ["E209 `containerDefinitions[app].name` is `app-dev` and cannot be changed to `app`"],
    ),
    "a changed identity": (
        container(environment=[{"name": "A", "value": "x"}]),
        patch_container("environment: {A: {name: B}}"),
        ["E209 `name` is the identity of `containerDefinitions[app].environment[A]` and cannot be changed to `B`"],
    ),
    "both sides of a union in one layer": (
        container(),
        patch_container("environment: {A: x}\nsecrets: {A: y}"),
        ["E210 `A` is set both in `environment` and in `secrets` by one layer"],
    ),
    "two kinds of a volume in one layer": (
        task(volumes=[{"name": "data"}]),
        "volumes: {data: {host: {}, configuredAtLaunch: true}}",
        ["E210 a volume is of one kind, and this layer sets both `host` and `configuredAtLaunch`"],
    ),
    "a GPU assigned and shared in one layer": (
        container(),
        patch_container("resourceRequirements: {GPU: {value: '1', sharingStrategy: {nvidiaMps: {memory: 512}}}}"),
        ["E210 ECS takes `value` or `sharingStrategy` alone, and this layer sets both `value` and `sharingStrategy`"],
    ),
    "a port and a range": (
        container(),
        patch_container('portMappings: [{containerPort: 80, containerPortRange: "80-90"}]'),
        ["E211 a port mapping has either `containerPort` or `containerPortRange`, this one has both"],
    ),
    "an unknown member": (task(), "cpus: 5", ["E301 a task definition has no member `cpus`"]),
    "a member of the describe output": (
        task(revision=5, status="ACTIVE"),
        "{}",
        ["E305 `revision`, `status` are set by ECS and cannot be registered"],
    ),
    "null in a list": (container(), patch_container("command: [a, null]"), ["E306 an item of a list cannot be null"]),
    "null in a template": (
        task(cpu=None),
        "{}",
        ["E306 a template cannot set null: no member in ECS accepts it"],
    ),
    "a mapping where there is none and text belongs": (task(), "cpu: {a: b}", ["E302 `cpu` takes text, not a mapping"]),
    "yes for a boolean": (
        container(),
        patch_container("essential: yes"),
        ["E303 `containerDefinitions[app].essential` is `true` or `false`, and `yes` is neither"],
    ),
    "a leading zero": (
        container(),
        patch_container("cpu: 010"),
        ["E303 `containerDefinitions[app].cpu` is a whole number, and `010` is not"],
    ),
    "true for text": (
        container(environment=[{"name": "A", "value": True}]),
        "{}",
        ["E303 `containerDefinitions[app].environment[A].value` is text, and `true` is not"],
    ),
}


@pytest.mark.parametrize(("template", "patch", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_patch_is_refused(template: Value, patch: str, expected: list[str]) -> None:
    merged, findings = merge_texts(template, patch)

    assert [f"{finding.code} {finding.message}" for finding in findings] == expected
    assert merged is None


def test_empty_keyed_list_changes_nothing_and_says_so() -> None:
    template = container(environment=[{"name": "A", "value": "1"}])

    merged, findings = merge_texts(template, patch_container("environment: []"))

    assert merged == template
    assert [(finding.code, finding.severity) for finding in findings] == [("W213", "warning")]


def test_layers_apply_one_after_the_other() -> None:
    """A null in a later layer deletes what an earlier one added; the earlier one's own null is spent."""
    template = container(environment=[{"name": "A", "value": "1"}])
    first = patch_container("environment: {A: null, B: 2, C: 3}")
    second = patch_container("environment: {A: 9, B: null}")

    expected = container(environment=[{"name": "A", "value": "9"}, {"name": "C", "value": "3"}])
    assert merge_texts(template, first, second) == (expected, ())


def test_added_container_is_merged_by_a_later_layer() -> None:
    first = "containerDefinitions: {sidecar: {$add: true, image: s}}"
    second = "containerDefinitions: {sidecar: {cpu: 5}}"

    expected = task(
        containerDefinitions=[{"name": "app", "image": "app:1"}, {"name": "sidecar", "image": "s", "cpu": 5}]
    )
    assert merge_texts(container(), first, second) == (expected, ())


def test_merging_leaves_its_inputs_untouched() -> None:
    document, _ = view_document(
        read_json(json.dumps(container(command=["a"], environment=[{"name": "A", "value": "1"}])))
    )
    assert document is not None
    patch, _ = view_patch(
        read_yaml(patch_container("command: {$append: [b]}\nenvironment: {A: 2, B: 3}\ncpu: 5\nessential: true"))
    )
    before = deepcopy((document, patch))

    merged, _ = merge_layer(document, patch)

    assert (document, patch) == before
    assert merged != document


def test_admitted_member_is_kept_after_the_known_ones() -> None:
    template = task(futureMember={"b": 1, "a": [2]}, cpu="1")
    patch = "futureMember: {c: 3, d: NO}"

    merged, findings = merge_texts(template, patch, allow=("futureMember",))

    assert findings == ()
    assert json.dumps(merged) == '{"family": "app", "cpu": "1", "futureMember": {"b": 1, "a": [2], "c": 3, "d": "NO"}}'
