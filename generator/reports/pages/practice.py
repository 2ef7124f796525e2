"""Pages of bad practice, and of comments that ignore it."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"

PRACTICE: dict[str, Page] = {
    "W602": Page(
        title="a credential is in plain text",
        text="""\
The values of `environment` are part of the task definition. Anybody who may call DescribeTaskDefinition can read
them, in every revision, forever; and so can anybody who reads this repository. Under `secrets` there is only a name,
and ECS fetches the value when the task starts.

A value is taken for a credential by its form (an access key of AWS, a private key, a token of GitHub, GitLab, Slack, Stripe, Google,
SendGrid or npm, a signed token, a password in an address or a connection string) or by the name of its variable: `DB_PASSWORD`,
`API_TOKEN_PROD`, `PASSWORD_PEPPER`, or for its address `MATTERMOST_WEBHOOK`. References, paths, other addresses without a password and
placeholders such as `changeme` are none. The value itself is shown nowhere.""",
        case="W602-password-in-an-overlay",
        source="ContainerDefinition, member `environment`, in botocore 1.44.5; awsdocs/amazon-ecs-developer-guide, "
        "`doc_source/taskdef-envfiles.md`; the rules of gitleaks and Yelp/detect-secrets for what a credential looks like",
        passes={
            DEV: "patch:\n  executionRoleArn: arn:aws:iam::123456789012:role/Web\n  containerDefinitions:\n    web:\n"
            "      secrets:\n        DB_PASSWORD: arn:aws:ssm:eu-west-1:123456789012:parameter/web/db-password\n"
        },
    ),
    "W608": Page(
        title="a container may do anything that root may do on its instance",
        text="""\
A privileged container sees all devices of the instance and can take over every other task on it. Most programs that ask for it need one
device or one capability, which `linuxParameters` can grant. Agents that watch the instance may really need it:
[say so](../settings.md#a-single-line) where they have it.

Fargate does not have it at all ([E421](E421.md)).""",
        case="W608-privileged-on-an-instance",
        source="ContainerDefinition, member `privileged`, in botocore 1.44.5",
        applies="no `FARGATE` in `requiresCompatibilities`, and not Windows",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    log:\n      linuxParameters: {capabilities: {add: [SYSLOG]}}\n"
        },
    ),
    "W609": Page(
        title="a container can write to its root file system",
        text="""\
With `readonlyRootFilesystem: true`, an intruder cannot add a program to a container. Use a volume for the files that
a container has to write. It is control ECS.5 of Security Hub.

This rule is off unless [settings](../settings.md) give it a level, since many images do not work so without a change.""",
        case="W609-file-system-that-can-be-written",
        source="ContainerDefinition, member `readonlyRootFilesystem`, in botocore 1.44.5; "
        "[Security Hub controls for Amazon ECS](https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html)",
        applies="Linux",
        passes={DEV: "patch:\n  containerDefinitions:\n    log: {readonlyRootFilesystem: true}\n"},
    ),
    "W610": Page(
        title="a container runs as root",
        text="""\
Without `user` a container runs as the user that its image names, and as root where it names none; a task definition
does not show which. With another user than root, an intruder can do less.

This rule is off unless [settings](../settings.md) give it a level, since many images do not work so without a change.""",
        case="W610-runs-as-root",
        source="ContainerDefinition, member `user`, in botocore 1.44.5",
        applies="Linux",
        passes={DEV: 'patch:\n  containerDefinitions:\n    log: {user: "65534"}\n'},
    ),
    "W611": Page(
        title="a role or secret belongs to another account or region",
        text="""\
A task can only run with roles of its own account, and an ARN of another one is often that of another environment. It may also be meant: a
secret can be shared with other accounts and read from another region, if its policy and its key allow it. Then
[say so](../settings.md#a-single-line).

The rule compares roles, secrets, credentials and file systems with `aws` in the overlay, if that sets an account and
a region. It skips values of `environment`, and accounts of images: many projects have one registry for all
environments.""",
        case="W611-role-of-another-account",
        source="a decision of this project: 5 of 75 public repositories with one file for each environment mix them up",
        applies="environments with `aws` in their overlay; not `taskdef lint`",
        passes={
            DEV: 'aws: {account: "123456789012", region: eu-west-1}\npatch:\n  taskRoleArn: arn:aws:iam::123456789012:role/Web\n'
        },
    ),
    "W612": Page(
        title="an image or logs are in another region",
        text="""\
An image that is pulled from another region makes each start slower, costs for the traffic and fails with that region; logs in another
region are where nobody looks for them. Both work, so this is a warning; usually a region was copied from another environment.""",
        case="W612-logs-in-another-region",
        source="a decision of this project",
        applies="environments with `aws.region` in their overlay; not `taskdef lint`",
        passes={DEV: 'aws: {account: "123456789012", region: eu-west-1}\n'},
    ),
    "W636": Page(
        title="the tool that registers would change the artifact",
        text="""\
`registered_by` in the settings names a tool that registers artifacts in place of `taskdef register`. AWS's deploy
action drops empty texts, also in a list, where the arguments behind it move up, and it drops labels with empty values
and empty commands. It silently drops members that are newer than its model of ECS; the AWS command line refuses them.
[Other tools on the way](../other-tools.md) has what each tool does, by version.""",
        case="W636-deploy-action",
        source="a decision of this project; aws-actions/amazon-ecs-deploy-task-definition 2.6.3, awscli 1.46.3",
        applies="projects with `registered_by` in the settings; not `taskdef lint`",
        passes={
            DEV: 'aws: {account: "123456789012", region: eu-west-1}\npatch:\n  containerDefinitions:\n    web:\n'
            "      command: [web, --name=, --port, '80']\n"
        },
    ),
    "W691": Page(
        title="a comment does not ignore a rule as intended",
        text="""\
`# taskdef: ignore[W601] reason` ignores a rule on a line, in templates `{# taskdef: ignore[W601] reason #}`; several codes are separated by
commas. A comment that begins with `taskdef:` ignores nothing if it has another form, names no rule, or has no reason.

Only rules can be ignored, which are the codes that `taskdef rules` lists.
[Where such a comment may stand](../settings.md#a-single-line).""",
        case="W691-rule-misspelt",
        source="a decision of this project",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    # taskdef: ignore[W608] it reads the logs of the instance\n"
            "    web: {memory: 512, privileged: true}\n"
        },
    ),
    "W692": Page(
        title="a comment ignores a finding that does not exist",
        text="""\
Nothing was found for a code on the line that the comment covers: it was fixed or moved to another line, or the rule
is off. A stale comment would hide the next mistake there.

Only runs over all environments and tasks report this, and only without errors, since the comment may be for a part
that was not checked.""",
        case="W692-no-longer-privileged",
        source="a decision of this project",
        passes={DEV: "patch:\n  containerDefinitions:\n    log: {memory: 128}\n"},
    ),
}
