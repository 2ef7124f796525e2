"""Pages of secrets, credentials and roles."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
WHOLE = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web-a1B2c3"

FROM_SECRETS_MANAGER = (
    "[Secrets Manager secrets in environment variables]"
    "(https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html)"
)
FROM_PARAMETERS = (
    "[parameters in environment variables]"
    "(https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html)"
)


def refer(reference: str) -> dict[str, str | None]:
    """The overlay of a case with the right reference."""
    return {DEV: f'patch:\n  containerDefinitions:\n    web:\n      secrets:\n        DB_PASSWORD: "{reference}"\n'}


SECRETS: dict[str, Page] = {
    "E450": Page(
        title="a credential spec has no kind, or a source that ECS does not read",
        text="""\
The prefix of an item of `credentialSpecs` sets how a container joins Active Directory: `credentialspecdomainless:` by a
user whose password is in Secrets Manager, `credentialspec:` as the instance does, which has to have joined the domain.
After that comes the ARN of an object in S3 or of a parameter.

On Fargate there is no instance that could have joined a domain, so only `credentialspecdomainless:` works there. The agent also reads
`file://`, so it is accepted outside of Fargate.""",
        case="E450-credential-spec-without-its-kind",
        source="ContainerDefinition, member `credentialSpecs`, in botocore 1.44.5; aws/amazon-ecs-agent, "
        "`agent/taskresource/credentialspec`; "
        "[gMSA on Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-linux-gmsa.html)",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n"
            '      credentialSpecs: ["credentialspecdomainless:arn:aws:s3:::web-credentials-dev/web.json"]\n'
        },
    ),
    "E451": Page(
        title="the credentials of a registry are not one whole secret",
        text="""\
`credentialsParameter` is the ARN of a secret in Secrets Manager, or the name of one in the region of the task. ECS reads the whole
secret, which has to be JSON with `username` and `password`. A key, stage or version after the name, as `valueFrom` takes it, is not
understood here, and neither is a parameter of Systems Manager.""",
        case="E451-key-of-the-credentials",
        source="RepositoryCredentials in botocore 1.44.5; aws/amazon-ecs-agent, `agent/asm/asm.go`; "
        "[private registries](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html)",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n"
            f'      repositoryCredentials: {{credentialsParameter: "{WHOLE}"}}\n'
        },
    ),
    "E452": Page(
        title="something needs an execution role, and there is none",
        text="""\
The execution role is the one with which ECS itself prepares a task; `taskRoleArn`, the role of the application, does not take its place.
ECS refuses a task definition without it that has

- `secrets` in a container or `secretOptions` in its log driver,
- log driver `awslogs`, on Fargate,
- an image of Amazon ECR, on Fargate.

Images with `repositoryCredentials` need it as well, since their credentials are in Secrets Manager.

There is one finding for the whole task definition; each further kind of reason is a note.""",
        case="E452-secrets-without-execution-role",
        source="fabfuel/ecs-deploy issue 87; hashicorp/terraform-provider-aws issues 3051 and 6503; aws/aws-cdk issue 1279; "
        "virtual-kubelet "
        "issue 193; [the execution role](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html)",
        aws="When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.\n"
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.\n"
        "Fargate requires task definition to have execution role ARN to support ECR images.",
        passes={DEV: "patch:\n  executionRoleArn: arn:aws:iam::123456789012:role/Web\n"},
    ),
    "E453": Page(
        title="a role is neither an ARN nor a name",
        text="""\
`taskRoleArn` and `executionRoleArn` are the ARN of a role, `arn:aws:iam::123456789012:role/path/Name`, or its name alone. Seen in real
files: an account with 11 digits, the ARN of a user, of a policy or of a stack. A placeholder for the account is [E517](E517.md). An
empty text, as older describe output has it, meant no role until August 2024; now ECS refuses it.

`taskdef check` does not check whether the role exists and ECS may assume it; `taskdef verify` does.""",
        case="E453-policy-for-a-role",
        source="RegisterTaskDefinition, members `taskRoleArn` and `executionRoleArn`, in botocore 1.44.5; "
        "aws-samples/aws-modern-application-workshop issue 9 and fabfuel/ecs-deploy issue 231, which quote the server",
        aws="Role is not valid",
        passes={DEV: "patch:\n  executionRoleArn: arn:aws:iam::123456789012:role/Web\n"},
    ),
    "E454": Page(
        title="the name of a parameter has invalid characters",
        text=f"""\
ECS reads a `valueFrom` that is not an ARN as the name of a parameter in Systems Manager, in the region of the task.
Names of parameters have letters, digits, `.`, `-`, `_` and `/`.

