"""Credentials in plain text: W602. The ones here are put together as the test runs, so that nobody takes them for real ones."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from generator.model.secrets.scanning import find_secrets
from generator.model.secrets.values import mask_value
from tests.rules.running import Said, fargate, say

PATH = "containerDefinitions[app].environment[{}].value"


def variable(name: str, value: str) -> Value:
    return fargate({"environment": [{"name": name, "value": value}]})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "debug"),
        ("DB_PASSWORD", ""),
        ("DB_PASSWORD", "changeme"),
        ("DB_PASSWORD", "CHANGE-ME-please"),
        ("DB_PASSWORD", "xxxxxxxx"),
        ("DB_PASSWORD", "********"),
        ("DB_PASSWORD", "${DB_PASSWORD}"),
        ("DB_PASSWORD", "$DB_PASSWORD"),
        ("DB_PASSWORD", "<the password>"),
        ("DB_PASSWORD", "your-password-here"),
        ("DB_PASSWORD", "/run/secrets/db"),
        ("DB_PASSWORD_FILE", "hunter2"),
        ("DB_SECRET", "prod/app/db"),
        ("DB_SECRET_ID", "my-db"),
        ("DB_SECRET", "my-app-db-secret"),
        ("DB_CREDENTIALS", "prod-db-credentials"),
        ("DB_PASSWORD", "ENC(0123456789abcdef)"),
        ("DB_PASSWORD", "ENC[AES256_GCM,data:0123,type:str]"),
        ("DB_PASSWORD", "{cipher}0123456789abcdef"),
        ("API_KEY", "AQICAH" + "0123456789abcdef"),
        ("NEXT_PUBLIC_API_KEY", "0123456789abcdef"),
        ("REACT_APP_API_KEY", "0123456789abcdef"),
        ("STRIPE_PUBLISHABLE_KEY", "0123456789abcdef"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("SMTP_AUTH", "login"),
        ("DB_SECRET_ARN", "whatever"),
        ("DB_SECRET", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db"),
        ("AWS_SECRET", "ssm:/app/db"),
        ("MAX_TOKENS", "4096"),
        ("PASSWORD_MIN_LENGTH", "12"),
        ("SECRET_STORE", "aws"),
        ("PASSWORD_RESET_TEMPLATE", "reset.html"),
        ("USE_AUTH", "true"),
        ("AUTH", "basic"),
        ("KEYCLOAK_URL", "https://sso.example.com"),
        ("SENTRY_DSN", "https://0123456789abcdef@sentry.example.com/1"),
        ("PRIMARY_KEY", "user_id"),
        ("PARTITION_KEY", "tenant"),
        ("CACHE_KEY", "sessions"),
        ("JWT_SIGNING_KEY", "alias/signing"),
        ("SSH_KEY", "ssh-ed25519 AAAAC3 someone"),
        ("DATABASE_URL", "postgres://db.internal:5432/app"),
        ("DATABASE_URL", "postgres://app@db.internal/app"),
        ("DATABASE_URL", "postgres://app:${DB_PASSWORD}@db.internal/app"),
        ("DATABASE_URL", "postgres://app:<password>@db.internal/app"),
        ("URL", "https://example.com:8443/users/@me"),
        ("JAVA_OPTS", "-Djavax.net.ssl.trustStorePassword=changeit"),
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7" + "EXAMPLE"),
        ("IMAGE", "data:" + "A" * 5000),
        ("SLACK_WEBHOOK", "https://hooks.example.com/services/abcdefgh"),
        ("SLACK_WEBHOOK", "https://chat.internal/"),
        ("SLACK_WEBHOOK_URL", "https://chat.internal/hooks/${HOOK_TOKEN}"),
        ("SLACK_WEBHOOK_CHANNEL", "deployments"),
        ("SLACK_WEBHOOK", "enabled"),
        ("GITHUB_WEBHOOK_URL", "https://app.internal/hooks/github"),
        ("HASH_SALT", "x81kq"),
        ("SESSION_COOKIE", "sid"),
        ("TLS_PEM", "tls-internal"),
        ("AUTH_INTERNAL", "auth-service"),
        ("CONNECTION_STRING", "Server=db;Database=app"),
        ("COMPAT", "legacy"),
        ("API_KEY_ID", "zq81kx"),
        ("AWS_ACCESS_KEY_ID", "test-access"),
        ("CHECK_TOKEN", "strictly"),
        ("RANDOM_SEED", "abc"),
        ("PASSWORD_PEPPER", "/run/secrets/pepper"),
        ("TF_TOKEN_app_terraform_io", "${TF_TOKEN}"),
    ],
)
def test_passes(name: str, value: str) -> None:
    assert say(variable(name, value), "W602") == []


MADE_UP = "Zk3" * 20
SHAPES = [
    ("an AWS access key", "AKIA" + "Q3" * 8),
    ("an AWS access key", "id=ASIA" + "Q3" * 8 + ";"),
    ("a private key", "-----BEGIN RSA " + "PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----"),
    ("a private key", "-----BEGIN " + "PRIVATE KEY-----abc"),
    ("a token of GitHub", "ghp" + "_" + MADE_UP[:36]),
    ("a token of GitHub", "github_pat" + "_" + MADE_UP),
    ("a token of GitLab", "glpat" + "-" + MADE_UP[:20]),
    ("a token of Slack", "xoxb" + "-" + "12345678901"),
    ("a key of Stripe", "sk_live" + "_" + MADE_UP[:24]),
    ("a key of Google", "AIza" + MADE_UP[:35]),
    ("a key of SendGrid", "SG" + "." + MADE_UP[:22] + "." + MADE_UP[:43]),
    ("a token of npm", "npm" + "_" + MADE_UP[:36]),
    ("a signed token", "eyJ" + MADE_UP[:12] + ".eyJ" + MADE_UP[:12] + "." + MADE_UP[:12]),
    ("a password", "postgres://app:" + "hunter2" + "@db.internal/app"),
    ("a password", "redis://:" + "hunter2" + "@cache.internal:6379/0"),
    ("a password", "Server=db;User Id=app;" + "Password=hunter2;"),
]


@pytest.mark.parametrize(("kind", "value"), SHAPES)
def test_a_value_of_a_known_form_fails_whatever_it_is_called(kind: str, value: str) -> None:
    path = PATH.format("HARMLESS")
    message = f"`{path}` holds {kind}: anybody who may describe the task definition can read it"
    help = "keep it in Secrets Manager or Parameter Store, and name it under `secrets`"
    assert say(variable("HARMLESS", value), "W602") == [Said("W602", path, message, (), help)]


@pytest.mark.parametrize(("kind", "value"), SHAPES)
def test_such_a_value_is_masked_wherever_it_stands(kind: str, value: str) -> None:
    text = f'{{"harmless": "{value}", "other": 1}}'
    assert find_secrets(text) != ()
    assert mask_value("containerDefinitions[app].environment[HARMLESS]", value) == "***"
    shown = text
    for start, end in reversed(find_secrets(text)):
        shown = shown[:start] + "***" + shown[end:]
    assert not any(part in shown for part in ("hunter2", "Q3Q3", "abc", MADE_UP[:12], "12345678901"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "hunter2"),
        ("DB_PASSWORD", "postgres"),
        ("dbPassword2", "s3cret!"),
        ("API_TOKEN", "0123456789abcdef"),
        ("SECRET_KEY_BASE_SECRET", "a b c"),
        ("STRIPE_API_KEY", "abcdef"),
        ("CLIENT_SECRET", "AbC/dEf=="),
        ("PASSWORD_PEPPER", "zq81kx"),
        ("WIFI_PSK", "zq81kx"),
        ("WALLET_MNEMONIC", "correct horse battery"),
        ("API_TOKEN_PROD", "zq81kx"),
        ("DB_PW", "zq81kx"),
        ("GITHUB_PAT", "zq81kx"),
        ("TF_TOKEN_app_terraform_io", "zq81kx"),
        ("MATTERMOST_WEBHOOK", "https://chat.internal/hooks/zq81kxq9"),
        ("DISCORD_WEBHOOK_URL", "https://chat.internal/hooks/zq81kxq9"),
        ("AWS_SECRET_ACCESS_KEY", "zQ4x/" * 7 + "zQ4xy"),
    ],
)
def test_a_literal_under_the_name_of_a_secret_fails(name: str, value: str) -> None:
    path = PATH.format(name)
    (said,) = say(variable(name, value), "W602")
    assert (said.path, value in repr(said)) == (path, False)
    assert (
        said.message
        == f"`{path}` holds a secret, by its name: anybody who may describe the task definition can read it"
    )


def test_items_without_name_or_value_are_left_alone() -> None:
    assert say(fargate({"environment": [{}, {"name": "DB_PASSWORD"}, {"value": "x"}]}), "W602") == []
    assert say(fargate({"environment": []}), "W602") == []
