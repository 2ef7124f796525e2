"""Projects that are wrong in one place each, where a text of any length is quoted in what is said of it."""

from __future__ import annotations

Files = dict[str, str]

WHOLE = '{"family": "w", "memory": "512", "containerDefinitions": [{"name": "a", "image": "b:1"}]}'
ITEMS = 60
"""Items below one long name: each would repeat it."""


def project(template: str = WHOLE, overlay: str = "patch: {}\n") -> Files:
    return {"templates/w.json.j2": template, "environments/dev.yaml": overlay}


def container(members: str, task: str = "") -> str:
    """Write a task definition with members of its container and of its own; `LONG` in them is the text."""
    return f'{{"family": "w", "memory": "512"{task}, "containerDefinitions": [{{"name": "a", "image": "b:1", {members}}}]}}'


def many(item: str) -> str:
    return ", ".join(item.replace("#", str(number)) for number in range(ITEMS))


def under(members: str) -> str:
    """Write members of a container whose name is the text."""
    return f'{{"family": "w", "containerDefinitions": [{{"name": "LONG", "image": "b", {members}}}]}}'


TEMPLATES = {
    "a variable": container('"user": "{{ LONG }}"'),
    "a filter": container('"user": "{{ env | LONG }}"'),
    "a test": container('"user": "{{ env is LONG }}"'),
    "a member of a value": container('"user": "{{ env.LONG }}"'),
    "a function": container('"user": "{{ LONG() }}"'),
    "a parameter": container('"user": "{{ secret(LONG=1) }}"'),
    "an argument": container('"user": "{{ role(\'LONG %\') }}"'),
    "a partial": "{% include 'LONG' %}",
    "an import": "{% import 'LONG' as x %}",
    "a tag": "{% LONG %}",
    "a member of a container": container('"LONG": 1'),
    "a member of the task": container('"user": "x"', ', "LONG": 1'),
    "a choice": container('"user": "x"', ', "networkMode": "LONG"'),
    "a number": container('"cpu": "LONG"'),
    "an image": WHOLE.replace("b:1", "LONG x"),
    "a family": WHOLE.replace('"w"', '"LONG!"'),
    "a container": WHOLE.replace('"a"', '"LONG!"'),
    "items of a container": under('"environment": [' + many('{"name": "A#", "value": #, "x": 1}') + "]"),
    "mounts of a container": under('"mountPoints": [' + many('{"sourceVolume": "v#", "containerPath": "/a#"}') + "]"),
    "one variable of a container": under('"environment": [' + many('{"name": "A", "value": "b"}') + "]"),
    "a variable of a program": container('"environment": [{"name": "LONG=", "value": 1}]'),
    "a variable twice": container('"environment": [{"name": "LONG", "value": "1"}, {"name": "LONG", "value": "2"}]'),
    "a parameter of SSM": container('"secrets": [{"name": "A", "valueFrom": "arn:aws:LONG"}]'),
    "a mount": container('"mountPoints": [{"sourceVolume": "LONG", "containerPath": "/a"}]'),
    "a dependency": container('"dependsOn": [{"containerName": "LONG", "condition": "START"}]'),
    "a link": container('"links": ["LONG:x"]'),
    "a volume": container('"user": "x"', ', "volumes": [{"name": "LONG!", "host": {"sourcePath": "LONG"}}]'),
    "a role": container('"user": "x"', ', "executionRoleArn": "LONG"'),
    "a tag of ECS": container('"user": "x"', ', "tags": [{"key": "aws:LONG", "value": "x"}]'),
    "a log driver": container('"logConfiguration": {"logDriver": "LONG"}'),
    "an option of logs": container('"logConfiguration": {"logDriver": "awslogs", "options": {"LONG": "x"}}'),
    "a user": container('"user": "a bLONG"'),
    "a label": container('"dockerLabels": {"LONG": 1}'),
    "a health check": container('"healthCheck": {"command": ["LONG"]}'),
    "a kernel parameter": container('"systemControls": [{"namespace": "LONG", "value": "1"}]'),
    "a limit": container('"ulimits": [{"name": "LONG", "softLimit": 1, "hardLimit": 1}]'),
    "a placeholder": WHOLE.replace("b:1", "${LONG}"),
    "a size": WHOLE.replace('"512"', '"LONG"'),
    "a key twice": container('"LONG": 1, "LONG": 1'),
    "text without a comma": '{"LONG" "LONG"}',
    "a word": '{"family": LONG}',
}

OVERLAYS = {
    "a section": "LONG: 1\n",
    "a name that is none": "vars: {'LONG-': 1}\n",
    "a variable without a value": "vars:\n  LONG:\n",
    "a member to patch": "patch: {LONG: 1}\n",
    "a container to patch": "patch: {containerDefinitions: {LONG: {cpu: 1}}}\n",
    "members of it": "patch: {containerDefinitions: {LONG: {" + many("x#: 1") + "}}}\n",
    "a deletion": "patch: {containerDefinitions: {a: {environment: {LONG: null}}}}\n",
    "an alias": "vars: {a: *LONG}\n",
    "a tag of YAML": "vars: {a: !LONG x}\n",
    "a key of YAML twice": "vars: {LONG: 1, LONG: 2}\n",
    "a parent": "extends: LONG\npatch: {}\n",
    "a task": "tasks: {LONG: {}}\n",
    "an account": "aws: {LONG: x, account: LONG, region: LONG}\n",
    "an expression": "vars: {a: {{ LONG }} }\n",
    "no mapping": "LONG\n",
    "an identity": "patch: {containerDefinitions: {a: {$id: LONG}}}\n",
    "a directive": "patch: {containerDefinitions: {$LONG: 1}}\n",
    "an item to remove": "patch: {containerDefinitions: {a: {command: {$remove: [LONG]}}}}\n",
    "a variable that is idle": "vars: {LONG: 1}\n",
    "a code to ignore": "patch: {} # taskdef: ignore[LONG] x\n",
    "a reason": "patch: {} # taskdef: ignore[W601] LONG\n",
}

SETTINGS = {
    "a key": "LONG = 1\n",
    "a folder": "templates = 'LONG'\n",
    "a rule": "[rules]\nLONG = 'x'\nW601 = 'LONG'\n",
    "an environment": "[rules.LONG]\nW601 = 'off'\n",
    "an exception": "[[exceptions]]\npath = 'LONG'\nreason = 'x'\nenvironments = ['LONG']\n",
    "an order": "environment_order = ['LONG']\n",
    "no TOML": "LONG",
    "a member to admit": "allow_members = ['LONG']\n",
}

ARTIFACTS = {
    "members": '{"LONG": 1, "containerDefinitions": [{"name": "LONG", "LONG": 1}]}',
    "items": under('"environment": [' + many('{"name": "A#", "value": "b"}') + "]"),
}

PLACES: dict[str, Files] = {
    **{f"template: {name}": project(text) for name, text in TEMPLATES.items()},
    **{f"overlay: {name}": project(overlay=text) for name, text in OVERLAYS.items()},
    **{f"settings: {name}": {**project(), "taskdef.toml": text} for name, text in SETTINGS.items()},
    **{f"artifact: {name}": {**project(), "rendered/dev/w.json": text} for name, text in ARTIFACTS.items()},
}
"""Every place by its name, with `LONG` where the text stands."""


def fill(place: str, text: str) -> Files:
    """Write a project with a text in one place."""
    return {path: content.replace("LONG", text) for path, content in PLACES[place].items()}
