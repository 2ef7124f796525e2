"""Projects whose secret also stands inside of other texts, spelt in many ways, with mistakes near it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

ENVIRONMENTS = ("dev", "prod")
MARK = "zQ7"
"""Every secret begins so, and nothing else has it in it."""


class SecretProject(NamedTuple):
    """The files of a project by their paths, those of the state before, and the secret of each environment."""

    files: dict[str, str]
    before: dict[str, str]
    secrets: tuple[str, ...]

    def write(self, root: Path, files: dict[str, str]) -> None:
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")


def escape(text: str, form: str = "\\u{:04x}") -> str:
    """Spell every second character as an escape of JSON and YAML, and what has to be one."""
    return "".join(form.format(ord(each)) if index % 2 or each in "\"\\'" else each for index, each in enumerate(text))


def spell_yaml(text: str, style: str) -> str:
    """Spell a text as a scalar of YAML."""
    half = len(text) // 2
    quoted = json.dumps(text, ensure_ascii=False)
    if style == "single":
        return "'" + text.replace("'", "''") + "'"
    if style == "escaped":
        return f'"{escape(text)}"'
    if style == "folded" and not {"\\", '"'} & {*text} and text[half] != " ":
        return f'"{text[:half]}\\\n      {text[half:]}"'
    if style == "block":
        return f"|-\n      {text}"
    return text if style == "plain" and not {*"\\\"'#:"} & {*text} else quoted


def quote_shell(text: str) -> str:
    """Split a text by quotes and backslashes that a shell takes away, as in `'ab'"cd"\\e`."""
    half = len(text) // 2
    return f"'{text[:half]}'\"{text[half:-1]}\"\\{text[-1]}"


STYLES = ("plain", "single", "double", "escaped", "folded", "block")
NAMES = ("DB_PASSWORD", "apiToken", "SENTRY_DSN", "CLIENT_SECRET")

ALONE = f"{MARK}+only"
"""A secret that stands beside a mistake, and nowhere else."""

HOLDERS = {
    "pair": '"environment": [{"name": "NAME", "value": "VALUE"}, LEVEL]',
    "label": '"dockerLabels": {"NAME": "VALUE"}, "environment": [LEVEL]',
    "option": '"entryPoint": ["run", "--api-token", "VALUE"], "environment": [LEVEL]',
    "program": '"entryPoint": ["redis-cli", "-a", "VALUE"], "environment": [LEVEL]',
    "log option": '"logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": "VALUE"}}, "environment": [LEVEL]',
}
"""What makes the secret one: the name it stands under, or the option before it."""

MENTIONS = {
    "command": '"command": ["run", "--db=postgres-{{ pw }}-x"]',
    "shell": '"healthCheck": {"command": ["CMD-SHELL", "curl -H \'k: {{ pw }}\' http://localhost"]}',
    "url": '"dockerLabels": {"url": "https://u.example/{{ pw }}/x", "k-{{ pw }}": "1"}',
    "filter": '"hostname": "{{ pw | default(env) }}"',
    "set": '"user": "{{ derived }}"',
}
"""What else a container may say of it, with the variable."""

LITERALS = ("patch", "shell", "comment", "unused", "template", "escapes", "url", "nested", "text", "part")

MISTAKES = {
    "none": "",
    "member": '"{mark}": 1, "memry": 2',
    "type": '"cpu": "{{ pw }}"',
    "undefined": '"workingDirectory": "/{{ pw }}{{ pww }}"',
    "port": '"portMappings": [{"containerPort": "{{ pw }}"}]',
    "choice": '"logConfiguration": {"logDriver": "{{ pw }}", "options": {"a": "{{ pw }}"}}',
    "condition": '"dependsOn": [{"containerName": "{{ pw }}", "condition": "START"}]',
    "reference": '"secrets": [{"name": "A", "valueFrom": "{{ pw }}"}]',
    "image": '"repositoryCredentials": {"credentialsParameter": "{{ pw }}"}',
    "twice": '"user": "{{ pw }}", "user": "a{{ pw }}"',
    "misspelt": '"environment": [{"name": "X_TOKEN", "vlaue": ALONE}]',
    "misspelt name": '"environment": [{"nmae": "X_TOKEN", "value": ALONE}]',
    "capitals": '"Environment": [{"Name": "X_TOKEN", "Value": ALONE}]',
    "list": '"environment": [{"name": "X_TOKEN", "value": [ALONE]}]',
    "mapping": '"environment": [{"name": "X_TOKEN", "value": {"a": ALONE}}]',
    "registry": '"repositoryCredentials": ALONE',
    "secret options": '"logConfiguration": {"logDriver": "splunk", "secretOptions": [{"name": "splunk-token", "val": ALONE}]}',
    "option": '"command": ["--api-token", ALONE, 1, []]',
    "JSON": '"command": [JSON, 1, []]',
}
ITEMS = {
    "misspelt": "environment: [{name: X_TOKEN, val: ALONE}]",
    "capitals": "environment: [{Name: X_TOKEN, Value: ALONE}]",
    "list": "environment: {X_TOKEN: [ALONE]}",
    "mapping": "environment: {X_TOKEN: {valeu: ALONE}}",
    "block": "environment:\n        - name: X_TOKEN\n          vlaue:\n            - ALONE",
    "option": "command: [--api-token, ALONE, {}]",
    "registry": "repositoryCredentials: ALONE",
    "label": "dockerLabels: {api-token: [ALONE]}",
    "rendered": "environment: {X_TOKEN: {$render: ALONE}}",
    "rendered type": "cpu: {$render: '{{ pw }}'}",
    "rendered undefined": "environment: {X_TOKEN: {$render: '{{ alone_token }}{{ pww }}'}}",
    "rendered misspelt": "environment: {X_TOKEN: {$rendr: ALONE}}",
}
"""Mistakes beside the secret in an overlay."""
PATCHES = {
    "container": "containerDefinitions: {{{quoted}: {{cpu: 1}}}}",
    "member": "{quoted}: 1",
    "directive": "containerDefinitions: {{app: {{command: {{$remove: [{quoted}]}}}}}}",
    "yaml": 'family: "{secret}',
    "tag": "family: !{mark} {quoted}",
    "alias": "family: *{mark}",
}


class Shape(NamedTuple):
    """What a project says of its secret, and what is wrong with it."""

    name: str
    mentions: list[str]
    literals: set[str]
    mistake: str
    broken: str
    style: str
    holder: str = "pair"
    item: str = ""


SHAPES = st.builds(
    Shape,
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(sorted(MENTIONS)), max_size=3, unique=True),
    st.sets(st.sampled_from(LITERALS), max_size=4),
    st.sampled_from(sorted(MISTAKES)),
    st.sampled_from([*PATCHES, *[""] * len(PATCHES)]),
    st.sampled_from(STYLES),
    st.sampled_from(sorted(HOLDERS)),
    st.sampled_from(["", "", *ITEMS]),
)


@st.composite
def secret_projects(draw: st.DrawFn) -> SecretProject:
    """Draw a project, and the state it was in before its secrets changed."""
    characters = st.text("abcXYZ019_-+=$@ é'\"\\", min_size=3, max_size=9)
    dev, prod, old = (MARK + draw(characters) + end for end in ("a", "b", "c"))
    shape = draw(SHAPES)
    return SecretProject(
        write_files((dev, prod), old, shape), write_files((old, old), old, shape), (dev, prod, old, ALONE)
    )


def write_files(secrets: tuple[str, str], committed: str, shape: Shape) -> dict[str, str]:
    """Write a project with a secret for each environment, and one that is committed."""
    files = {"templates/app.json.j2": write_template(secrets[0], shape)}
    for environment, secret in zip(ENVIRONMENTS, secrets, strict=True):
        broken = shape.broken if environment == "dev" else ""
        files[f"environments/{environment}.yaml"] = write_overlay(secret, shape, broken)
        files[f"rendered/{environment}/app.json"] = write_artifact(committed, shape)
    return files


def write_template(secret: str, shape: Shape) -> str:
    """Write the template, which takes the secret by a variable, and may have that of one environment in it."""
    quoted = json.dumps(secret, ensure_ascii=False)
    members = [MENTIONS[each] for each in shape.mentions]
    inner = json.dumps(json.dumps({"user": "u", "password": ALONE}, ensure_ascii=False), ensure_ascii=False)
    mistake = (
        MISTAKES[shape.mistake].replace('"{mark}"', quoted).replace("ALONE", json.dumps(ALONE)).replace("JSON", inner)
    )
    members += [mistake] if mistake else []
    members += [f'"workingDirectory": "/x/{escape(secret)}"'] if "escapes" in shape.literals else []
    members += [f'"disableNetworking": {quoted}'] if "nested" in shape.literals else []
    return "".join(
        (
            f"{{# rotated from {secret} #}}" if "template" in shape.literals else "",
            '{% set derived = "u-" ~ pw %}\n',
            '{"family": "app", "cpu": "256", "memory": "512", "requiresCompatibilities": ["FARGATE"],\n',
            ' "networkMode": "awsvpc", "containerDefinitions": [\n  {"name": "app", "image": "app:{{ tag }}",\n',
            f"   {write_holder(shape, '{{ pw }}', 'x')},",
            ",".join(f"\n   {each}" for each in members or ['"essential": true']),
            "}]}\n",
        )
    )


def write_overlay(secret: str, shape: Shape, broken: str) -> str:
    """Write the overlay of an environment."""
    quoted, style, literals = json.dumps(secret, ensure_ascii=False), shape.style, shape.literals
    lines = ["vars:", f"  pw: {spell_yaml(secret, style)}", "  tag: v1", f"  alone_token: {json.dumps(ALONE)}"]
    lines += [f"  # once {secret} was it"] if "comment" in literals else []
    lines += [f"  idle: {spell_yaml(f'see {secret} there', style)}"] if "unused" in literals else []
    given = [ITEMS[shape.item].replace("ALONE", json.dumps(ALONE))] if shape.item and broken else []
    if "patch" in literals:
        given.append(f'entryPoint: [{quoted}, {json.dumps(f"--x={secret}!")}, "{escape(secret)}"]')
    if "shell" in literals:
        given.append(f"command: [sh, -c, {json.dumps(f'login {quote_shell(secret)}', ensure_ascii=False)}]")
    if "text" in literals:
        given.append(f"user: {{$render: {spell_text('{{ pw }}', style)}}}")
    if "part" in literals:
        given.append("hostname: {$render: 'h-{{ env }}-{{ pw | lower }}{{ pw }}'}")
    if "url" in literals:
        given.append(f"dockerLabels: {{home: {json.dumps(f'https://u:{secret}@host/')}}}")
    patch = [f"  containerDefinitions:\n    app:\n      {each}" for each in given[:1]]
    patch += [f"      {each}" for each in given[1:]]
    patch += [f"  {PATCHES[broken].format(quoted=quoted, secret=secret, mark=MARK)}"] if broken else []
    return "\n".join([*lines, *(["patch:", *patch] if patch else []), ""])


def spell_text(text: str, style: str) -> str:
    """Spell a text to render within braces, where it can be no block."""
    return json.dumps(text) if style in ("plain", "block") else spell_yaml(text, style)


def write_holder(shape: Shape, value: str, level: str) -> str:
    """Write the members of a container that have the secret, and a variable that has none or says it too."""
    other = f'{{"name": "LEVEL", "value": "{level}"}}'
    return HOLDERS[shape.holder].replace("NAME", shape.name).replace("LEVEL]", f"{other}]").replace("VALUE", value)


def write_artifact(secret: str, shape: Shape) -> str:
    """Write what was committed once."""
    spelt = json.dumps(secret, ensure_ascii=False)[1:-1]
    container = (
        f'"name": "app", "image": "app:v0", {write_holder(shape, spelt, f"y-{spelt}")}, "command": ["--db={spelt}"]'
    )
    return json.dumps(json.loads(f'{{"family": "app", "containerDefinitions": [{{{container}}}]}}'), indent=2)
