"""The line to change where an image cannot be pulled or run."""

from __future__ import annotations

from generator.aws.diagnose.case import Blame, Case, find_container, runs_on_fargate
from generator.ecs.references import ECR_IMAGE
from generator.model.findings import HERE, Fact, Path
from generator.model.nodes import Value

ARCHITECTURES = {"amd64": "X86_64", "x86_64": "X86_64", "arm64": "ARM64", "aarch64": "ARM64"}
DEFAULT = "X86_64"
"""What Fargate runs where nothing is said."""


def find_image(case: Case) -> tuple[Path, str]:
    """Find the image of the container that failed, or the one that the reason names."""
    found = find_container(case.document, case.failure.container)
    if found is None:
        said = case.find_detail("image", "repository")
        containers = enumerate(case.document.get("containerDefinitions", ()))
        named = [(index, each) for index, each in containers if is_same(each.get("image", ""), said)]
        found = (("containerDefinitions", named[0][0]), named[0][1]) if named else None
    if found is None or "image" not in found[1]:
        return (), case.find_detail("image")
    return (*found[0], "image"), found[1]["image"]


def is_same(image: str, said: str) -> bool:
    """Whether two names mean one image: Docker fills in what a short one omits."""
    return bool(said) and (image == said or said.endswith(f"/{image}") or image.startswith(f"{said}:"))


def blame_missing(case: Case) -> Blame:
    path, image = find_image(case)
    return Blame(path, f"{spell(path, image)}, and its registry has no such image")


def blame_host(case: Case) -> Blame:
    path, image = find_image(case)
    return Blame(path, f"{spell(path, image)}, and no host has the name `{case.find_detail('host')}`")


def blame_platform(case: Case) -> Blame:
    """Blame the architecture where one is set, and else the image."""
    path, image = find_image(case)
    platform = case.find_detail("platform")
    written = case.document.get("runtimePlatform", {}).get("cpuArchitecture")
    wanted = platform or f"linux/{'arm64' if written == 'ARM64' else 'amd64'}"
    if platform:
        lacks = f"image `{image}` has nothing for `{platform}`" if image else f"the image has nothing for `{platform}`"
    else:
        lacks = f"image `{image}` holds a program for another processor"
    facts = () if platform else (Fact("a script whose first line does not begin with `#!` has the same message"),)
    if written:
        facts = (Fact(f"`{HERE}` is `{image}`", path), *facts) if path else facts
        other = "X86_64" if written == "ARM64" else "ARM64"
        help = f"build the image for `{wanted}`, or write `{other}` if it is made for that"
        place: Path = ("runtimePlatform", "cpuArchitecture")
        return Blame(place, f"`{HERE}` is `{written}`, and {lacks}", facts, help)
    facts = (Fact(f"`runtimePlatform` is not set, which means `{DEFAULT}`"), *facts)
    help = f"build the image for `{wanted}`, or set `runtimePlatform.cpuArchitecture` to the image's"
    message = f"{spell(path, image)}, which has nothing for `{platform}`" if platform else lacks
    return Blame(path, message, facts, help)


def blame_access(case: Case) -> Blame:
    """Blame the role if it lacks a permission, and else what the registry is asked with."""
    path, image = find_image(case)
    action = case.find_detail("action")
    if action or ECR_IMAGE.match(image):
        what = f"may not call `{action}`" if action else "may not pull it, or ECR has no such repository"
        return blame_role(case, what, (Fact(f"`{HERE}` is `{image}`", path),) if path else ())
    return blame_registry(path, image, case.document, "its registry does not give it, or does not have it")


def blame_role(case: Case, what: str, facts: tuple[Fact, ...]) -> Blame:
    """Blame the execution role; without one the instance's own pulls the image."""
    role = case.document.get("executionRoleArn")
    if role:
        return Blame(("executionRoleArn",), f"`{HERE}` is `{role}`, and it {what}", facts)
    whose = "the task" if runs_on_fargate(case.document) else "the instance's role"
    message = f"`{HERE}` is not set, and {whose} {what}"
    return Blame(("executionRoleArn",), message, facts, missing="executionRoleArn")


def blame_registry(path: Path, image: str, document: Value, what: str) -> Blame:
    """Blame the credentials of a registry that is not ECR, or the image where there are none."""
    container = document["containerDefinitions"][path[1]] if path else {}
    if container.get("repositoryCredentials"):
        place = (*path[:-1], "repositoryCredentials", "credentialsParameter")
        help = "store the user and password of the registry in that secret"
        return Blame(place, f"image `{image}` is asked for with `{HERE}`, and {what}", help=help)
    help = "name an image that is there, or add `repositoryCredentials`"
    return Blame(path, f"{spell(path, image)}, and {what}", (Fact("no `repositoryCredentials` are set"),), help)


def blame_limit(case: Case) -> Blame:
    path, image = find_image(case)
    message = f"{spell(path, image)}, and its registry refuses more pulls for now"
    return Blame(path, message)


def blame_unreadable(case: Case) -> Blame:
    path, image = find_image(case)
    return Blame(path, f"{spell(path, image)}, and a layer of it cannot be unpacked")


def blame_unknown(case: Case) -> Blame:
    path, image = find_image(case)
    return Blame(path, f"{spell(path, image)}, and it cannot be pulled")


def blame_network(case: Case) -> Blame:
    _, image = find_image(case)
    message = f"the task cannot reach the registry of {f'image `{image}`' if image else 'its image'}"
    return Blame((), message, outside=bool(ECR_IMAGE.match(image)))


def spell(path: Path, image: str) -> str:
    return f"`{HERE}` is `{image}`" if path else f"the image is `{image}`" if image else "an image is asked for"
