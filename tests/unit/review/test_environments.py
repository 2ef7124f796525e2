"""What is said of environments that do not agree where they should, and of what is right though it looks alike."""

from __future__ import annotations

from textwrap import dedent

import pytest

from generator.build.pipeline import build_project
from generator.build.planning import plan_project
from generator.model.findings import Level, Place, Severity
from generator.model.project import DeclaredException, Project, Settings
from generator.review.environments.evidence import Units
from generator.review.environments.mending import mend_project
from generator.rules import RULES
from tests.support import agree_on, make_project

QUIET: tuple[tuple[str, Level], ...] = tuple((code, "off") for code in RULES if code[1] != "7")

TEMPLATE = """\
{
  "family": "web-{{ env }}",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "web:{{ tag | default('v1') }}",
      "memory": 256,
      "environment": [
        {%- for name, value in (settings | default({})).items() %}
        {"name": "{{ name }}", "value": "{{ value }}"},
        {%- endfor %}
        {"name": "LOG_LEVEL", "value": "{{ level | default('INFO') }}"}
      ]
    }
  ]
}
"""
AWS = 'aws: {account: "%s", region: %s}\n'
DEV, PROD = AWS % ("1" * 12, "eu-west-1"), AWS % ("2" * 12, "us-east-1")
SECRET = "patch: {containerDefinitions: {web: {secrets: {KEY: %s}}}}\n"


def make(
    environments: dict[str, str], *, templates: dict[str, str] | None = None, settings: Settings | None = None
) -> Project:
    """Make a project of a template and these overlays, with rules between environments only."""
    settings = settings or Settings()
    project = make_project(templates or {"web.json.j2": TEMPLATE}, environments, settings=settings, rules=True)
    return project._replace(settings=settings._replace(levels=(*QUIET, *settings.levels)))


def tell(project: Project, *, least: Severity = "warning") -> list[tuple[str, str, str]]:
    """Tell findings as (code, file:line, message)."""
    built = build_project(project)
    assert [finding for finding in built.findings if finding.severity == "error"] == []
    found = agree_on(project, least=least).findings
    return [
        (each.code, f"{each.location.file.rpartition('/')[2]}:{each.location.line}", each.message)
        for each in found
        if each.location
    ]


def patch(text: str) -> str:
    return f"patch: {{containerDefinitions: {{web: {{{text}}}}}}}\n"


def log(text: str) -> str:
    return patch(f"logConfiguration: {{{text}}}")


def variables(text: str) -> str:
    return patch(f"environment: {{{text}}}")


