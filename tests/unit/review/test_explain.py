"""The way of one value: what each step says, what stays hidden, and what stands on a line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.build.pipeline import Trace, trace
from generator.build.planning import PlannedProject, plan_project
from generator.model.origins import Explanation, Step
from generator.model.secrets.names import MASK
from generator.review.explain import ArtifactIndex, Explainer, explain_paths, explain_variables
from tests.support import make_project

TEMPLATE = """\
{
  "family": "web",
  "containerDefinitions": [
    {
      "$id": "web",
      "name": "web-{{ env }}",
      "image": "web:{{ tag }}",
      "cpu": "10",
      "command": ["serve", "{{ mode }}"],
      "environment": [{"name": "A", "value": "1"}, {"name": "DB_PASSWORD", "value": "{{ pw }}"}],
      "logConfiguration": {"logDriver": "json-file", "options": {"max-size": "1m"}}
    }
  ],
  "volumes": [{"name": "data", "host": {"sourcePath": "/data"}}]
}
"""
VARIABLES = "vars: {tag: v1, mode: fast, pw: made-up}\n"


def trace_prod(prod: str, template: str = TEMPLATE, base: str = VARIABLES) -> tuple[PlannedProject, Trace]:
    project = make_project({"web.json.j2": template}, {"_base.yaml": base, "prod.yaml": f"extends: _base\n{prod}"})
    planned = plan_project(project)
    traced = trace(planned, "prod", "web")
    assert traced is not None and traced.artifact is not None
    return planned, traced


def explain(prod: str, path: str) -> list[str]:
    """Tell the way of the one value at a path: kind, message and place of each step."""
    explained = explain_paths(*trace_prod(prod), "", path)
    assert explained is not None and len(explained.origins) == 1
    return [f"{step.kind}: {step.message} ({step.location})" for step in explained.origins[0].steps]


def patch_container(patch: str) -> str:
    return f"patch: {{containerDefinitions: {{web: {patch}}}}}\n"


CONTAINER = "containerDefinitions[web]"
AT = "templates/web.json.j2"
OVER = "environments/prod.yaml:2"


@pytest.mark.parametrize(
    ("patch", "path", "steps"),
    [
        ("{}", "family", [f'template: the template sets "web" ({AT}:2:13)']),
        (
            "{image: web:v2}",
            f"{CONTAINER}.image",
            [f'template: the template sets "web:v1" ({AT}:7:16)', f'change: "web:v1" → "web:v2" ({OVER}:45)'],
        ),
        (
            "{image: web:v1}",
            f"{CONTAINER}.image",
            [
                f'template: the template sets "web:v1" ({AT}:7:16)',
                f'keep: set to the same value, "web:v1" ({OVER}:45)',
            ],
        ),
        ("{memory: 512}", f"{CONTAINER}.memory", [f"add: sets 512 ({OVER}:46)"]),
        (
            "{memory: '512'}",
            f"{CONTAINER}.memory",
            [f'add: sets "512" ({OVER}:46)', 'convert: "512" becomes 512: `memory` is a whole number in ECS (None)'],
        ),
        (
            "{}",
            f"{CONTAINER}.cpu",
            [
                f'template: the template sets "10" ({AT}:8:14)',
                'convert: "10" becomes 10: `cpu` is a whole number in ECS (None)',
            ],
        ),
        (
            "{environment: {A: null}}",
            f"{CONTAINER}.environment[A].value",
            [f'template: the template sets "1" ({AT}:10:46)', f'delete: deleted; it was "1" ({OVER}:52)'],
        ),
        (
            "{environment: null}",
            f"{CONTAINER}.environment[A].value",
            [f'template: the template sets "1" ({AT}:10:46)', f'delete: deleted; it was "1" ({OVER}:38)'],
        ),
        (
            "{environment: {$replace: [{name: B, value: 2}]}}",
            f"{CONTAINER}.environment[A].value",
            [
                f'template: the template sets "1" ({AT}:10:46)',
                f'replace: removed by its replacement; it was "1" ({OVER}:38)',
            ],
        ),
        (
            "{secrets: {A: arn}}",
            f"{CONTAINER}.environment[A].value",
            [
                f'template: the template sets "1" ({AT}:10:46)',
                f'drop: `A` moves to `secrets`, so `environment` loses it; it was "1" ({OVER}:48)',
            ],
        ),
        (
            "{logConfiguration: {logDriver: syslog}}",
            f"{CONTAINER}.logConfiguration.options.max-size",
            [
                f'template: the template sets "1m" ({AT}:11:78)',
                f'drop: `logDriver` becomes `syslog`, so the `options` of the one before go; it was "1m" ({OVER}:68)',
            ],
        ),
        ("{}", f"{CONTAINER}.command[1]", [f'template: the template sets "fast" ({AT}:9:28)']),
        (
            "{command: {$remove: [fast]}}",
            f"{CONTAINER}.command[0]",
            [
                f'template: the template sets ["serve", "fast"] ({AT}:9:18)',
                f'change: ["serve", "fast"] → ["serve"] ({OVER}:38)',
            ],
        ),
        (
            "{command: [one]}",
            f"{CONTAINER}.command[1]",
            [
                f'template: the template sets ["serve", "fast"] ({AT}:9:18)',
                f'change: ["serve", "fast"] → ["one"] ({OVER}:47)',
                f'replace: the list has no such item any more; it was "fast" ({OVER}:47)',
            ],
        ),
    ],
)
def test_way_of_a_value(patch: str, path: str, steps: list[str]) -> None:
    assert explain(patch_container(patch), path) == steps


def test_another_kind_of_volume_drops_the_one_before() -> None:
    patch = "patch: {volumes: {data: {efsVolumeConfiguration: {fileSystemId: fs-12345678}}}}\n"

    assert explain(patch, "volumes[data].host")[1:] == [
        f'drop: the volume becomes one of `efsVolumeConfiguration`, so its `host` goes; it was "/data" ({OVER}:26)'
    ]


def test_assigned_gpus_drop_the_share_before() -> None:
    base = (
        VARIABLES
        + "patch: {containerDefinitions: {web: {resourceRequirements: {GPU: {sharingStrategy: {nvidiaMps: {memory: 8}}}}}}}\n"
    )
    prod = patch_container("{resourceRequirements: {GPU: 2}}")
    explained = explain_paths(
        *trace_prod(prod, base=base), "", f"{CONTAINER}.resourceRequirements[GPU].sharingStrategy.nvidiaMps.memory"
    )
    assert explained is not None and len(explained.origins) == 1
    assert [(step.kind, step.message) for step in explained.origins[0].steps][-1] == (
        "drop",
        "the item gets `value`, so its `sharingStrategy` goes; it was 8",
    )


def test_item_that_a_set_has_twice_is_left_out() -> None:
    patch = "patch: {requiresCompatibilities: [EC2, EC2]}\n"

    assert explain(patch, "requiresCompatibilities[1]") == [
        f'add: sets "EC2" ({OVER}:40)',
        f'replace: removed, since the list already has it; it was "EC2" ({OVER}:40)',
    ]


def test_what_comes_again_after_a_deletion_is_told_in_a_row() -> None:
    base = f"{VARIABLES}patch: {{containerDefinitions: {{web: {{environment: {{A: null}}}}}}}}\n"
    explained = explain_paths(
        *trace_prod(patch_container("{environment: {A: 2}}"), base=base), "", f"{CONTAINER}.environment[A].value"
    )

    assert explained is not None
    assert [step.kind for step in explained.origins[0].steps] == ["template", "delete", "add", "convert"]


def test_path_that_nothing_ever_had_is_not_explained() -> None:
    assert explain_paths(*trace_prod(""), "", "cpu") is None


def test_variable_is_told_with_each_layer_that_set_it() -> None:
    explained = explain_paths(*trace_prod("vars: {tag: v2}\n"), "", f"{CONTAINER}.image")

    assert explained is not None
    assert [(step.message, str(step.location)) for step in explained.origins[0].steps[0].inner] == [
        ('`tag` is "v1"', "environments/_base.yaml:1:13"),
        ('`tag` is "v2", over "v1"', "environments/prod.yaml:2:13"),
    ]


# Secrets.


def list_texts(explained: Explanation) -> Iterator[str]:
    """List every text of an explanation."""

    def walk(step: Step) -> Iterator[str]:
        yield from (step.message, step.before or "", step.after or "", step.excerpt.text if step.excerpt else "")
        for inner in step.inner:
            yield from walk(inner)

    for origin in explained.origins:
        yield origin.value or ""
        yield from (text for step in origin.steps for text in walk(step))
    for setting in explained.settings or ():
        yield setting.value
        yield from (text for step in (*setting.steps, *setting.uses) for text in walk(step))


LOOP = TEMPLATE.replace('"environment": [', '{% for v in ["made-up-6"] %}"environment": [').replace(
    '"{{ pw }}"}],', '"{{ v }}"}],{% endfor %}'
)


@pytest.mark.parametrize(
    ("variables", "prod", "template"),
    [
        ("pw: made-up", "vars: {pw: made-up-2}\n", TEMPLATE),
        ("pw: made-up", patch_container("{environment: {DB_PASSWORD: made-up-3}}"), TEMPLATE),
        ("pw: made-up", "", TEMPLATE.replace("{{ mode }}", "--pw={{ pw }}")),
        (
            "pw: 'made-up-and-long'",
            "",
            TEMPLATE.replace("fast", "--pw=made-up-and-long").replace("{{ mode }}", "--pw=made-up-and-long"),
        ),
        ("all: {}", "vars: {all: {DB_PASSWORD: made-up-4}}\n", TEMPLATE.replace("{{ pw }}", "{{ all.DB_PASSWORD }}")),
        ("pw: plain", "", "{% set pw = 'made-up-5' %}" + TEMPLATE),
        ("pw: plain", "", LOOP),
    ],
)
def test_secret_is_in_no_text(variables: str, prod: str, template: str) -> None:
    planned, traced = trace_prod(prod, template, f"vars: {{tag: v1, mode: fast, {variables}}}\n")
    assert traced.artifact is not None and "made-up" in traced.artifact.text

    whole = explain_paths(planned, traced, "", "")

    assert whole is not None
    assert MASK in [origin.value for origin in whole.origins]
    for explained in (whole, explain_variables(planned, traced, "")):
        assert [text for text in list_texts(explained) if "made-up" in text] == []


def test_secret_of_few_characters_is_in_no_line_that_tells_of_another_variable() -> None:
    explained = explain_paths(*trace_prod("vars: {tag: v2, pw: x9}\n"), "", f"{CONTAINER}.image")

    assert explained is not None
    assert [text for text in list_texts(explained) if "x9" in text] == []


def test_value_beside_a_secret_out_of_one_loop_is_shown() -> None:
    template = TEMPLATE.replace(
        '{"name": "DB_PASSWORD", "value": "{{ pw }}"}',
        '{% for n, v in all.items() %}{"name": "{{ n }}", "value": "{{ v }}"},{% endfor %}',
    )
    planned, traced = trace_prod("vars: {all: {DB_PASSWORD: made-up, LEVEL: info}}\n", template)
    index = ArtifactIndex(planned, traced)
    explainer = Explainer(index)

    values = {path: explainer.explain(path, 0).value for path, _ in index.list_leaves(f"{CONTAINER}.environment")}

    assert values[f"{CONTAINER}.environment[DB_PASSWORD].value"] == MASK
    assert values[f"{CONTAINER}.environment[LEVEL].value"] == '"info"'


def test_fixed_value_in_a_loop_names_what_the_loop_goes_through() -> None:
    loop = (
        '"environment": [{% for f in flags %}{"name": "{{ f }}", "value": "on"},{% endfor %}{"name": "A", "value": "1"}'
    )
    template = TEMPLATE.replace('"environment": [{"name": "A", "value": "1"}', loop)
    base = VARIABLES.replace("pw:", "flags: [X], pw:")
    explained = explain_paths(*trace_prod("", template, base), "", f"{CONTAINER}.environment[X].value")
    assert explained is not None
    inner = explained.origins[0].steps[0].inner
    assert [step.message for step in inner] == ["inside of this loop", '`flags` is ["X"]']
