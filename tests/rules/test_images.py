"""The image of a container: E425, E440 and W601."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

CODES = ("E425", "E440", "W601")
DIGEST = f"sha256:{'94afd1f2' * 8}"
IMAGE = "containerDefinitions[app].image"
ALLOWED = "letters, digits, `-`, `_`, `:`, `.`, `/`, `#` and `@`"


@pytest.mark.parametrize(
    "image",
    [
        "nginx:1.29",
        "nginx:latest-arm64",
        "nginx:v1.0.0_rc.1",
        "library/nginx:stable",
        "public.ecr.aws/nginx/nginx:1.29",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web:2026-11-24",
        "123456789012.dkr.ecr-fips.us-gov-east-1.amazonaws.com/web:1",
        "123456789012.dkr.ecr.cn-northwest-1.amazonaws.com.cn/web:1",
        "123456789012.dkr-ecr.eu-west-1.on.aws/web:1",
        "123456789012.dkr.ecr.us-isob-east-1.amazonaws.com/web:1",
        "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.com/web:1",
        "000000000000.dkr.ecr.us-east-1.localhost.localstack.cloud:4566/web:1",
        "local.dkr.ecr.internal/web:1",
        "mirror.example.com/1234.dkr.ecr.eu-west-1.amazonaws.com/web:1",
        "registry.example.com:5000/web:1",
        "localhost:5000/web:1",
        "Registry.example.com/web:1",
        "REGISTRY/web:1",
        f"nginx@{DIGEST}",
        f"nginx@{DIGEST.upper().replace('SHA', 'sha')}",
        f"nginx:1.29@{DIGEST}",
        f"nginx:latest@{DIGEST}",
        f"registry.example.com:5000/web@{DIGEST}",
        "web:" + "1" * 251,
        f"{'w' * 255}@{DIGEST}",
        "web#1:1",
        "web:Release-A",
    ],
)
def test_an_image_with_a_version_passes(image: str) -> None:
    assert say(fargate({"image": image}), *CODES) == []
    assert say(ec2({"image": image}), *CODES) == []


@pytest.mark.parametrize("members", [{"containerDefinitions": []}, {"containerDefinitions": [{}]}])
def test_a_task_without_a_container_passes(members: Value) -> None:
    assert say({"family": "app", **members}, *CODES) == []


@pytest.mark.parametrize(
    ("image", "code", "state", "help"),
    [
        ("", "E440", "is empty, and container `app` cannot run without an image", "name an image and its tag"),
        (
            "12345678901.dkr.ecr.eu-west-1.amazonaws.com/web:1",
            "E425",
            "is `12345678901.dkr.ecr.eu-west-1.amazonaws.com/web:1`, "
            "whose registry has 11 digits for an account, and an account has 12 digits",
            "copy the address of the repository from ECR",
        ),
        (
            "team1.dkr.ecr.eu-west-1.amazonaws.com/web:1",
            "E425",
            "is `team1.dkr.ecr.eu-west-1.amazonaws.com/web:1`, whose registry has `team1` for an account, and an account has 12 digits",
            "copy the address of the repository from ECR",
        ),
        (
            "123456789012.dkr.ecr.eu-west-1a.amazonaws.com/web",
            "E425",
            "is `123456789012.dkr.ecr.eu-west-1a.amazonaws.com/web`, whose registry is in `eu-west-1a`, and no region is called like that",
            "copy the address of the repository from ECR",
        ),
        ("web :1", "E425", f"is `web :1`, but ECS accepts {ALLOWED} only", None),
        ("wéb:1", "E425", f"is `wéb:1`, but ECS accepts {ALLOWED} only", None),
        ("web:1\n", "E425", f"is `web:1\n`, but ECS accepts {ALLOWED} only", None),
        ("web:" + "1" * 252, "E425", "has 256 characters, but ECS accepts 255", "shorten it"),
        (
            f"{'w' * 256}@{DIGEST}",
            "E425",
            "has 256 characters before its digest, but ECS accepts 255",
            "shorten it",
        ),
        (
            "web@sha256:94afd1",
            "E425",
            "is `web@sha256:94afd1`, whose digest is not `sha256:` and 64 hexadecimal digits",
            "copy the whole digest from the registry",
        ),
        (
            "web@",
            "E425",
            "is `web@`, whose digest is not `sha256:` and 64 hexadecimal digits",
            "copy the whole digest from the registry",
        ),
        (":v1", "E425", "is `:v1`, which names no repository", "name the repository"),
        (
            "registry.example.com/:v1",
            "E425",
            "is `registry.example.com/:v1`, which names no repository",
            "name the repository",
        ),
        (
            "https://registry.example.com/web:1",
            "E425",
            "is `https://registry.example.com/web:1`, the address of a page, and an image begins with the host of its registry",
            "write `registry.example.com/web:1`",
        ),
        ("web:", "E425", "is `web:`, with nothing after the `:`", "add the tag"),
        ("Web:1", "E425", "is `Web:1`, and a repository has no upper-case letters", "write `web:1`"),
        (
            "public.ecr.aws/team/Web:B",
            "E425",
            "is `public.ecr.aws/team/Web:B`, and a repository has no upper-case letters",
            "write `public.ecr.aws/team/web:B`",
        ),
        (
            "nginx",
            "W601",
            "is `nginx`, which without a tag means `latest`, another image after every push",
            "write the tag of one version, or a digest",
        ),
        (
            "localhost:5000/web",
            "W601",
            "is `localhost:5000/web`, which without a tag means `latest`, another image after every push",
            "write the tag of one version, or a digest",
        ),
        (
            "localhost:5000/web:latest",
            "W601",
            "is `localhost:5000/web:latest`, another image after every push",
            "write the tag of one version, or a digest",
        ),
    ],
)
def test_fails(image: str, code: str, state: str, help: str | None) -> None:
    assert say(fargate({"image": image}), *CODES) == [Said(code, IMAGE, f"`{IMAGE}` {state}", (), help)]


def test_a_container_without_an_image_is_reported_at_the_container() -> None:
    said = Said("E440", "containerDefinitions[app]", "container `app` has no image", (), "add `image`")
    assert say(fargate({"image": None}), *CODES) == [said]


def test_a_misspelt_image_is_no_missing_one() -> None:
    assert say(fargate({"image": None, "imgae": "app:v1"}), *CODES) == []
