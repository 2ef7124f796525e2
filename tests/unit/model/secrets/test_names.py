"""Which names belong to secrets and which only look so, and which values a path or their look makes secret."""

from __future__ import annotations

import pytest

from generator.model.secrets.names import is_secret_name, may_name_secret
from generator.model.secrets.values import mask_value
from tests.unit.model.secrets.image_names import OTHER, SECRET

SECRET_NAMES = """
    DB_PASSWORD PGPASSWORD dbPassword db-passwd MYSQL_PWD PASSPHRASE SECRET SECRET_KEY_BASE clientSecret TOKEN GITHUB_TOKEN
    accessToken splunk-token API_KEY apikey BYBIT_API_KEY X-Api-Key dd_api_key AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY PRIVATE_KEY
    SSH_PRIVATE_KEY SIGNING_KEY ENCRYPTION_KEYS JWT_KEY CREDENTIALS GCP_CREDENTIALS AUTH BASIC_AUTH SENTRY_DSN CONNECTION_STRING
    MongoConnectionString PASSWORD_2 API_KEY1 com.example.api-token license_key DB_PASS SECRETS
"""

SECRET_NAMES += """
    STRIPE_KEY SENDGRID_KEY OPENAI_KEY ANTHROPIC_KEY DATADOG_KEY GITHUB_PAT PAT githubPat DB_PW PW JWT USER_JWT TOKEN_VALUE
    PASSWORD_VALUE tokenValue VAULT_SECRET_ID TF_TOKEN_app_terraform_io SNMP_COMMUNITY_STRING SNMP_COMMUNITY
    DISCORD_WEBHOOK_DEV_RELEASE_CHANNEL SLACK_WEBHOOK_DEV SLACK_WEBHOOK_DEPLOYS HEALTH_CHECK_TOKEN
"""

OTHER_NAMES = """
    LOG_LEVEL PASSWORD_FILE TOKEN_URL SECRET_ARN SECRET_NAME TOKEN_TTL ACCESS_TOKEN_EXPIRY MAX_TOKENS TOKENIZERS_PARALLELISM KEY key
    PARTITION_KEY PUBLIC_KEY KMS_KEY secrets secretOptions credentialSpecs repositoryCredentials credentialsParameter AUTHOR COMPASS
    AUTH_ENDPOINT name value awslogs-group dockerSecurityOptions authorizationConfig

    KEY_PREFIX MONKEY PASSWORD_MIN_LENGTH TOKEN_EXPIRY_SECONDS PRIMARY_KEY_COLUMN USE_AUTH REQUIRE_PASSWORD PASSWORD_MAX_AGE AUTH_ENABLED
    AUTH_TYPE AUTH_PROVIDER AUTH_MODE AUTH_URL OAUTH_CLIENT_ID OAUTH_SCOPES KEYBOARD KEYSPACE KEYCLOAK_URL KEYCLOAK_REALM TOKENIZER
    TOKEN_LIMIT TOKEN_BUCKET_SIZE PASSWORD_POLICY PASSWORD_HASH_ROUNDS PASSWORD_RESET_URL PASSPORT_ISSUER BYPASS_CACHE PASS_THROUGH
    PASSIVE_MODE SECRETS_PREFIX SECRET_STORE SECRETS_MANAGER_REGION SECRET_VERSION CREDENTIALS_FILE CREDENTIAL_PROVIDER API_KEY_HEADER
    API_KEY_NAME KEY_ID KMS_KEY_ID SORT_KEY CACHE_KEY ROUTING_KEY FOREIGN_KEY IDEMPOTENCY_KEY SSH_KEY_PATH TLS_KEY_FILE JWT_ISSUER
    JWT_AUDIENCE JWT_ALGORITHM JWT_TTL TOKEN_ENDPOINT TOKEN_TYPE ACCESS_TOKEN_LIFETIME REFRESH_TOKEN_INTERVAL SESSION_KEY_PREFIX
    CONNECTION_TIMEOUT CONNECTION_POOL_SIZE MAX_CONNECTIONS PWD_MIN_LENGTH ENABLE_TOKEN_AUTH DISABLE_AUTH ALLOW_EMPTY_PASSWORD HAS_SECRET
    API_KEY_ID APPLE_API_KEY_ID S3_KEY_ID CHECK_TOKEN CHECK_DB_PASSWORD SLACK_WEBHOOK_CHANNEL SLACK_WEBHOOK_ICON_EMOJI COMMUNITY_EDITION
    DISCORD_WEBHOOK_AVATAR_URL SLACK_WEBHOOK_USERNAME SLACK_WEBHOOK_ID TF_TOKENIZER
    useAuth STRIPE_PUBLIC_KEY STRIPE_PUBLISHABLE_KEY PATH PATTERN COMPAT PATIENCE DISPATCH VALUE
"""