PASSES = {
    "a device, which is not of `dev`": {
        "dev.yaml": "vars: {level: /dev/stdout}\n",
        "prod.yaml": "vars: {level: 'file:/dev/null'}\n",
    },
    "one environment alone": {"dev.yaml": variables("A: 1")},
    "one environment alone that overrides": {"dev.yaml": patch("memory: 128")},
    "a name that is a secret elsewhere": {
        "dev.yaml": variables("KEY: made-up"),
        "prod.yaml": SECRET % "/web/prod/key",
    },
    "a variable that an overlay takes away": {
        "_all.yaml": variables("A: 1"),
        "dev.yaml": "extends: _all\n",
        "prod.yaml": "extends: _all\n" + variables("A: null"),
    },
    "a container that only one has": {
        "dev.yaml": "",
        "prod.yaml": "patch: {containerDefinitions: {log: {$add: true, image: log, memory: 64, environment: {A: 1}}}}\n",
    },
    "its own name": {"dev.yaml": variables("A: x-dev"), "prod.yaml": variables("A: x-production")},
    "a longer name in which another is": {
        "prod.yaml": variables("A: web-prod"),
        "prod-eu.yaml": variables("A: web-prod-eu"),
    },
    "a name that is part of a word": {"dev.yaml": variables("A: developer-1"), "prod.yaml": variables("A: devices")},
    "what is inherited": {"prod.yaml": variables("A: web-prod"), "live.yaml": "extends: prod\n"},
    "a mode of a framework": {
        "dev.yaml": variables("RAILS_ENV: development, NODE_ENV: production, STRIPE_MODE: prod"),
        "prod.yaml": variables("RAILS_ENV: production, NODE_ENV: development, STRIPE_MODE: live"),
    },
    "a domain of the internet": {
        "dev.yaml": variables('A: "https://a.example.dev/x"'),
        "prod.yaml": variables('A: "https://b.example.dev:8080"'),
    },
    "a region, for an environment that is called like a part of it": {
        "us.yaml": DEV.replace("eu-west-1", "us-west-2") + variables("A: s3.us-west-2.amazonaws.com"),
        "eu.yaml": variables("A: s3.us-east-1.amazonaws.com"),
    },
    "commands": {
        "test.yaml": patch("command: [serve, --fast]"),
        "prod.yaml": patch('command: [sh, -c, "test -f /dev/null"]'),
    },
    "words of another kind": {"local.yaml": variables("A: x.local.y"), "prod.yaml": variables("A: db.local.z")},
    "one version everywhere": {"dev.yaml": "vars: {tag: v2}\n", "prod.yaml": "vars: {tag: v2}\n"},
    "an override of some": {"dev.yaml": patch("memory: 128"), "prod.yaml": ""},
    "equal in two of three": {"a1.yaml": patch("cpu: 1"), "b1.yaml": patch("cpu: 1"), "c1.yaml": patch("cpu: 2")},
    "one parent for all": {"_all.yaml": patch("cpu: 1"), "dev.yaml": "extends: _all\n", "prod.yaml": "extends: _all\n"},
    "a variable of another type": {
        "_all.yaml": "vars: {level: 1}\n",
        "dev.yaml": 'extends: _all\nvars: {level: "1"}\n',
    },
    "an override that changes something in one of two": {
        "_all.yaml": patch("environment: {LOG_LEVEL: WARN}"),
        "dev.yaml": "extends: _all\nvars: {level: WARN}\n",
        "prod.yaml": "extends: _all\nvars: {level: INFO}\n",
    },
    "an option of two log drivers": {
        "dev.yaml": log("logDriver: syslog, options: {tag: web, labels: a}"),
        "prod.yaml": log("logDriver: fluentd, options: {tag: web}"),
    },
    "what a directive takes whole": {"dev.yaml": patch("environment: {LOG_LEVEL: {$replace: true, value: INFO}}")},
}


@pytest.mark.parametrize("environments", PASSES.values(), ids=PASSES)
def test_nothing_is_said_of(environments: dict[str, str]) -> None:
    assert tell(make(environments)) == []


