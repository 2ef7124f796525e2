"""Pages of errors in merging patches: E201 to E214."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
WEB = "templates/web.json.j2"

OURS = "a decision of this project"
PATCH = "[RFC 7396](https://www.rfc-editor.org/rfc/rfc7396), and [where overlays are stricter](../merge-patch.md)"
PREFLIGHT = "badmintoncryer/cdk-preflight, which tried it with AWS (`rules/ecs/{}`)"
REGISTER = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_{}.html"

MERGES: dict[str, Page] = {
    "E201": Page(
        title="a patch is for a container or volume that is not there",
        text="""\
Containers and volumes are found by their `$id` in the template, else by their name. An item that matches none is
more often a misspelt name than a new container, which would be registered without an image; so a new one needs `$add:
true`. A patch for all tasks, or one that is inherited, has to match in at least one task of one environment
that it reaches.""",
        case="E201-container-misspelt",
        source=f"{OURS}: nothing in a file is ever ignored",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      cpu: 256\n"},
    ),
    "E202": Page(
        title="a patch deletes what is not there",
        text="""\
`KEY: null` removes a member or an item, `$remove` an item of a plain list. RFC 7396 ignores a deletion that finds
nothing. Here it is an error, because a misspelt deletion removes nothing. A patch for all
tasks, or one that is inherited, has to find it in at least one task of one environment that it reaches.""",
        case="E202-variable-to-delete",
        source=PATCH,
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      environment:\n        LOG_LEVEL: null\n"},
    ),
    "E203": Page(
        title="a patch has another kind of value than the document",
        text="""\
Text stays text, a list a list, a mapping a mapping. RFC 7396 would replace one by the other; in a task definition
no member can be both, so one of the two sides is wrong.""",
        case="E203-list-becomes-text",
        source=PATCH,
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      command: [nginx, -g, daemon off;]\n",
        },
    ),
    "E204": Page(
        title="a patch has a `$name` that is not a directive",
        text="""\
The directives are `$replace`, `$remove`, `$prepend`, `$append` and `$add`. Any other key that begins with `$` is
refused, since it is most likely one of these misspelt, or one of another tool. A key that really begins with `$` is
written with two: `$$key`.""",
        case="E204-directive-misspelt",
        source=OURS,
        passes={DEV: 'patch:\n  containerDefinitions:\n    web:\n      command: {$append: ["-q"]}\n'},
    ),
    "E205": Page(
        title="a directive is in the wrong place",
        text="""\
`$remove`, `$prepend` and `$append` are for plain lists and take lists. The items of a list of named things are
added by naming them and deleted by `NAME: null`. `$add: true`, `first`, `{before: NAME}` or `{after: NAME}` is for a new container or
volume. Write `$replace: true` in a mapping or an item, and `$replace: […]` alone for a list. Write `{$render: TEXT}`
in place of a value, with a text that has `{{ … }}` or `{% … %}` in it, and no other key. Keys, whole
patches and variables are not rendered.""",
        case="E205-append-to-named-items",
        source=OURS,
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      environment:\n        TZ: UTC\n"},
    ),
    "E206": Page(
        title="an item of a patch has no identity",
        text="""\
Lists of named things merge by identity: `name` for containers, volumes, variables and secrets, port and protocol
for port mappings, `key` for tags. An item without it would be merged by its position, which changes with the
template.""",
        case="E206-item-without-name",
        source=OURS,
        passes={DEV: "patch:\n  containerDefinitions:\n    - name: web\n      image: nginx:1.29\n"},
    ),
    "E207": Page(
        title="an item is in one list twice",
        text="""\
