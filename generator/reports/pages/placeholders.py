"""Pages of placeholders, with the table of members in which they matter."""

from __future__ import annotations

from generator.ecs.placeholders import MEMBERS, Level
from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"


def list_members(level: Level) -> str:
    """List the members in which a placeholder has a level, as a list in Markdown."""
    return "\n".join(f"- `{name}`" for name, member in MEMBERS.items() if member.level == level)


FILLED = """\
{
  "family": "web",
  "executionRoleArn": "arn:aws:iam::123456789012:role/Web",
  "taskRoleArn": "arn:aws:iam::123456789012:role/Web",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {
      "name": "web",
      "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1.29",
      "memory": 256,
      "command": ["sh", "-c", "exec web --home $HOME"],
      "logConfiguration": {
        "logDriver": "awslogs",
        "options": {"awslogs-group": "/web", "awslogs-region": "eu-west-1"}
      }
    }
  ]
}
"""

PLACEHOLDERS: dict[str, Page] = {
    "E517": Page(
        title="a placeholder was never filled in",
        text=f"""\
ECS and AWS fill in nothing. A `${{X}}`, `{{{{X}}}}`, `<X>`, `%X%`, `$X`, `@X@` or `__X__` that is left where they read the text is
refused, or no task starts. So are words with this meaning: `REPLACE_ME`, `CHANGEME`, `YOUR_…`, `…_PLACEHOLDER`, `fs-xxxx`. In an ARN, and
in the host of a registry of ECR, it is whatever is plainly no account of 12 digits and no region: `ACCOUNT_ID`, `REGION`. Each
placeholder is one finding in a file, with its other places, and no other finding is reported for the same text.

The value comes from the program that writes the file: a variable of the template, a step of the pipeline, or for an
image the render action, which [`taskdef lint --for render-action`](../lint.md) takes into account. CodePipeline
replaces `<IMAGE1_NAME>` before it registers.

It is an error in

{list_members("error")}

and in all other members whose text ECS refuses as it is, `networkMode` for one. Where the settings turn off the rule that refuses the
value, such as [E425](E425.md) for an image, a placeholder is allowed in it. In some it is a note: [W635](W635.md). In these it is
nothing, as a shell or another program reads it:

{list_members("nothing")}""",
        case="E517-account-and-region-everywhere",
        source="aws/amazon-ecs-cli issue 37; aws-actions/amazon-ecs-render-task-definition issue 49; placeholders "
        "in 418 task definitions of public repositories, linted in 2026-11",
        aws="Role is not valid\nContainer.image contains invalid characters.\n"
        "CannotStartContainerError: unable to find user ${UID}: no matching entries in passwd file",
        run="taskdef lint task-definition.json",
        passes={"task-definition.json": FILLED},
    ),
    "W635": Page(
        title="a value for a program looks like a placeholder",
        text=f"""\
ECS gives a value to the program as it is. Some programs fill in `${{X}}` by themselves; for others it is a value that the pipeline forgot.
So this is a note: `-v` shows it. What has a syntax of its own passes: `${{PORT:-8080}}`, `${{spring.x}}`, `{{{{ .Name }}}}`, formats
of dates, patterns, SQL, HTML.

Under the name of a secret, words in capitals such as `DB_PASSWORD_VALUE` count as placeholders, so [W602](W602.md) does not report them.

It is a note in

{list_members("note")}

and an error, [E517](E517.md), where ECS refuses the text as it is.""",
        case="W635-values-for-a-program",
        source="a decision of this project; 418 task definitions of public repositories, linted in 2026-11",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      environment: {API_URL: https://api.example.com/v1}\n"
        },
    ),
}