VALUE = "containerDefinitions[web].environment[A].value"
LOG = "containerDefinitions[web].logConfiguration"
FAILS = {
    "a variable of one": (
        {"dev.yaml": "", "prod.yaml": variables("A: 1")},
        [("W701", "prod.yaml:1", "`web` has the variable `A` in `prod`, and not in `dev`")],
    ),
    "a secret of two": (
        {"a1.yaml": "", "b1.yaml": SECRET % "/one", "c1.yaml": SECRET % "/two"},
        [("W701", "b1.yaml:1", "`web` has the secret `KEY` in `b1` and `c1`, and not in `a1`")],
    ),
    "a variable by a variable": (
        {"dev.yaml": "", "prod.yaml": "vars:\n  settings: {A: 1}\n"},
        [("W701", "web.json.j2:10", "`web` has the variable `A` in `prod`, and not in `dev`")],
    ),
    "a name": (
        {"dev.yaml": variables("A: x-dev"), "prod.yaml": variables("A: x-dev-y")},
        [("W702", "prod.yaml:1", f"the variable `{VALUE}` of `prod` mentions `dev`")],
    ),
    "a name in another form": (
        {"stage.yaml": variables("A: x"), "prod.yaml": variables('A: "db.staging.internal:80"')},
        [("W702", "prod.yaml:1", f"the variable `{VALUE}` of `prod` mentions `stage`")],
    ),
    "a name in a role": (
        {"dev.yaml": "", "prod.yaml": "patch: {taskRoleArn: arn:aws:iam::123456789012:role/WebDevTask}\n"},
        [("W702", "prod.yaml:1", "the role `taskRoleArn` of `prod` mentions `dev`")],
    ),
    "a longer name": (
        {"prod.yaml": variables("A: web-prod-eu"), "prod-eu.yaml": variables("A: x")},
        [("W702", "prod.yaml:1", f"the variable `{VALUE}` of `prod` mentions `prod-eu`")],
    ),
    "an account": (
        {"dev.yaml": DEV + variables("A: x"), "prod.yaml": PROD + variables("A: arn:aws:sqs:::111111111111")},
        [("W702", "prod.yaml:2", f"the variable `{VALUE}` of `prod` mentions the account of `dev`, 111111111111")],
    ),
    "a region": (
        {"dev.yaml": DEV + variables("A: us-east-1"), "prod.yaml": PROD + variables("A: us-east-1.x")},
        [("W702", "dev.yaml:2", f"the variable `{VALUE}` of `dev` mentions the region of `prod`, us-east-1")],
    ),
    "a tag by a variable": (
        {"dev.yaml": "vars: {tag: dev}\n", "prod.yaml": "vars: {tag: dev}\n"},
        [("W702", "prod.yaml:1", "the image `containerDefinitions[web].image` of `prod` mentions `dev`")],
    ),
    "a value of another that both set": (
        {"dev.yaml": "vars: {level: x-dev}\n", "prod.yaml": "vars: {level: x-dev}\n"},
        [
            (
                "W702",
                "prod.yaml:1",
                "the variable `containerDefinitions[web].environment[LOG_LEVEL].value` of `prod` mentions `dev`",
            )
        ],
    ),
    "the same as in the template": (
        {"dev.yaml": patch("memory: 256"), "prod.yaml": patch("memory: 128")},
        [("W703", "dev.yaml:1", "`containerDefinitions[web].memory` is `256` without this override too")],
    ),
    "the same size in another unit": (
        {"_all.yaml": "patch: {memory: 1024}\n", "dev.yaml": "extends: _all\npatch: {memory: 1 GB}\n"},
        [("W703", "dev.yaml:2", "`memory` is `1024` without this override too")],
    ),
    "the same variable": (
        {"_all.yaml": "vars: {level: DEBUG}\n", "dev.yaml": "extends: _all\nvars: {level: DEBUG}\n"},
        [("W703", "dev.yaml:2", "`level` is `DEBUG` without this override too")],
    ),
    "a repeated override": (
        {"dev.yaml": patch("cpu: 1"), "prod.yaml": patch("cpu: 1")},
        [
            (
                "W704",
                "dev.yaml:1",
                "`containerDefinitions[web].cpu` is `1` in every environment, and each sets it for itself",
            )
        ],
    ),
    "an option of one log driver": (
        {
            "dev.yaml": log("logDriver: syslog, options: {tag: web, labels: a}"),
            "prod.yaml": log("logDriver: syslog, options: {tag: web}"),
        },
        [
            ("W704", "dev.yaml:1", f"`{LOG}.logDriver` is `syslog` in every environment, and each sets it for itself"),
            ("W704", "dev.yaml:1", f"`{LOG}.options.tag` is `web` in every environment, and each sets it for itself"),
        ],
    ),
    "a repeated variable": (
        {"dev.yaml": "vars: {level: WARN}\n", "prod.yaml": "vars: {level: WARN}\n"},
        [("W704", "dev.yaml:1", "`level` is `WARN` in every environment, and each sets it for itself")],
    ),
    "a variable of no use": (
        {"dev.yaml": "vars: {lever: 1}\n", "prod.yaml": "vars: {lever: 1}\n"},
        [("W705", "dev.yaml:1", "no task uses the variable `lever`")],
    ),
    "one image everywhere but in the template": (
        {"dev.yaml": patch('image: "web:v2"'), "prod.yaml": patch('image: "web:v2"')},
        [
            (
                "W707",
                "web.json.j2:6",
                "no environment uses `containerDefinitions[web].image` of the template: each of `dev` and `prod` overrides it",
            )
        ],
    ),
    "a value that nobody takes": (
        {"dev.yaml": patch("memory: 128"), "prod.yaml": patch("memory: 512")},
        [
            (
                "W707",
                "web.json.j2:7",
                "no environment uses `containerDefinitions[web].memory` of the template: each of `dev` and `prod` overrides it",
            )
        ],
    ),
}


