"""The image of each container: there is one, ECS takes its name, and it says which version it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.containers import ACCOUNT, DIGEST, ECR_HOST, IMAGE, IMAGE_LENGTH, IMAGE_MEANING, REGION
from generator.model.findings import HERE, Change, Path, Problem
from generator.model.patterns import Pattern
from generator.rules.task import Task, name_container

is_versioned = re.compile(r"(?:[\w.-]+(?::\d+)?/)?[a-z0-9_./-]*[a-z0-9_-]:(?!latest$)[\w.-]+", re.ASCII).fullmatch
"""Tells of most images at a glance that they have a tag, and nothing unusual about them."""

lies_in_ecr = re.compile(r"[0-9]{12}\.dkr\.ecr\.[a-z]+(?:-[a-z]+)+-[0-9]{1,2}\.amazonaws\.com/").match
"""Tells of most images in ECR at a glance that nothing is wrong with the host of their registry."""

ANY_IMAGE = Pattern(IMAGE)
ANY_DIGEST = Pattern(DIGEST)


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        image = container.get("image")
        if image is None:
            message = f"{name_container(container)} has no image"
            yield Problem("E440", path, message, help="add `image`", missing="image")
        elif not image:
            message = f"`{HERE}` is empty, and {name_container(container)} cannot run without an image"
            yield Problem("E440", (*path, "image"), message, help="name an image and its tag")
        elif len(image) > IMAGE_LENGTH or not is_versioned(image):
            yield from check_image(image, (*path, "image"))
        elif ".dkr" in image and not lies_in_ecr(image):
            yield from check_registry(image, (*path, "image"))


def check_image(image: str, path: Path) -> Iterator[Problem]:
    """Check an image that is not of the usual form."""
    name, at, digest = image.partition("@")
    repository, tag = split_tag(name)
    if not ANY_IMAGE.fullmatch(image):
        message = f"`{HERE}` is `{image}`, but ECS accepts {IMAGE_MEANING} only"
        yield Problem("E425", path, message)
    elif "://" in image:
        address = image.partition("://")[2]
        change = Change("text", address) if address else None
        message = f"`{HERE}` is `{image}`, the address of a page, and an image begins with the host of its registry"
        yield Problem("E425", path, message, help=f"write `{address}`" if address else None, change=change)
    elif len(name) > IMAGE_LENGTH:
        before = " before its digest" if at else ""
        message = f"`{HERE}` has {len(name)} characters{before}, but ECS accepts {IMAGE_LENGTH}"
        yield Problem("E425", path, message, help="shorten it")
    elif at and not ANY_DIGEST.fullmatch(digest):
        message = f"`{HERE}` is `{image}`, whose digest is not `sha256:` and 64 hexadecimal digits"
        yield Problem("E425", path, message, help="copy the whole digest from the registry")
    elif not repository or repository.endswith("/"):
        yield Problem("E425", path, f"`{HERE}` is `{image}`, which names no repository", help="name the repository")
    elif tag == "":
        message = f"`{HERE}` is `{image}`, with nothing after the `:`"
        yield Problem("E425", path, message, help="add the tag")
    elif leave_out_registry(repository) != leave_out_registry(repository).lower():
        message = f"`{HERE}` is `{image}`, and a repository has no upper-case letters"
        lower = image.replace(repository, repository.lower(), 1)
        yield Problem("E425", path, message, help=f"write `{lower}`", change=Change("text", lower))
    elif any(wrong := tuple(check_registry(image, path))):
        yield from wrong
    elif not at and tag in (None, "latest"):
        without = ", which without a tag means `latest`" if tag is None else ""
        message = f"`{HERE}` is `{image}`{without}, another image after every push"
        yield Problem("W601", path, message, help="write the tag of one version, or a digest")


def check_registry(image: str, path: Path) -> Iterator[Problem]:
    """Check the host of a registry of ECR, which begins with an account and has a region."""
    host = ECR_HOST.match(image)
    if host is None:
        return
    account, region = host.groups()
    if not ACCOUNT.fullmatch(account):
        digits = f"{len(account)} digits" if account.isdecimal() else f"`{account}`"
        message = f"`{HERE}` is `{image}`, whose registry has {digits} for an account, and an account has 12 digits"
        yield Problem("E425", path, message, help="copy the address of the repository from ECR")
    elif not REGION.fullmatch(region):
        message = f"`{HERE}` is `{image}`, whose registry is in `{region}`, and no region is called like that"
        yield Problem("E425", path, message, help="copy the address of the repository from ECR")


def split_tag(name: str) -> tuple[str, str | None]:
    """Split an image into its repository and its tag, if it has one: the colon of a port comes before a slash."""
    start = name.rfind("/") + 1
    colon = name.find(":", start)
    return (name, None) if colon < 0 else (name[:colon], name[colon + 1 :])


def leave_out_registry(repository: str) -> str:
    """Omit the host of a registry, which may have upper-case letters."""
    first, slash, rest = repository.partition("/")
    return rest if slash and ("." in first or ":" in first or first.lower() != first) else repository
