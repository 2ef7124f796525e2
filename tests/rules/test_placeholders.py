"""Placeholders that nothing filled in: E517 where ECS or AWS reads the text, W635 where a program may, and nothing else beside."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import LOGS, ROLE, Said, ec2, fargate, find, say

BOTH = ("E517", "W635")
ORDINARY = [
    # Shells.
    "$HOME/bin/start",
    "echo ${PORT:-8080}",
    "exec java $JAVA_OPTS -jar app.jar",
    "$(date +%Y-%m-%d)",
    "test $? -eq 0 || exit 1",
    "echo $$ > /run/app.pid",
    "for f in *.sql; do psql < $f; done",
    "cat <<EOF > /tmp/a",
    "curl -f http://localhost:${PORT}/ || exit 1",
    "awk '{print $1}' /etc/hosts",
    "sed -e 's/__NAME__/web/' in > out",
    'curl -s localhost | grep "<html>"',
    "docker ps --format '{{ .Names }}'",
    "python -m app.__main__",
    "pg_isready -U $POSTGRES_USER -d $POSTGRES_DB",
    "<SCRIPT> is what it says",
    "if [ -z $X ]; then exit 2; fi",
    "nc -z $(hostname) 80",
]
VALUES = [
    # Formats and templates that programs read.
    "%d/%m/%Y %H:%M:%S",
    "%(asctime)s %(levelname)s %(message)s",
    "%h %l %u %t",
    "{{ .Names }}",
    "{{.ID}}/{{.Name}}",
    "{{ range .Items }}",
    "{{name}} is {{age}}",
    "${spring.application.name}",
    "${PORT:-8080}",
    "${DB_URL:jdbc:h2:mem:x}",
    "#{T(java.lang.Math).random()}",
    "#{systemProperties['user.home']}",
    "$remote_addr - $remote_user [$time_local]",
    # Patterns.
    "^/api/v[0-9]+/.*$",
    "(?P<USER_NAME>[a-z]+)",
    r"\k<YEAR_END>",
    "[A-Z]{3}-[0-9]+",
    "^(GET|POST)$",
    r"\d{4}-\d{2}-\d{2}",
    "^foo$|^bar$",
    # Cron lines and others with stars.
    "0 2 * * *",
    "*/5 * * * MON-FRI",
    "rate(5 minutes)",
    "*",
    # JSON, XML, HTML, SQL.
    '{"level": "info", "tags": ["a", "b"]}',
    '{"$schema": "https://json-schema.org/draft/2020-12/schema"}',
    "<html><body>ok</body></html>",
    "<b>hello</b>",
    "<BR>",
    "<!DOCTYPE html>",
    "<?xml version='1.0'?>",
    "<config><name>x</name></config>",
    "SELECT * FROM users WHERE name LIKE '%foo%'",
    "SELECT 1 WHERE a LIKE '%LIKE%'",
    "%LIKE%",
    "a < b and c > d",
    # Names, addresses, paths.
    "__init__.py",
    "__main__",
    "me@example.com",
    "Ops <ops@example.com>",
    "https://user@host.example.com/path?x=%20y%2F",
    "https://example.com/?a=1&b=2#top",
    "postgres://db.internal:5432/app?sslmode=require",
    "redis://cache:6379/0",
    "arn:aws:sqs:eu-west-1:123456789012:jobs",
    "arn:aws:s3:::bucket/key",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "s3://bucket/prefix/",
    "/opt/app/bin:/usr/bin",
    r"C:\Program Files\app",
    "yourls.example.com",
    "placeholders.json",
    "account",
    "US-EAST-1",
    "REGION_AWARE",
    # Words.
    "PRODUCTION",
    "READ_COMMITTED",
    "LOG_LEVEL",
    "TODOIST",
    "DO NOT CHANGE_THIS WORD",
    "the key is YOUR_NAME and so on",
    "-Xmx512m -XX:+UseG1GC",
    "--max-old-space-size=512",
    "price in $ or %",
    "pa$word",
    "5$A",
    "",
    "größe",
]


def with_value(value: str) -> Value:
    return {"environment": [{"name": "A", "value": value}]}


def test_there_are_more_that_pass() -> None:
    assert (len(ORDINARY) + len(VALUES) >= 60, len(ORDINARY) + len(VALUES) > len(FAILING)) == (True, True)


@pytest.mark.parametrize("text", [*ORDINARY, *VALUES, "REPLACE_ME", "<X>", "${X}"])
def test_what_a_shell_reads_passes(text: str) -> None:
    container = {"command": ["sh", "-c", text], "entryPoint": ["sh", text], "healthCheck": {"command": ["CMD", text]}}
    labels = {"dockerLabels": {"a": text}}
    assert say(ec2({**container, **labels}), *BOTH) == []


@pytest.mark.parametrize("text", VALUES)
def test_ordinary_values_pass(text: str) -> None:
    assert say(ec2(with_value(text)), *BOTH) == []


@pytest.mark.parametrize(
    "image",
    [
        "nginx:1.29",
        "nginx",
        "yourls:1.9",
        "yooooomi/your_spotify_server:1.7",
        "ghcr.io/me/placeholder-service:1.0",
        "placeholder-app:1",
        "todo:latest",
        "public.ecr.aws/ecs-sample-image/amazon-ecs-sample:latest",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web:v1",
        "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/web:RELEASE_1",
        "123456789012.dkr-ecr.eu-west-1.on.aws/web:abc",
        "my__image:v__1__2",
        "localhost:5000/a/b:V1",
        "web@sha256:" + "a" * 64,
        "xxx:1",
    ],
)
def test_images_pass(image: str) -> None:
    assert say(ec2({"image": image}), *BOTH) == []


@pytest.mark.parametrize(
    "members",
    [
        {"family": "placeholder"},
        {"family": "my-todo-app"},
        {"family": "a__b__c"},
        {"taskRoleArn": "TASK_ROLE"},
        {"taskRoleArn": "arn:aws:iam::123456789012:role/your-role"[:-9] + "web"},
        {"taskRoleArn": "arn:aws:iam::123456789012:role/aws-service-role/ACCOUNT_ID"},
        {"volumes": [{"name": "a", "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"}}]},
        {"volumes": [{"name": "a", "host": {"sourcePath": "/data/__cache"}}]},
    ],
)
def test_members_pass(members: Value) -> None:
    assert say(ec2(**members), *BOTH) == []


FILL = ": use a variable of the template, or the step that makes the file; ECS fills in nothing"
IMAGE = "fill in the image: the render action does (lint with `--for render-action`), or a variable of the template"
ACCOUNT = f"fill in the 12 digits of the account{FILL}"
REGION = f"fill in the region, such as `eu-west-1`{FILL}"
ROLE_HELP = f"fill in the ARN of the role, which IAM shows{FILL}"
SECRET = f"fill in the ARN of the secret, or the ARN or name of the parameter{FILL}"
VALUE = f"fill in the value{FILL}"
NOTE = f"fill in the value, unless a program does that itself{FILL}"
APP = "containerDefinitions[app]"


def log(**options: str) -> Value:
    return {"logConfiguration": {**LOGS, "options": {**LOGS["options"], **options}}}


def efs(**members: Value) -> Value:
    volume = {"fileSystemId": "fs-0123456789abcdef0", "transitEncryption": "ENABLED", **members}
    return {"volumes": [{"name": "a", "efsVolumeConfiguration": volume}]}


def refer(value: str) -> Value:
    return {"secrets": [{"name": "A", "valueFrom": value}]}


EFS = "volumes[a].efsVolumeConfiguration"
FAILING: list[tuple[Value, str, str, str, str]] = [
    (fargate({"image": "nginx:${TAG}"}), "E517", f"{APP}.image", "${TAG}", IMAGE),
    (fargate({"image": "<IMAGE1_NAME>"}), "E517", f"{APP}.image", "<IMAGE1_NAME>", IMAGE),
    (fargate({"image": "PLACEHOLDER"}), "E517", f"{APP}.image", "PLACEHOLDER", IMAGE),
    (fargate({"image": "placeholder:latest"}), "E517", f"{APP}.image", "placeholder", IMAGE),
    (fargate({"image": "IMAGE_PLACEHOLDER"}), "E517", f"{APP}.image", "IMAGE_PLACEHOLDER", IMAGE),
    (fargate({"image": "YOUR_ECR_REPO_URI:latest"}), "E517", f"{APP}.image", "YOUR_ECR_REPO_URI", IMAGE),
    (fargate({"image": "your-registry/app:1"}), "E517", f"{APP}.image", "your-registry", IMAGE),
    (fargate({"image": "app:IMAGE_TAG"}), "E517", f"{APP}.image", "IMAGE_TAG", IMAGE),
    (fargate({"image": "ghcr.io/OWNER/app:1"}), "E517", f"{APP}.image", "OWNER", IMAGE),
    (fargate({"image": "TODO"}), "E517", f"{APP}.image", "TODO", IMAGE),
    (
        fargate(log(**{"awslogs-region": "region"})),
        "E517",
        f"{APP}.logConfiguration.options.awslogs-region",
        "region",
        f"fill in the region of the log group, such as `eu-west-1`{FILL}",
    ),
    (fargate({"image": "REPLACE_ME"}), "E517", f"{APP}.image", "REPLACE_ME", IMAGE),
    (
        fargate({"image": "ACCOUNT_ID.dkr.ecr.eu-west-1.amazonaws.com/web:1"}),
        "E517",
        f"{APP}.image",
        "ACCOUNT_ID",
        ACCOUNT,
    ),
    (
        fargate({"image": "123456789012.dkr.ecr.region.amazonaws.com/web:1"}),
        "E517",
        f"{APP}.image",
        "region",
        REGION,
    ),
    (fargate(executionRoleArn="arn:aws:iam::ACCOUNT_ID:role/App"), "E517", "executionRoleArn", "ACCOUNT_ID", ACCOUNT),
    (fargate(taskRoleArn="arn:aws:iam::xxxxxxxxxxxx:role/App"), "E517", "taskRoleArn", "xxxxxxxxxxxx", ACCOUNT),
    (fargate(taskRoleArn="TASK_ROLE_ARN"), "E517", "taskRoleArn", "TASK_ROLE_ARN", ROLE_HELP),
    (fargate(taskRoleArn="{{ role }}"), "E517", "taskRoleArn", "{{ role }}", ROLE_HELP),
    (fargate(family="app-${ENV}"), "E517", "family", "${ENV}", f"fill in the name of the family{FILL}"),
    (fargate(family="__APP__"), "E517", "family", "__APP__", f"fill in the name of the family{FILL}"),
    (fargate({"user": "$UID"}), "E517", f"{APP}.user", "$UID", f"fill in the user{FILL}"),
    (fargate(networkMode="%MODE%"), "E517", "networkMode", "%MODE%", VALUE),
    (fargate(memory="${MEMORY}"), "E517", "memory", "${MEMORY}", VALUE),
    (fargate(refer("arn:aws:ssm:eu-west-1:ACCOUNT:parameter/a")), "E517", f"{APP}.secrets[A].valueFrom", "ACCOUNT", ACCOUNT),
    (
        fargate(refer("arn:aws:secretsmanager:${AWS_REGION}:123456789012:secret:a")),
        "E517",
        f"{APP}.secrets[A].valueFrom",
        "${AWS_REGION}",
        REGION,
    ),
    (fargate(refer("${SECRET_ARN}")), "E517", f"{APP}.secrets[A].valueFrom", "${SECRET_ARN}", SECRET),
    (
        fargate(log(**{"awslogs-region": "REGION"})),
        "E517",
        f"{APP}.logConfiguration.options.awslogs-region",
        "REGION",
        f"fill in the region of the log group, such as `eu-west-1`{FILL}",
    ),
    (
        fargate(log(**{"awslogs-group": "/ecs/<app>"})),
        "E517",
        f"{APP}.logConfiguration.options.awslogs-group",
        "<app>",
        f"fill in the name of the log group{FILL}",
    ),
    (
        fargate(**efs(fileSystemId="fs-xxxxxxxx")),
        "E517",
        f"{EFS}.fileSystemId",
        "fs-xxxxxxxx",
        f"fill in the id of the file system, `fs-` and hexadecimal digits, which EFS shows{FILL}",
    ),
    (
        fargate(**efs(authorizationConfig={"accessPointId": "EFS_ACCESS_POINT"})),
        "E517",
        f"{EFS}.authorizationConfig.accessPointId",
        "EFS_ACCESS_POINT",
        f"fill in the id of the access point, `fsap-` and hexadecimal digits, which EFS shows{FILL}",
    ),
    (fargate(log(**{"awslogs-stream-prefix": "${ENV}"})), "W635", f"{APP}.logConfiguration.options.awslogs-stream-prefix", "${ENV}", NOTE),
    (fargate(**efs(rootDirectory="/${ENV}")), "W635", f"{EFS}.rootDirectory", "${ENV}", NOTE),
    (fargate({"workingDirectory": "/home/$USER"}), "W635", f"{APP}.workingDirectory", "$USER", NOTE),
    (
        fargate(with_value("arn:aws:sqs:REGION:123456789012:jobs")),
        "W635",
        f"{APP}.environment[A].value",
        "REGION",
        f"fill in the region, such as `eu-west-1`, unless a program does that itself{FILL}",
    ),
    (
        fargate({"mountPoints": [{"sourceVolume": "a", "containerPath": "${DATA}/app"}]}, volumes=[{"name": "a"}]),
        "E517",
        f"{APP}.mountPoints[${{DATA}}/app].containerPath",
        "${DATA}",
        VALUE,
    ),
    (
        fargate({"environmentFiles": [{"type": "s3", "value": "${ENV_FILE_ARN}"}]}),
        "E517",
        f"{APP}.environmentFiles[0].value",
        "${ENV_FILE_ARN}",
        f"fill in the ARN of the file, `arn:aws:s3:::BUCKET/KEY.env`{FILL}",
    ),
    (
        fargate(
            {"repositoryCredentials": {"credentialsParameter": "arn:aws:secretsmanager:eu-west-1:ACCOUNT:secret:a-aB3dE6"}}
        ),
        "E517",
        f"{APP}.repositoryCredentials.credentialsParameter",
        "ACCOUNT",
        ACCOUNT,
    ),
    *(
        (fargate(with_value(value)), "W635", f"{APP}.environment[A].value", left, NOTE)
        for value, left in [
            ("${HOST}", "${HOST}"),
            ("https://<HOST>/x", "<HOST>"),
            ("<your-api-key>", "<your-api-key>"),
            ("{{DB_HOST}}", "{{DB_HOST}}"),
            ("%DB_HOST%", "%DB_HOST%"),
            ("__DB_HOST__", "__DB_HOST__"),
            ("$PATH:/app", "$PATH"),
            ("CHANGEME", "CHANGEME"),
            ("https://YOUR_DOMAIN/", "YOUR_DOMAIN"),
            ("TODO", "TODO"),
        ]
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "path", "left", "help"), FAILING)
def test_fails_with_nothing_beside(value: Value, code: str, path: str, left: str, help: str) -> None:
    said = [each for each in say(value) if each.code not in ("W622", "W605")]
    assert said == [Said(code, path, f"`{left}` is a placeholder, and nothing was put in its place", (), help)]


def test_each_placeholder_of_a_text_is_named() -> None:
    image = "${ACCOUNT}.dkr.ecr.REGION.amazonaws.com/web:TAG"
    assert [(each.message.split("`")[1], each.help) for each in say(fargate({"image": image}))] == [
        ("${ACCOUNT}", ACCOUNT),
        ("REGION", REGION),
        ("TAG", IMAGE),
    ]


def test_of_a_number_its_type_is_told_beside() -> None:
    said = say(ec2({"stopTimeout": "${STOP}"}))
    assert said == [
        Said(
            "E517",
            f"{APP}.stopTimeout",
            "`${STOP}` is a placeholder, and nothing was put in its place",
            ("it takes a whole number, not text",),
            VALUE,
        )
    ]


@pytest.mark.parametrize("value", ["DB_PASSWORD_VALUE", "YOUR_PASSWORD", "__DB_PASSWORD__", "${DB_PASSWORD}"])
def test_what_stands_for_a_secret_is_no_secret(value: str) -> None:
    said = say(ec2({"environment": [{"name": "DB_PASSWORD", "value": value}]}), "W602", "W635")
    assert [each.code for each in said] == ["W635"]


@pytest.mark.parametrize("value", ["PASSWORD", "aB3$X9!kLm", "S3CR3T_VALUE", "Tr0ub4dor$ABC"])
def test_what_may_be_a_secret_stays_one(value: str) -> None:
    said = say(ec2({"environment": [{"name": "DB_PASSWORD", "value": value}]}), "W602")
    assert [each.code for each in said] == ["W602"]


def test_without_the_rule_the_text_is_wrong_in_its_own_way() -> None:
    said = say(fargate(executionRoleArn="${ROLE}"), levels={"E517": "off"})
    assert [each.code for each in said] == ["E453"]


def test_what_is_wrong_for_another_reason_stays() -> None:
    value = ec2({"image": "web:${TAG}", "cpu": -1}, taskRoleArn=f"{ROLE}/", family="a.b")
    assert sorted(each.code for each in find(value)) == ["E420", "E424", "E453", "E517"]
