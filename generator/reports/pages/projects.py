"""Pages of errors in the files and settings of a project: E126 to E133, E136 and E139."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"

PROJECTS: dict[str, Page] = {
    "E126": Page(
        title="an overlay or a file is for a task or an environment that does not exist",
        text="""\
An entry under `tasks` and a file `environments/<env>/<task>.yaml` apply to the task of one template, in an
environment that has an overlay `environments/<env>.yaml`. If either is missing or switched off, nothing reads them.""",
        case="E126-task-misspelt",
        source="a decision of this project: nothing in a file is ever ignored",
        passes={DEV: "tasks:\n  web:\n    patch: {cpu: 256}\n"},
    ),
    "E127": Page(
        title="a file is neither a task nor a partial nor an overlay",
        text="""\
Under `templates`, `<task>.json.j2` is a task and `_*.j2` a partial. Under `environments`, `<env>.yaml` and
`<env>/<task>.yaml` are overlays; `.yml` and `.json` are not, since two files could then claim one environment.
Names of tasks and environments begin with a letter or a digit and go on with these, `_`, `.` or `-`: they become
file names, and `_` at the beginning marks an overlay that can only be extended.""",
        case="E127-yml",
        source="a decision of this project: nothing in a file is ever ignored",
        passes={"environments/dev.yml": None, DEV: "patch: {cpu: 256}\n"},
    ),
    "E128": Page(
        title="no environment extends an abstract overlay",
        text="""\
An overlay whose name begins with `_` is rendered only as a part of those that extend it. Without one, nothing reads
it. It is reported once the environments themselves are in order: a parent may be missed because an `extends` is
misspelt.""",
        case="E128-parent-of-nobody",
        source="a decision of this project: nothing in a file is ever ignored",
        passes={DEV: "extends: _common\n"},
    ),
    "E131": Page(
        title="the settings file is wrong",
        text="""\
`taskdef.toml`, or `[tool.taskdef]` in `pyproject.toml`, may set the folders `templates`, `environments` and
`rendered`, each relative to the project and none inside another, `allow_members`, and under `[rules]` the levels of
rules, for all environments or one. A project has one of the two files. Where settings are wrong nothing is rendered,
because the folders may not be the ones that are meant.""",
        case="E131-setting-misspelt",
        source="[TOML 1.0.0](https://toml.io/en/v1.0.0); [what can be set](../settings.md)",
        passes={"taskdef.toml": 'templates = "templates"\n'},
    ),
    "E132": Page(
        title="there is nothing to render",
        text="""\
The project has no task, no environment, or every task that was asked for is switched off. A run that does nothing
would look like one that found nothing wrong, and in a pipeline nobody would see that it was started in the wrong
folder.""",
        case="E132-no-environment",
        source="a decision of this project: a check that compared nothing fails",
        passes={DEV: "extends: _common\n"},
    ),
    "E133": Page(
        title="several tasks have the same service",
        text="""\
`aws.service` names the service that runs as the task, and a service runs one. Where an environment has several tasks,
the name stands under the task: `service: {web: shop-web, worker: shop-worker}`. `null` means that no service runs a
task, for example one that a schedule starts: `service: {web: shop-web, nightly: null}`.""",
        case="E133-service-of-two-tasks",
        source="a decision of this project; a service has one task definition: UpdateService in the API reference of Amazon ECS",
        passes={DEV: "aws: {cluster: live, service: {web: shop-web}}\n"},
    ),
    "E136": Page(
        title="an environment would inherit the service or cluster of another",
        text="""\
A service runs one revision at a time, so it belongs to one environment: `aws.service` is never inherited. A
cluster may come from an abstract overlay, which is not an environment itself, and from no other. Otherwise `taskdef deploy
qa` would move the service of `staging`, which `qa` extends. Each environment names its own under `aws`, or `null` if
it has none.""",
        case="E136-service-of-the-parent",
        source="a decision of this project; a service has one task definition: UpdateService in the API reference of Amazon ECS",
        passes={"environments/qa.yaml": "extends: staging\naws: {cluster: main, service: qa-web}\n"},
    ),
    "E139": Page(
        title="a cluster or service belongs to another account, region or cluster",
        text="""\
An ARN names the account and the region of a cluster or service, and the ARN of a service its cluster too. If these are
not those under `aws`, `taskdef deploy` would go to one place or to the other: it asks in the environment's own account
and region, where a service of the same name may exist.""",
        case="E139-service-of-another-cluster",
        source="a decision of this project; ECS finds services in the cluster that a request names: UpdateService in the API reference of "
        "Amazon ECS",
        passes={DEV: "aws: {cluster: main, service: web}\n"},
    ),
}