@pytest.mark.parametrize(("environments", "wanted"), FAILS.values(), ids=FAILS)
def test_one_thing_is_said_of(environments: dict[str, str], wanted: list[tuple[str, str, str]]) -> None:
    assert tell(make(environments)) == wanted


# Variables and partials

PARTIALS = {
    "web.json.j2": '{"family": "web", "containerDefinitions": [{%- include "_web.j2" %}]}',
    "_web.j2": '{"name": "web", "memory": 64, "image": "{{ image }}"}',
}
LEFT = '{# taskdef: ignore[W706] the next release takes it #}\n"x"\n'


def test_a_variable_is_used_in_a_partial_and_a_partial_by_a_partial() -> None:
    assert tell(make({"dev.yaml": "vars: {image: web}\n"}, templates=PARTIALS)) == []


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("_old.j2", "x", [("W706", "_old.j2:1", "no template includes `_old.j2`")]),
        ("parts/_old.j2", "x", [("W706", "_old.j2:1", "no template includes `parts/_old.j2`")]),
        ("_old.j2", LEFT, []),
        ("_old.j2", "", [("W706", "_old.j2:1", "no template includes `_old.j2`")]),
    ],
)
def test_a_partial_that_nothing_includes(name: str, text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert tell(make({"dev.yaml": "vars: {image: web}\n"}, templates={**PARTIALS, name: text})) == wanted


def test_nothing_is_said_of_partials_that_an_expression_may_name() -> None:
    templates = {**PARTIALS, "web.json.j2": PARTIALS["web.json.j2"].replace('"_web.j2"', "part"), "_old.j2": "{{ x }}"}
    assert tell(make({"dev.yaml": "vars: {image: web, part: _web.j2, x: 1}\n"}, templates=templates)) == []


def test_a_variable_of_one_task_is_used_by_that_task() -> None:
    templates = {**PARTIALS, "job.json.j2": '{"family": "job", "containerDefinitions": []}'}
    text = "tasks: {job: {vars: {image: job}}, web: {vars: {image: web}}}\n"
    assert tell(make({"dev.yaml": text}, templates=templates)) == [
        ("W705", "dev.yaml:1", "no task uses the variable `image`")
    ]


# Secrets


def test_no_value_is_shown_that_is_secret_by_its_use() -> None:
    template = TEMPLATE.replace("LOG_LEVEL", "API_TOKEN")
    environments = {
        "_all.yaml": "vars: {level: abc123}\n",
        "dev.yaml": "extends: _all\nvars: {level: abc123}\n",
        "prod.yaml": patch("environment: {API_TOKEN: abc123}"),
        "test.yaml": patch("environment: {API_TOKEN: abc123}"),
    }
    project = make(environments, templates={"web.json.j2": template})
    assert "abc123" not in repr(agree_on(project).findings)
    assert [code for code, _, _ in tell(project)] == ["W703"]


def test_no_value_is_shown_that_is_repeated_and_secret_by_its_use() -> None:
    template = TEMPLATE.replace("LOG_LEVEL", "API_TOKEN")
    environments = dict.fromkeys(("dev.yaml", "prod.yaml"), "vars: {level: abc123}\n")
    project = make(environments, templates={"web.json.j2": template})
    assert "abc123" not in repr(agree_on(project).findings)
    assert tell(project) == [
        ("W704", "dev.yaml:1", "`level` is `***` in every environment, and each sets it for itself")
    ]


# What settings and comments say


def declare(code: str, *environments: str, name: str = "", path: str = "") -> DeclaredException:
    source = make({"dev.yaml": "x"}).overlays["dev.yaml"]
    return DeclaredException(code, name, path, environments, "so it is", Place(source, 0, 1))


ONE = {"dev.yaml": "", "prod.yaml": variables("A: 1")}
LACKS = ("W701", "prod.yaml:1", "`web` has the variable `A` in `prod`, and not in `dev`")


@pytest.mark.parametrize(
    ("exception", "wanted"),
    [
        (declare("W701", name="A"), []),
        (declare("W701", "prod", name="A"), []),
        (declare("W701", "dev", name="A"), []),
        (declare("W701", path="containerDefinitions[web]"), []),
        (declare("W701", name="B"), ["W708", "W701"]),
        (declare("W702", name="A"), ["W708", "W701"]),
        (declare("W701", path="containerDefinitions[we"), ["W708", "W701"]),
        (declare("W701", "live", name="A"), ["W708", "W701"]),
    ],
)
def test_an_exception_admits_what_it_is_about(exception: DeclaredException, wanted: list[str]) -> None:
    settings = Settings(exceptions=(exception,))
    assert [code for code, _, _ in tell(make(ONE, settings=settings))] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (variables("A: 1").rstrip() + "  # taskdef: ignore[W701] only there\n", []),
        ("# taskdef: ignore[W703] no more\n" + variables("A: 1"), ["W692", "W701"]),
    ],
)
def test_a_comment_ignores_a_rule_between_environments(text: str, wanted: list[str]) -> None:
    assert [code for code, _, _ in tell(make({"dev.yaml": "", "prod.yaml": text}, settings=KNOWN))] == wanted