For secrets and containers ECS refuses it. For variables no refusal of AWS is known, and the container sees the last
of them, so one of the two lines has no effect. Here it is an error for every list in which an identity can stand only
once.""",
        case="E207-variable-twice",
        source="for secrets, CircleCI-Public/aws-ecs-orb issues 190 and 210; for containers, "
        + PREFLIGHT.format("pf-ecs-duplicate-container-names"),
        aws="Duplicate secret names found: APP_ENV. Each secret name must be unique.",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "environment": [
        {"name": "LOG_LEVEL", "value": "INFO"},
        {"name": "TZ", "value": "UTC"}
      ]
    }
  ]
}
"""
        },
    ),
    "E208": Page(
        title="a patch is for an item that is in the list more than once",
        text="""\
In `extraHosts` a hostname may have an address of each family, and other lists too may rightly hold an identity
twice. A patch cannot select one of them, so it has to replace the whole list.""",
        case="E208-hostname-with-two-addresses",
        source=f"[HostEntry]({REGISTER.format('HostEntry')})",
        passes={
            DEV: """\
patch:
  containerDefinitions:
    web:
      extraHosts:
        $replace:
          - {hostname: db, ipAddress: 10.0.0.9}
          - {hostname: db, ipAddress: "fd00::9"}
"""
        },
    ),
    "E209": Page(
        title="a patch changes the identity of an item",
        text="""\
The identity of an item never changes by merging: a container that is renamed by one layer would not be found by the
next. If a name differs between environments, set it in the template; `$id` there gives the container one name for all
overlays.""",
        case="E209-name-changed",
        source=OURS,
        passes={
            DEV: "vars:\n  agent: sidecar\n",
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29"},
    {"$id": "agent", "name": "{{ agent }}", "image": "agent:3"}
  ]
}
""",
        },
    ),
    "E210": Page(
        title="two things are set that exclude each other",
        text="""\
A name is either in `environment` or in `secrets` of a container, a volume is of one kind, and a GPU is either
assigned (`value`) or shared (`sharingStrategy`). A later layer that sets one side removes the other, so an overlay can
turn a variable into a secret; both sides in one layer are a mistake.""",
        case="E210-variable-and-secret",
        source="compose-x/ecs_composex issue 707, dagster-io/dagster issue 11622; "
        f"[Volume]({REGISTER.format('Volume')}); [ResourceRequirement]({REGISTER.format('ResourceRequirement')})",
        aws="The secret name must be unique and not shared with any new or existing environment variables set on the container, "
        "such as 'API_URL'.",
        passes={
            WEB: """\
{
  "family": "web",
  "executionRoleArn": "arn:aws:iam::123456789012:role/Web",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "secrets": [{"name": "API_URL", "valueFrom": "/web/api-url"}]
    }
  ]
}
"""
        },
    ),
    "E211": Page(
        title="a port mapping has both a port and a range",
        text="""\
`containerPort` maps one port, `containerPortRange` several; ECS takes one of them in each mapping.""",
        case="E211-port-and-range",
        source=f"[PortMapping]({REGISTER.format('PortMapping')}); {PREFLIGHT.format('pf-ecs-port-range-*')}",
        aws="cannot specify both single port and port range",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "portMappings": [
        {"containerPortRange": "8080-8090"}
      ]
    }
  ]
}
"""
        },
    ),
    "E212": Page(
        title="two containers, volumes or port mappings have the same name",
        text="""\
`$id` identifies containers in merging; ECS sees their names. The names of port mappings are unique in
the whole task, across its containers. It is checked after all layers are merged.""",
        case="E212-two-containers-of-one-name",
        source=f"{PREFLIGHT.format('pf-ecs-duplicate-container-names')}; {PREFLIGHT.format('pf-ecs-port-mapping-duplicate-name')}; "
        f"[PortMapping]({REGISTER.format('PortMapping')})",
        aws="Container names must be unique within a task definition.\nport mapping name is already used",
        passes={DEV: "vars:\n  service: service\n"},
    ),
    "E214": Page(
        title="a reference may mean two containers or volumes",
        text="""\
`dependsOn`, `volumesFrom`, `links`, `mountPoints` and `proxyConfiguration` may name a container or volume by its `$id`, and the artifact
gets its name. A text that is the `$id` of one and the name of another could mean either, so it is refused.""",
        case="E214-id-and-name",
        source="A decision of this project.",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29", "dependsOn": [{"containerName": "agent-{{ env }}", "condition": "START"}]},
    {"$id": "agent", "name": "agent-{{ env }}", "image": "agent:3"},
    {"$id": "old", "name": "agent", "image": "agent:2"}
  ]
}
"""
        },
    ),
    "W213": Page(
        title="an empty list in a patch changes nothing",
        text="""\
A list of named things merges by identity, so an empty one names no item and leaves all in place. `{$replace: []}`
empties the list, and null takes it away.""",
        case="W213-empty-list",
        source=OURS,
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      environment: {$replace: []}\n"},
    ),
}
