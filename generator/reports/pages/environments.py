"""Pages of what environments have that others have not, have of each other, share, or all have for nothing."""

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
A container has a variable or a secret in one environment, and the same container has none of that name in another. Often it was added
where it was needed first, and forgotten elsewhere; the program then takes a default that nobody chose.

A name that is a variable here and a secret there is no such case. Nor is one that an overlay takes away with `null`: whoever wrote
that meant it. Where a difference is meant, [declare an exception](../settings.md#exceptions), or ignore it [on its
line](../settings.md#a-single-line).""",
        case="W701-variable-of-one-environment",
        source=DECISION,
        applies=WHOLE,
        passes={DEV: "patch:\n  containerDefinitions:\n    web: {environment: {CACHE_HOST: cache.dev.example.com}}\n"},
    ),
    "W702": Page(
        title="a value is of another environment",
        text="""\
A value names another environment of the project: `prod` reads a secret of `dev`, `dev` writes into a bucket of `prod`. Looked at are
the family, names of containers, roles, images with their tags, secrets, files and values of variables, and groups and regions of logs.

The name counts as a whole word, in any of its usual forms (`prod`, `prd`, `production`), and so do the account and region of another
environment where a variable has them; for all else, [W611](W611.md) and [W612](W612.md) look at these. Left out are environments that
this one extends, the last part of a host (`example.dev`), commands, and variables that choose a mode of a framework, such as
`RAILS_ENV`, `NODE_ENV` and `SPRING_PROFILES_ACTIVE`: a test environment rightly runs in `production`. What is shared on purpose is [an
exception](../settings.md#exceptions).""",
        case="W702-secret-of-another-environment",
        source=f"{DECISION}; the words are in `generator/ecs/mentions.py`",
        applies=WHOLE,
        passes={PROD: 'aws: {account: "123456789012", region: eu-west-1}\nvars: {path: /web/prod/db-password}\n'},
    ),
    "W703": Page(
        title="an override changes nothing",
        text="""\
An overlay sets what the template, or a layer below, says already, in every task and environment that it reaches. It looks like a
decision and is none, and when the value below changes, this one stays behind.

`taskdef check --fix` takes such overrides out of the overlays, with mappings that had nothing else, and leaves all other lines as they
are. It builds everything before and after in memory, and writes only if each artifact is the same to the byte.""",
        case="W703-same-as-the-template",
        source=DECISION,
        applies=WHOLE,
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      cpu: 128\n"},
    ),
    "W704": Page(
        title="every environment repeats an override",
        text="""\
Each environment sets a value for itself, and all set the same. Then it is not what tells environments apart, and belongs where it is
written once: into the template, or into a parent that all of them extend.

Images, and variables that they are made with, are left out: a version goes from one environment to the next, and for a while all have
the same. Options of log drivers that differ are left out too.""",
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
An overlay sets a variable, and no template names it of a task that it is set for, nor does a partial that such a template includes. It
may be left over, or the template has a literal where it was to be used. What is set for one task only counts for that task.""",
        case="W705-variable-that-nobody-uses",
        source=DECISION,
        applies=WHOLE,
        passes={DEV: 'vars:\n  tag: "1.29"\n', PROD: 'vars:\n  tag: "1.28"\n'},
    ),
    "W706": Page(
        title="nothing includes a partial",
        text="""\
A partial is there to be included, imported or extended, and no task does, directly or through another partial. Nothing is said where a
template chooses partials by an expression, since that may be any.""",
        case="W706-partial-that-nobody-includes",
        source=DECISION,
        applies=WHOLE,
        passes={"templates/_logging.j2": None},
    ),
    "W707": Page(
        title="every environment overrides a value of the template",
        text="""\
The template has a value, and each environment that has the task sets another in its place. No artifact has it; who reads the template
is told something that holds nowhere. Without it, a new environment that forgets to set the value is found at once if ECS requires it.""",
        case="W707-overridden-in-every-environment",
        source=DECISION,
        applies=f"{WHOLE}, and more than one environment",
        passes={TEMPLATE: WEB.format('"essential": true')},
    ),
    "W708": Page(
        title="a declared exception matches nothing",
        text="""\
The settings declare [an exception](../settings.md#exceptions), and nothing is found that it would be about: the difference is gone,
the rule is off, or a name is misspelt. One that stays would hide the next mistake.""",
        case="W708-exception-of-a-variable-that-is-gone",
        source=DECISION,
        applies=WHOLE,
        passes={
            "taskdef.toml": '[[exceptions]]\ncode = "W701"\nname = "CACHE_HOST"\nreason = "only production has a cache"\n'
        },
    ),
    "E709": Page(
        title="two environments have one service",
        text="""\
Two environments of one account and region name the same service of the same cluster. Whichever is deployed last runs, and its
rollback goes to a revision of the other. Each environment needs a service of its own.

Environments are compared where the overlays name the account, the region, the cluster and the service. What is meant so is [an
exception](../settings.md#exceptions).""",
        case="E709-service-of-another-environment",
        source="a decision of this project; a service has one task definition: UpdateService in the API reference of Amazon ECS",
        applies=WHOLE,
        passes={PROD: 'aws: {account: "123456789012", region: eu-west-1, cluster: main, service: web-prod}\n'},
    ),
    "E710": Page(
        title="two artifacts have one family",
        text="""\
Two environments of one account and region, or two tasks of one environment, have the same family. A family numbers its revisions in
one row: those of `dev` and `prod` stand in turn, the newest may be of either, and whatever starts a task by the family's name alone
starts that one.

What is meant so is [an exception](../settings.md#exceptions). Where the account or the region of an environment is not known,
[W711](W711.md) says so instead.""",
        case="E710-family-of-another-environment",
        source="RunTask in the API reference of Amazon ECS: a family without a number is its latest ACTIVE revision",
        applies=WHOLE,
        passes={TEMPLATE: WEB.format('"memory": 256')},
    ),
    "W711": Page(
        title="environments have one family, and may be in one account",
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