def test_each_comment_is_judged_by_who_looks_for_its_rule() -> None:
    text = "# taskdef: ignore[W703] no more\n# taskdef: ignore[W608] no more\n" + variables("A: 1")
    project = make({"dev.yaml": text}, settings=KNOWN)
    built = build_project(project)
    unused = [finding.message.split()[0] for finding in built.findings]
    between = [finding.message.split()[0] for finding in agree_on(project).findings]
    assert (unused, between) == (["`W608`"], ["`W703`"])


KNOWN = Settings(levels=(("W692", "warning"),))


@pytest.mark.parametrize(
    ("settings", "least", "wanted"),
    [
        (Settings(levels=(("W701", "off"),)), "note", []),
        (Settings(levels=(("W701", "note"),)), "warning", []),
        (Settings(levels=(("W701", "note"),)), "note", [LACKS]),
        (Settings(environment_levels=(("prod", (("W701", "off"),)),)), "note", []),
        (Settings(environment_levels=(("dev", (("W701", "off"),)),)), "note", [LACKS]),
    ],
)
def test_levels_hold_for_the_environment_that_is_spoken_of(
    settings: Settings, least: Severity, wanted: list[tuple[str, str, str]]
) -> None:
    assert tell(make(ONE, settings=settings), least=least) == wanted


# Mending


def test_overrides_that_change_nothing_are_taken_out_and_the_artifacts_stay() -> None:
    project = make(
        {
            "dev.yaml": dedent("""\
        # For developers.
        patch:
          containerDefinitions:
            web:
              memory: 256  # as always
              cpu: 64      # little
        """)
        }
    )
    built = build_project(project)
    mended = mend_project(plan_project(project), built, agree_on(project).idle)
    assert mended.project.overlays["dev.yaml"].text == (
        "# For developers.\npatch:\n  containerDefinitions:\n    web:\n      cpu: 64      # little\n"
    )
    assert (mended.changed, mended.left, mended.proven) == (("dev.yaml",), 0, True)


def test_nothing_is_mended_that_would_change_an_artifact() -> None:
    project = make({"dev.yaml": patch("cpu: 64")})
    built = build_project(project)
    units = Units().find(built.artifacts[0].document)
    mended = mend_project(plan_project(project), built, [units["containerDefinitions[web].cpu"].place])
    assert (mended.project, mended.changed, mended.proven) == (project, (), False)
