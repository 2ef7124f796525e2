"""Pages of differences between environments: members that others lack, values of other environments, shared and useless values."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV, PROD, TEMPLATE = "environments/dev.yaml", "environments/prod.yaml", "templates/web.json.j2"

WEB = """\
{{
  "family": "web-{{{{ env }}}}",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {{"name": "web", "image": "nginx:1.29", {}}}
  ]
}}
"""

DECISION = "a decision of this project"
WHOLE = "all environments and tasks together, without an error in any"

ENVIRONMENTS: dict[str, Page] = {
    "W701": Page(
        title="one environment has a variable that another lacks",
        text="""\
A container has a variable or a secret in one environment, and the same container has none of that name in another. Often
it was added to one environment first, and forgotten in the others. The program then uses a default that nobody chose.

A name that is a variable in one environment and a secret in another is accepted. So is a name that an overlay removes
with `null`. If a difference is intended, [declare an exception](../settings.md#exceptions), or ignore it [on its
line](../settings.md#a-single-line).""",
        case="W701-variable-of-one-environment",
        source=DECISION,
        applies=WHOLE,
        passes={DEV: "patch:\n  containerDefinitions:\n    web: {environment: {CACHE_HOST: cache.dev.example.com}}\n"},
    ),
    "W702": Page(
        title="a value belongs to another environment",
        text="""\
A value names another environment of the project: `prod` reads a secret of `dev`, `dev` writes into a bucket of `prod`. The
rule checks the family, container names, roles, images with their tags, secrets, files, values of variables, and log
groups and regions.

The name counts as a whole word, in any of its usual forms (`prod`, `prd`, `production`), and so do the account and
region of another environment in a variable; [W611](W611.md) and [W612](W612.md) check them elsewhere. The rule skips
environments that this one extends, the last part of a host (`example.dev`), commands, and variables that choose a mode
of a framework, such as `RAILS_ENV`, `NODE_ENV` and `SPRING_PROFILES_ACTIVE`: a test environment rightly runs in
`production`. Declare [an exception](../settings.md#exceptions) for values that are shared on purpose.""",
        case="W702-secret-of-another-environment",
        source=f"{DECISION}; the words are in `generator/ecs/mentions.py`",
        applies=WHOLE,
        passes={PROD: 'aws: {account: "123456789012", region: eu-west-1}\nvars: {path: /web/prod/db-password}\n'},
    ),
    "W703": Page(
        title="an override changes nothing",
        text="""\
An overlay sets a value that the template or a lower layer already has, in every task and environment that it reaches.
It looks like a decision, but has no effect; when the lower value changes, this one stays behind.

`taskdef check --fix` removes such overrides, with mappings that become empty, and leaves all other lines as they are.
It builds everything before and after in memory, and writes only if every artifact stays the same, byte for byte.""",
        case="W703-same-as-the-template",
        source=DECISION,
        applies=WHOLE,
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      cpu: 128\n"},
    ),
    "W704": Page(
        title="every environment repeats an override",
        text="""\
Each environment sets the same value. It does not distinguish environments, so write it once: in the template, or in a
parent that all of them extend.

The rule skips images and the variables in them: a version moves from one environment to the next, so for a while all
have the same. It also skips options of log drivers that differ.""",
        case="W704-same-in-every-environment",
        source=DECISION,
        applies=f"{WHOLE}, and more than one environment",
        passes={
            TEMPLATE: WEB.format('"memory": 256, "cpu": 128'),
            DEV: "# Nothing to say.\n",
            PROD: "# Nothing to say.\n",
        },
    ),
    "W705": Page(
        title="no task uses a variable",
        text="""\
An overlay sets a variable, but no template of its tasks uses it, and no partial that they include. It may be left
over, or the template has a literal instead. A variable that is set for one task counts for that task only.""",
        case="W705-variable-that-nobody-uses",
        source=DECISION,
        applies=WHOLE,
        passes={DEV: 'vars:\n  tag: "1.29"\n', PROD: 'vars:\n  tag: "1.28"\n'},
    ),
    "W706": Page(
        title="nothing includes a partial",
        text="""\
No task includes, imports or extends the partial, directly or through another partial. If a template chooses partials
by an expression, nothing is reported, since it may choose any.""",
        case="W706-partial-that-nobody-includes",
        source=DECISION,
        applies=WHOLE,
        passes={"templates/_logging.j2": None},
    ),
    "W707": Page(
        title="every environment overrides a value of the template",
        text="""\
The template has a value, and each environment with the task overrides it. No artifact has it, so it misleads readers
of the template. Without it, ECS's requirements reveal a new environment that forgets to set the value.""",
        case="W707-overridden-in-every-environment",
        source=DECISION,
        applies=f"{WHOLE}, and more than one environment",
        passes={TEMPLATE: WEB.format('"essential": true')},
    ),
    "W708": Page(
        title="a declared exception matches nothing",
        text="""\
The settings declare [an exception](../settings.md#exceptions), but no finding matches it: the difference is gone, the
rule is off, or a name is misspelt. A stale exception would hide the next mistake.""",
        case="W708-exception-of-a-variable-that-is-gone",
        source=DECISION,
        applies=WHOLE,
        passes={
            "taskdef.toml": '[[exceptions]]\ncode = "W701"\nname = "CACHE_HOST"\nreason = "only production has a cache"\n'
        },
    ),
    "E709": Page(
        title="two environments name the same service",
        text="""\
Two environments of one account and region name the same service of the same cluster. The one that is deployed last
runs, and its rollback goes to a revision of the other. Each environment needs a service of its own.

Environments are compared if their overlays name the account, the region, the cluster and the service. If this is
intended, declare [an exception](../settings.md#exceptions).""",
        case="E709-service-of-another-environment",
        source="a decision of this project; a service has one task definition: UpdateService in the API reference of Amazon ECS",
        applies=WHOLE,
        passes={PROD: 'aws: {account: "123456789012", region: eu-west-1, cluster: main, service: web-prod}\n'},
    ),
    "E710": Page(
        title="two artifacts have the same family",
        text="""\
Two environments of one account and region, or two tasks of one environment, have the same family. A family numbers
its revisions in one sequence: revisions of `dev` and `prod` alternate, and the newest may belong to either. A task
that is started by the family's name alone runs the newest.

If this is intended, declare [an exception](../settings.md#exceptions). If the account or the region of an environment
is unknown, [W711](W711.md) is reported instead.""",
        case="E710-family-of-another-environment",
        source="RunTask in the API reference of Amazon ECS: a family without a number is its latest ACTIVE revision",
        applies=WHOLE,
        passes={TEMPLATE: WEB.format('"memory": 256')},
    ),
    "W711": Page(
        title="environments have the same family, and may be in the same account",
        text="""\
Two environments have the same family, and at least one of them names no account or no region. In accounts of their own that is common
and right (16 of 90 public projects do so, 2026-11); in one account it is the mistake of [E710](E710.md). With `aws: {account: …,
region: …}` in each overlay this note goes, and `taskdef deploy` refuses the wrong account.""",
        case="W711-family-where-accounts-are-not-known",
        source=DECISION,
        applies=WHOLE,
        passes={
            DEV: 'aws: {account: "111122223333", region: eu-west-1}\n',
            PROD: 'aws: {account: "444455556666", region: eu-west-1}\n',
        },
    ),
}