@pytest.mark.parametrize("name", SECRET_NAMES.split())
def test_these_names_are_those_of_secrets(name: str) -> None:
    assert is_secret_name(name) is True


@pytest.mark.parametrize("name", [*OTHER_NAMES.split(), ""])
def test_these_names_are_not(name: str) -> None:
    assert is_secret_name(name) is False


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        ("containerDefinitions[app].environment[DB_PASSWORD].value", "hunter2", "***"),
        ("containerDefinitions[app].environment[DB_PASSWORD]", "hunter2", "***"),
        ("containerDefinitions[app].environment[LOG_LEVEL].value", "DEBUG", "DEBUG"),
        ("containerDefinitions[app].logConfiguration.options.splunk-token", "abc", "***"),
        ("containerDefinitions[app].dockerLabels[com.example.api-token]", "abc", "***"),
        ("tags[ApiToken].value", "abc", "***"),
        ("DB_PASSWORD", "hunter2", "***"),
        ("DB_PASSWORD", "null", "null"),
        ("containerDefinitions[auth].image", "nginx", "nginx"),
        ("containerDefinitions[auth]", "a mapping", "a mapping"),
        ("containerDefinitions[app].secrets[DB_PASSWORD].valueFrom", "prod-db", "prod-db"),
        ("containerDefinitions[app].secrets[DB_PASSWORD]", "/prod/db", "/prod/db"),
        (
            "containerDefinitions[app].environment[DB_PASSWORD].value",
            "arn:aws:ssm:eu-west-1:1:parameter/x",
            "arn:aws:ssm:eu-west-1:1:parameter/x",
        ),
        ("repositoryCredentials.credentialsParameter", "registry", "registry"),
        ("", "anything", "anything"),
        ("apiToken[]", "abc", "***"),
        ("nextToken[]", "abc", "abc"),
        ("environment[].value", "abc", "abc"),
        ("api_keys.bybit", "abc", "***"),
        ("containerDefinitions[auth].environment[LOG_LEVEL].value", "DEBUG", "DEBUG"),
        ("containerDefinitions[app].environment[DB_PASSWORD].name", "DB_PASSWORD", "DB_PASSWORD"),
        (
            "containerDefinitions[app].environment[GOOGLE_APPLICATION_CREDENTIALS].value",
            "/etc/gcp.json",
            "/etc/gcp.json",
        ),
        ("containerDefinitions[app].environment[GOOGLE_APPLICATION_CREDENTIALS].value", "{...}", "***"),
        ("containerDefinitions[app].environment[DB_PASSWORD].value", "/hunter2", "***"),
        ("containerDefinitions[app].environment[TOKEN_TTL].value", "3600", "3600"),
    ],
)
def test_a_value_is_shown_or_masked_by_its_path(path: str, text: str, shown: str) -> None:
    assert mask_value(path, text) == shown


@pytest.mark.parametrize("image", SECRET)
def test_secrets_of_an_image_are_told(image: str) -> None:
    assert [name for name in SECRET[image].split() if not is_secret_name(name)] == []


@pytest.mark.parametrize("image", OTHER)
def test_other_names_of_an_image_are_told(image: str) -> None:
    assert [name for name in OTHER[image].split() if is_secret_name(name)] == []


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("MYSQL_RANDOM_ROOT_PASSWORD", "yes", "yes"),
        ("MYSQL_ONETIME_PASSWORD", "True", "True"),
        ("PGSSLKEY", "/etc/ssl/client.key", "/etc/ssl/client.key"),
        ("N8N_SSL_KEY", "./certs/tls.pem", "./certs/tls.pem"),
        ("N8N_SSL_KEY", "/MIIEvQIBADANBg/kqhkiG9w0", "***"),
        ("GOOGLE_APPLICATION_CREDENTIALS", "/etc/gcp.json", "/etc/gcp.json"),
        ("GOOGLE_APPLICATION_CREDENTIALS", '{"type": "x"}', "***"),
        ("DB_PASSWORD", "/etc/password.txt", "***"),
    ],
)
def test_where_a_name_tells_too_little_the_value_decides(name: str, text: str, shown: str) -> None:
    assert mask_value(name, text) == shown


@pytest.mark.parametrize(
    "text", ["DB_PASSWORD", "a.apiKey", "dockerConfig", "MyPatFoo", "API_PAT", "sa", "DB_PW1", "PIN", "x-pats"]
)
def test_a_text_may_have_the_name_of_a_secret_in_it(text: str) -> None:
    assert may_name_secret(text)


@pytest.mark.parametrize("text", ["", "LOG_LEVEL", "options", "sample", "ping", "pattern", "PATH", "pwned", "patsy"])
def test_a_text_without_any_hint_has_no_name_of_a_secret(text: str) -> None:
    assert not may_name_secret(text)
