"""Pages of members and values that the service model excludes: E301 to E306."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
WEB = "templates/web.json.j2"

REGISTER = (
    "[RegisterTaskDefinition](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html), "
    "the service model of botocore 1.44.5"
)
SAID = "the message is that of botocore's and the AWS command line's own check, which runs before anything is sent"

SHAPES: dict[str, Page] = {
    "E301": Page(
        title="a task definition has no such member",
        text="""\
The list of members comes from the AWS service model, not from a list kept by hand; a member of the model is
never refused. The AWS command line refuses an unknown one too, while typed clients such as Terraform drop it
silently.

Members are spelt as the API spells them, `healthCheck` and not `HealthCheck` as in CloudFormation or `health_check`
as in Terraform. Words of Compose and Kubernetes, such as `ports` and `env`, are named in the words of ECS, and the
message for a misplaced member names the place where it belongs: the service, a container or the task. Only a misspelt
name whose value has the right form is fixed as an edit. An item with `valueFrom` goes to `secrets`, never to
`environment`. `allow_members` in [the settings](../settings.md) admits a member that is newer than the shapes in this
release.""",
        case="E301-member-misspelt",
        source=f"{REGISTER}; {SAID}; aws-actions/amazon-ecs-deploy-task-definition issue 64",
        aws='Unknown parameter in containerDefinitions[0]: "portMapping", must be one of: name, image, …',
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "portMappings": [{"containerPort": 8080}]
    }
  ]
}
"""
        },
    ),
    "E302": Page(
        title="a member has the wrong kind: list, mapping or single value",
        text="""\
`command` and `entryPoint` are lists of texts. Write a list in quotes, as JSON, without the quotes.
`environment` is a list of `name` and `value` in the document; only
overlays may write it as one mapping.""",
        case="E302-text-for-a-list",
        source=f"{REGISTER}; {SAID}",
        aws="Invalid type for parameter containerDefinitions[0].command, value: nginx -g 'daemon off;', type: <class 'str'>, "
        "valid types: <class 'list'>, <class 'tuple'>",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29", "command": ["nginx", "-g", "daemon off;"]}
  ]
}
"""
        },
    ),
    "E303": Page(
        title="a value is not of its member's type",
        text="""\
A value in a patch is typed by the member it is for, from the text as it is written: `cpu: 256` of the task is the
text `"256"`, `1.10` stays `1.10`, a whole number is decimal digits only and a boolean is `true` or `false` only.
`yes`, `on`, `0755` or `1_000` mean different things to different YAML readers, so they are refused, unless the member
is text. Sizes of the task may have a unit, `0.5 vCPU` and `1 GB`; those of a container are
whole numbers.

In a template, a JSON number becomes text if the member is text. `true` is not, because it is `True` or `1`
to half of the programs that read an environment variable. `taskdef lint` converts nothing: it checks exactly the text
that would be sent.""",
        case="E303-a-unit-on-a-number",
        source=f"{REGISTER}; {SAID}; aws-samples/aws-containers-task-definitions pull request 3",
        aws="Invalid type for parameter containerDefinitions[0].memory, value: 512 MB, type: <class 'str'>, valid types: <class 'int'>",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      memory: 512\n"},
    ),
    "E304": Page(
        title="a required member is missing",
        text="""\
The service model lists the required members of a structure. They are checked after all layers are merged, so a
template may leave one to the overlays.""",
        case="E304-command-of-a-health-check",
        source=f"{REGISTER}; {SAID}",
        aws='Missing required parameter in containerDefinitions[0].healthCheck: "command"',
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost/ || exit 1"], "interval": 30}
    }
  ]
}
"""
        },
    ),
    "E305": Page(
        title="there are members that only describe-task-definition returns",
        text="""\
`aws ecs describe-task-definition` returns members that ECS sets itself, such as `revision` and
`taskDefinitionArn`. Text pasted from there cannot be registered until they are gone. AWS's actions for GitHub remove most of them:
`taskdef lint --for deploy-action` checks the rest.""",
        case="E305-output-of-describe",
        source="[TaskDefinition](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html); "
        "aws-actions/amazon-ecs-deploy-task-definition, which removes them (`index.js`)",
        aws='Unknown parameter in input: "revision", must be one of: family, taskRoleArn, …',
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29"}
  ]
}
"""
        },
    ),
    "E306": Page(
        title="a document has a null",
        text="""\
ECS accepts null for no member and in no list. In a patch, null deletes; in a template there is nothing to delete,
so omit the member, with `{% if %}` if needed. The GitHub deploy action removes nulls, so a file that works there
fails with the AWS command line; `taskdef lint --for deploy-action` checks the file without them.""",
        case="E306-null-in-a-template",
        source=f"{REGISTER}; {SAID}; aws-actions/amazon-ecs-deploy-task-definition (`index.js`)",
        aws="Invalid type for parameter taskRoleArn, value: None, type: <class 'NoneType'>, valid types: <class 'str'>",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  {% if task_role %}
  "taskRoleArn": {{ task_role }},
  {% endif %}
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29"}
  ]
}
"""
        },
    ),
    "E135": Page(
        title="git left a conflict",
        text="""\
Where two branches changed the same lines, `git merge`, `git rebase` and `git stash pop` write both versions into the file, between lines
that begin with `<<<<<<<`, `=======` and `>>>>>>>`. Nothing else in such a file is reported, since it would only be a
consequence. Artifacts need no choice: resolve the templates and overlays, and run `taskdef render`.""",
        case="E135-conflict-in-a-template",
        source="[git merge](https://git-scm.com/docs/git-merge#_how_conflicts_are_presented)",
        passes={
            "templates/web.json.j2": """\
{
  "family": "web",
  "memory": "1024",
  "containerDefinitions": [{"name": "web", "image": "nginx:1.29"}]
}
"""
        },
    ),
    "E134": Page(
        title="a linted file begins with a byte order mark",
        text="""\
Some editors, and PowerShell's `Out-File`, put the three bytes `EF BB BF` in front of a file in UTF-8. JSON has no place for them: the AWS
command line and Python's own reader refuse the file at its first character. `taskdef lint --fix` removes them.

AWS's actions for GitHub read such a file, so with `--for` nothing is reported. In templates and overlays they do no
harm: artifacts have none.""",
        case="E134-byte-order-mark",
        source="[RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-8.1), section 8.1; aws/aws-cli issue 3216; read 2026-11-29",
        aws="Invalid JSON: Expecting value: line 1 column 1 (char 0)",
        passes={
            "task-definition.json": """\
{
  "family": "web",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29", "memory": 256}
  ]
}
"""
        },
        run="taskdef lint task-definition.json",
    ),
}
