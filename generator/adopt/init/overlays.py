"""The overlays of a new project: where each environment runs, its image tag, and what differs there, with comments."""

from __future__ import annotations

from collections.abc import Iterator

from generator.adopt.init.template import name_repository
from generator.build.rendering.helpers import make_helpers
from generator.documents.schemas.files import write_modeline
from generator.documents.yaml_scalars import quote, write_scalar, write_text
from generator.model.new_project import EXAMPLE_ACCOUNT, NewProject
from generator.model.project import Settings

RELEASED, NEXT = "v0.1.0", "v0.2.0"
"""The image tag in production, and in the environments before it, which already have the next one."""

WHERE = "# Where it runs: the account and region for the template, the cluster and service for `taskdef deploy`.\n"

PATCH = """\
# What is different in the rendered task definition. Mappings merge. So do lists of named things: a container, variable, secret, port or
# volume is found by its name. Any other value replaces. A name that matches nothing is an error.
"""

AFTER = """\
#
# Where the template has a plain list, `command: {$append: [--verbose]}` adds to it; `$prepend` and `$remove` work alike.
# `extends: _common` takes over what environments/_common.yaml has, for what several environments share.
"""


def write_overlay(project: NewProject, env: str) -> str:
    """Write the overlay of an environment; the first one explains more than the others."""
    first = project.environments[0]
    begins = env == first
    name = project.name
    intro = (
        f"# The environment {env}: what is different here. What all environments share is in templates/{name}.json.j2.\n"
        if begins
        else f"# The environment {env}. environments/{first}.yaml explains the parts.\n"
    )
    lines = [write_modeline(Settings().environments), "\n", intro, "\n", WHERE if begins else ""]
    lines += [write_aws(project, env), "\n", "vars:\n", *write_tag(project, env)]
    patch = "".join(write_patch(project, env))
    if patch:
        lines += ["\n", PATCH if begins else "", "patch:\n", patch]
    if begins:
        lines += ["\n# More that a patch can do:\n#\n", *write_examples(project), AFTER]
    return "".join(lines)


def write_examples(project: NewProject) -> Iterator[str]:
    """Write a patch with each directive as comments: without the first two characters of each line it is one that fits the template."""
    rows = list_examples(project)
    width = max(len(code) for code, said in rows if said)
    yield from (f"# {code.ljust(width)}  # {said}\n" if said else f"# {code}\n" for code, said in rows)


def list_examples(project: NewProject) -> tuple[tuple[str, str], ...]:
    """List the lines of a patch with each directive, and what some of them do."""
    name = project.name
    logs = f"{{awslogs-group: /ecs/proxy, awslogs-region: {project.region}, awslogs-stream-prefix: proxy}}"
    return (
        ("patch:", ""),
        ("  containerDefinitions:", ""),
        (f"    {write_text(name)}:", ""),
        ("      environment:", ""),
        ('        FEATURE_FLAG: "on"', "adds a variable, or changes its value"),
        ("        LOG_LEVEL: null", "removes it; in the same way a secret, a port, a container"),
        ('        PUBLIC_URL: {$render: "https://{{ env }}.example.com"}', "a text with variables, as in the template"),
        ("      secrets:", ""),
        (f"        API_KEY: {{$render: \"{{{{ ssm('/' ~ env ~ '/{name}/API_KEY') }}}}\"}}", ""),
        ("      portMappings: {$replace: [{containerPort: 9090}]}", "takes this list in place of the template's"),
        ("      command: [serve, --verbose]", "a plain list replaces"),
        ("    proxy:", ""),
        ("      $add: true", "a new container; without it, an unknown name is an error"),
        ("      image: public.ecr.aws/nginx/nginx:1.29.3", ""),
        *((("      memory: 128", ""),) if project.launch_type == "ec2" else ()),
        (f"      logConfiguration: {{logDriver: awslogs, options: {logs}}}", ""),
    )


def write_aws(project: NewProject, env: str) -> str:
    """Write where an environment runs."""
    hint = " # an example: write your account" if project.account == EXAMPLE_ACCOUNT else ""
    service = f"{project.name}-{env}"
    return (
        f"aws:\n  account: {quote(project.account)}{hint}\n  region: {write_scalar(project.region)}\n"
        f"  cluster: {write_scalar(env)}\n  service: {write_scalar(service)}\n"
    )


def write_tag(project: NewProject, env: str) -> Iterator[str]:
    """Write the variable with the image's tag, and who changes it."""
    before = find_before(project, env)
    if before:
        yield f"  # `taskdef promote {before} {env}` takes the tag of {before}.\n"
    else:
        yield f"  # `taskdef set {env} image_tag=v1.2.3` changes the tag.\n"
    released = env in project.production
    if released:
        yield "  # A release: a tag that nobody moves to another image.\n"
    if project.renovate and env == project.environments[0]:
        repository = name_repository(project.name)
        image = make_helpers(project.account, project.region)["ecr"](repository, tag=RELEASED)
        yield f"  # renovate: datasource=docker depName={image.rpartition(':')[0]}\n"
    yield f"  image_tag: {RELEASED if released else NEXT}\n"


def find_before(project: NewProject, env: str) -> str:
    """Find the environment that a release goes through before this one; empty for the first."""
    at = project.environments.index(env)
    return project.environments[at - 1] if at else ""


def write_patch(project: NewProject, env: str) -> Iterator[str]:
    """Write what differs: production is bigger than the others, and the first environment logs more."""
    if set(project.production) == set(project.environments):
        return
    container = f"  containerDefinitions:\n    {write_text(project.name)}:\n"
    if env in project.production:
        yield "  # Bigger than in the template.\n"
        if project.launch_type == "fargate":
            yield "  cpu: 1024\n  memory: 2 GB\n"
        else:
            yield f"{container}      cpu: 512\n      memoryReservation: 512\n      memory: 1024\n"
    elif env == project.environments[0]:
        yield f"{container}      environment:\n        LOG_LEVEL: DEBUG\n"
