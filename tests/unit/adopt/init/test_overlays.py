"""The overlays of a new project, and the examples in their comments, which are right."""

from __future__ import annotations

import pytest

from generator.adopt.init.overlays import write_examples, write_overlay
from generator.adopt.init.template import write_template
from generator.build.pipeline import build_project
from generator.model.new_project import NewProject
from tests.support import make_project

PROJECT = NewProject("shop", account="210987654321", region="eu-central-1")


def test_an_overlay_in_the_middle_has_what_differs() -> None:
    assert write_overlay(PROJECT, "test") == (
        "# yaml-language-server: $schema=../taskdef.schema.json\n"
        "# The environment test. environments/dev.yaml explains the parts.\n"
        "\n"
        "aws:\n"
        '  account: "210987654321"\n'
        "  region: eu-central-1\n"
        "  cluster: test\n"
        "  service: shop-test\n"
        "\n"
        "vars:\n"
        "  # `taskdef promote dev test` takes the tag of dev.\n"
        "  image_tag: v0.2.0\n"
    )


@pytest.mark.parametrize(
    ("project", "patches"),
    [
        (
            PROJECT,
            {
                "dev": "  containerDefinitions:\n    shop:\n      environment:\n        LOG_LEVEL: DEBUG\n",
                "test": "",
                "prod": "  # Bigger than in the template.\n  cpu: 1024\n  memory: 2 GB\n",
            },
        ),
        (
            NewProject("null", ("a", "live"), "ec2"),
            {
                "a": '  containerDefinitions:\n    "null":\n      environment:\n        LOG_LEVEL: DEBUG\n',
                "live": '  # Bigger than in the template.\n  containerDefinitions:\n    "null":\n'
                "      cpu: 512\n      memoryReservation: 512\n      memory: 1024\n",
            },
        ),
        (NewProject("shop", ("dev",)), {"dev": ""}),
        (NewProject("shop", ("prod-eu", "prod-us")), {"prod-eu": "", "prod-us": ""}),
    ],
)
def test_production_is_bigger_and_the_first_environment_logs_more(project: NewProject, patches: dict[str, str]) -> None:
    for env, patch in patches.items():
        _, found, rest = write_overlay(project, env).partition("\npatch:\n")
        assert rest.partition("\n# More")[0] == patch and bool(found) is bool(patch)


def test_the_example_of_an_account_says_so() -> None:
    said = '  account: "123456789012" # an example: write your account\n'
    assert said in write_overlay(NewProject("shop"), "prod") and "example" not in write_overlay(PROJECT, "prod")


def test_renovate_gets_the_image_above_the_first_tag_alone() -> None:
    project = NewProject("Shop__Web", account="210987654321", region="cn-north-1", renovate=True)
    comment = "  # renovate: datasource=docker depName=210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn/shop-web\n"
    assert f"{comment}  image_tag: " in write_overlay(project, "dev")
    assert [env for env in project.environments if "renovate" in write_overlay(project, env)] == ["dev"]
    assert "renovate" not in write_overlay(project._replace(renovate=False), "dev")


@pytest.mark.parametrize("launch_type", ["fargate", "ec2"])
@pytest.mark.parametrize("name", ["shop", "null"])
def test_the_examples_are_a_patch_that_fits_the_template(launch_type: str, name: str) -> None:
    project = NewProject(name, launch_type="ec2" if launch_type == "ec2" else "fargate")
    overlay = write_overlay(project, "dev")
    examples = "".join(write_examples(project))
    assert examples in overlay and all(line.startswith("# ") for line in examples.splitlines())
    start = overlay.partition("\npatch:\n")[0].partition("\n# What is different")[0]
    patch = "".join(line.removeprefix("# ") for line in examples.splitlines(keepends=True))
    built = build_project(
        make_project({f"{name}.json.j2": write_template(project)}, {"dev.yaml": f"{start}\n{patch}"}, rules=True)
    )
    assert built.findings == ()
    (artifact,) = built.artifacts
    for part in ('"FEATURE_FLAG"', '"https://dev.example.com"', f"parameter/dev/{name}/API_KEY", "9090", "--verbose"):
        assert part in artifact.text
    assert '"LOG_LEVEL"' not in artifact.text and "8080,\n" not in artifact.text
