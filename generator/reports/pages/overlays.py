"""Pages of errors in overlays: E111 to E125, W118."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
WEB = "templates/web.json.j2"

YAML = "[YAML 1.2.2](https://yaml.org/spec/1.2.2/)"

OVERLAYS: dict[str, Page] = {
    "E111": Page(
        title="an overlay is not valid YAML",
        text="""\
The file cannot be read: a tab in the indentation, a quote that is not closed, a missing colon or the space after
it, a `: ` in a value without quotes. The message names the most likely mistake, not the state of the parser.""",
        case="E111-colon-in-a-value",
        source=f"{YAML}, sections 6.1 (indentation), 7.3 (flow scalars)",
        passes={DEV: 'vars:\n  title: "Trading: live"\n'},
    ),
    "E112": Page(
        title="a key is in one YAML mapping twice",
        text="""\
YAML requires keys to be unique; most parsers silently keep the last one, so an overlay seems to set a value that it
does not set.""",
        case="E112-variable-twice",
        source=f"{YAML}, section 3.2.1.1: the keys of a mapping are unique",
        passes={DEV: "vars:\n  log_level: INFO\n  image_tag: dev\n"},
    ),
    "E113": Page(
        title="an overlay has a YAML tag",
        text="""\
Tags such as `!env`, `!Ref` or `!!int` make other programs run code or change a value's type. Overlays are plain
data: what a value is follows from how it is written and from the member it is for. Only `!!str` is accepted, since
it changes nothing that quotes would not.""",
        case="E113-tag",
        source=f"{YAML}, section 3.2.1.2 (tags)",
        passes={DEV: "vars:\n  image_tag: dev\n"},
    ),
    "E114": Page(
        title="a file holds more than one YAML document",
        text="""\
`---` starts another document in the same file, and a reader that takes the first ignores the rest. One file is one
overlay.""",
        case="E114-two-documents",
        source=f"{YAML}, section 9.2 (streams)",
        passes={DEV: "vars: {image_tag: dev}\npatch: {cpu: 256}\n"},
    ),
    "E115": Page(
        title="an overlay uses the YAML merge key `<<`",
        text="""\
`<<` never became a part of YAML itself, parsers disagree on what it does with lists and order, and it merges before
`taskdef` could report which line won. Put shared values into an overlay that the environments extend.""",
        case="E115-merge-key",
        source="[Merge Key Language-Independent Type for YAML](https://yaml.org/type/merge.html), a working draft of 2005",
        passes={
            DEV: "extends: _common\nvars:\n  web: {image_tag: dev}\n",
            "environments/_common.yaml": "vars:\n  web: {log_level: DEBUG}\n",
        },
    ),
    "E116": Page(
        title="an alias is inside its own anchor, or aliases multiply",
        text="""\
An alias is a copy of its anchor. One inside its own anchor would have no end, and a few lines of aliases of aliases
stand for millions of values; more than 10 000 are refused.""",
        case="E116-alias-inside-itself",
        source=f"{YAML}, section 7.1 (alias nodes)",
        passes={DEV: "vars:\n  names: &names [web]\n"},
    ),
    "E117": Page(
        title="`{{ x }}` is in an overlay without quotes",
        text="""\
To YAML, `{{ x }}` is a mapping in a mapping, not text. In a patch, `{$render: "{{ x }}"}` in place of a value renders
it. Text that is meant to have braces is put in quotes.""",
        case="E117-expression-unquoted",
        source=f"{YAML}, section 7.4.2 (flow mappings)",
        passes={DEV: "vars:\n  image_tag: 1.29.3\n"},
    ),
    "W118": Page(
        title="a patch has braces that are not rendered",
        text="""\
A patch renders only texts under `$render`. Without it, `{{ env }}` reaches the artifact as it is written, which is
rarely intended. Docker's own log tags, `{{.Name}}`, are Go templates and are left alone. Keys are never rendered.""",
        case="W118-expression-in-a-patch",
        source="a decision of this project: rendered values are marked, and all others can be read as they are",
        passes={DEV: "patch:\n  containerDefinitions:\n    web: {dockerLabels: {stage: {$render: '{{ env }}'}}}\n"},
    ),
    "E119": Page(
        title="a key or an item has no value",
        text="""\
YAML reads nothing as null, and null in a patch deletes. A missing value may mean an empty list,
an empty text or a deletion, so write which one.""",
        case="E119-value-left-out",
        source=f"{YAML}, section 7.2 (empty nodes)",
        passes={
            DEV: """\
patch:
  containerDefinitions:
    web:
      environment: {TZ: UTC}
"""
        },
    ),
    "E121": Page(
        title="an overlay has a key that overlays do not have",
        text="""\
The keys of an overlay are `extends`, `aws`, `vars`, `patch` and `tasks`; those of an entry under `tasks`, and of a
file for one task, `vars` and `patch`. Members of the task definition belong under `patch`.""",
        case="E121-member-outside-of-patch",
        source="a decision of this project: nothing in a file is ever ignored",
        passes={DEV: "patch:\n  cpu: 256\n  memory: 512\n"},
    ),
    "E122": Page(
        title="a section of an overlay is of the wrong kind",
        text="""\
`aws`, `vars`, `patch` and `tasks` are mappings, `extends` is one name. An entry under `tasks` is a mapping, or null
to switch the task off.""",
        case="E122-vars-is-a-list",
        source="a decision of this project",
        passes={DEV: "vars:\n  image_tag: dev\n  log_level: DEBUG\n"},
    ),
    "E123": Page(
        title="a variable has a name that templates cannot use",
        text="""\
A variable is a name in a Jinja expression: letters, digits and `_`, not beginning with a digit. In `log-level`,
Jinja would subtract. Names that mean something already cannot be set: `env`, `task`, `aws`, `secret`, `ssm`,
`role`, `ecr`, and Jinja's own such as `range`.""",
        case="E123-name-with-a-hyphen",
        source="[Template Designer Documentation](https://jinja.palletsprojects.com/en/stable/templates/#variables), Jinja 3.1",
        passes={DEV: "vars:\n  log_level: DEBUG\n"},
    ),
    "E124": Page(
        title="`extends` names an overlay that is not there, forms a cycle, or is too long",
        text="""\
`extends` names one other overlay by its file's name without `.yaml`. Its layers come first; it may extend another
one. The chain has an end, after 30 overlays at the most.""",
        case="E124-parent-misspelt",
        source="a decision of this project: one parent, so that the order of layers is a line",
        passes={DEV: "extends: _common\n"},
    ),
    "E125": Page(
        title="`aws.account`, `aws.region`, `aws.cluster`, `aws.service` or a value in `aws.run` is invalid",
        text="""\
An account is 12 digits, which may begin with zeros; it is read as text, quoted or not. A region is a name such as
`us-east-1`, not one of its availability zones. Which regions there are is not checked: new ones come. `cluster` is the
name or ARN of a cluster; `service` that of the service which the environment's only task runs as, or a mapping from
tasks to services. `run` has the ids of `subnets` (up to 16) and `security_groups` (up to 5), `assign_public_ip`,
`platform_version`, and one of `launch_type` and `capacity_provider`.""",
        case="E125-account-too-short",
        source="[AWS account identifiers](https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html); "
        "[Regions and Zones](https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html)",
        passes={DEV: 'aws: {account: "123456789012", region: us-east-1}\n'},
    ),
}