A colon usually comes from `NAME:KEY` for a key of a secret in Secrets Manager. ECS knows a secret by its ARN only: see [E508](E508.md) for
its spelling, and {FROM_SECRETS_MANAGER}. The value is not shown in the message, as it may be the secret itself, put where its reference
belongs.""",
        case="E454-key-of-a-secret-without-arn",
        source=f"Secret, member `valueFrom`, in botocore 1.44.5; public code that quotes the server; {FROM_PARAMETERS}",
        aws="The Systems Manager parameter name specified for secret DB_PASSWORD is invalid",
        passes=refer(f"{WHOLE}:password::"),
    ),
    "E508": Page(
        title="a reference to a key of a secret without its colons",
        text="""\
After `secret:` a reference to Secrets Manager has one part or four:

| reference | gives the container |
|---|---|
| `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME` | the whole secret |
| `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY::` | the value of one key of a secret that is JSON |
| `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY:STAGE:` | the same, of the version with this stage |
| `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY::VERSION` | the same, of this version |
| `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME::STAGE:` | the whole secret, of the version with this stage |

`…:secret:NAME:KEY`, which looks as if it were right, has two parts, and `…:secret:NAME:KEY:` has three. **ECS registers
both without an error.** The mistake shows when a task starts: it stops before its container runs, a service tries again
and again, and a deployment hangs until it is rolled back. The registration, botocore and cfn-lint accept it.

The rule looks at `secrets` of containers and at `secretOptions` of log drivers. It also finds texts that are not the
ARN of a secret at all: with a placeholder for the account, or a region that does not exist. In templates
`secret("NAME", key="KEY")` writes the colons by itself.

The name should have its suffix too: [W603](W603.md).""",
        case="E508-key-without-its-colons",
        source="aws/amazon-ecs-agent at 8dfceca, `getASMParametersFromInput` in `agent/taskresource/asmsecret/asmsecret.go`, and "
        "public reports that quote "
        f"the reason with which tasks stopped, on instances and on Fargate; {FROM_SECRETS_MANAGER}",
        aws=f"trying to retrieve secret with value {WHOLE}:password resulted in error: an invalid ARN format for the AWS Secrets "
        "Manager secret was "
        "specified. Specify a valid ARN and try again.\n"
        "unexpected ARN format with parameters when trying to retrieve ASM secret",
        passes=refer(f"{WHOLE}:password::"),
    ),
    "E509": Page(
        title="both a stage and a version of a secret",
        text=f"""\
A version of a secret is found by its stage, `AWSCURRENT` for instance, or by its ID. ECS documents that a reference has one of them. It
hands both to Secrets Manager, which returns nothing as soon as the stage has moved to another version, that is after the next rotation.

Keep the stage to follow rotations, the version to be independent of them. See {FROM_SECRETS_MANAGER}.""",
        case="E509-stage-and-version",
        source="aws/amazon-ecs-agent, `agent/asm/asm.go`; awsdocs/amazon-ecs-developer-guide, "
        "`doc_source/secrets-envvar-secrets-manager.md`",
        passes=refer(f"{WHOLE}:password:AWSCURRENT:"),
    ),
    "E510": Page(
        title="ECS reads no secret from an ARN",
        text=f"""\
ECS reads secrets from Secrets Manager and from the parameters of Systems Manager. The ARN of a parameter is
`arn:aws:ssm:REGION:ACCOUNT:parameter/NAME`, with exactly one slash in between: parameter `/web/password` is `parameter/web/password`. ECS
reads no secret from any other ARN, such as that of an object in S3.

Neither an ARN nor a name can select a version or label of a parameter: ECS reads the newest version. To pin a value, put it into
a parameter of its own, or use Secrets Manager.

A parameter in the region of the task may also be named without its ARN. See {FROM_PARAMETERS}.""",
        case="E510-parameter-after-a-colon",
        source="aws/amazon-ecs-agent, `agent/ssm/ssm.go` and `agent/taskresource/ssmsecret/ssmsecret.go`; Secret, member `valueFrom`, "
        "in botocore 1.44.5; aws/containers-roadmap issues 636 and 859 for versions, read 2026-11-29",
        aws="fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: /web/password",
        passes=refer("arn:aws:ssm:eu-west-1:123456789012:parameter/web/password"),
    ),
    "W603": Page(
        title="the ARN of a secret without its suffix",
        text="""\
Secrets Manager ends the ARN of each secret with a hyphen and six characters of its own. Without them it still finds the secret, but a
policy that grants reading it by its whole ARN does not fit, and the task stops with `AccessDeniedException`. Such a policy has to name
`…:secret:web-??????` or `…:secret:web-*`.

With a fitting policy it works, so this is a note: `-v` shows it, once for each secret, at its first reference. A name
that itself ends in a hyphen and six characters looks like a whole ARN, so it is not reported.""",
        case="W603-name-for-the-arn",
        source="aws-samples/dify-self-hosted-on-aws pull request 35; aws/amazon-ecs-agent, comment in "
        "`agent/taskresource/asmsecret/asmsecret.go`",
        aws="AccessDeniedException: … no identity-based policy allows the secretsmanager:GetSecretValue action",
        passes=refer(WHOLE),
    ),
}
