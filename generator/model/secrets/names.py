"""Which names belong to secrets, and which values are secret by a name on their path or by their look."""

from __future__ import annotations

import re

from generator.model.secrets.credentials import find_credential

MASK = "***"

# What scanners take for the name of a secret: the deny list of Yelp/detect-secrets (plugins/keyword.py), the keywords of
# gitleaks' `generic-api-key`; read 2026-11. Words are compared after a name is cut at its joints.
ANYWHERE = (
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "CREDENTIAL",
    "ACCESSKEY",
    "APIKEY",
    "PRIVATEKEY",
    "CONNECTIONSTRING",
)
AT_THE_END = ("TOKEN", "PWD", "AUTHORIZATION", "DBPASS", "APITOKENS", "ACCESSTOKENS", "AUTHTOKENS")
LAST_WORD = ("AUTH", "BEARER", "CREDS", "DSN", "JWT", "PASS", "PAT", "PW")
KEY_OF = (
    "ACCOUNT", "APP", "APPLICATION", "AUTH", "CLIENT", "DATABASE", "DB", "DECRYPTION", "DEPLOY", "ENCRYPTION", "HMAC", "JWT",
    "LICENSE", "MASTER", "PRIV", "RSA", "SERVICE", "SESSION", "SHARED", "SIGNING", "SSH", "SSL", "STORAGE", "TLS", "WEBHOOK",
    "ALGOLIA", "ANTHROPIC", "BINANCE", "BYBIT", "COINBASE", "DATADOG", "GITHUB", "GITLAB", "HONEYCOMB", "HUGGINGFACE", "MAILCHIMP",
    "MAILGUN", "NEWRELIC", "OPENAI", "PAGERDUTY", "POSTMARK", "ROLLBAR", "SENDGRID", "SENTRY", "SHOPIFY", "SLACK", "STRIPE", "TWILIO",
)  # fmt: skip
"""Words before `KEY`: what a key is for, and services that give one to a customer."""
ASKING = ("ALLOW", "DISABLE", "ENABLE", "HAS", "IS", "NEED", "NEEDS", "REQUIRE", "REQUIRES", "SKIP", "USE")
"""First words of a name that says whether there is a secret."""
ABOUT = (
    "AGE", "ALGORITHM", "ARN", "AUDIENCE", "BACKEND", "BUCKET", "CLASS", "COLUMN", "COUNT", "DAYS", "DISABLED", "DOMAIN", "DURATION",
    "ENABLED", "ENDPOINT", "EXPIRATION", "EXPIRES", "EXPIRY", "FIELD", "FILE", "FOLDER", "FORMAT", "HEADER", "HOST", "HOURS", "INTERVAL",
    "ISSUER", "ITERATIONS", "LABEL", "LENGTH", "LIFETIME", "LIMIT", "MANAGER", "METHOD", "MINUTES", "MODE", "NAME", "NAMES",
    "NAMESPACE", "OPTIONS", "PARAMETER", "PATH", "POLICY", "PORT", "PREFIX", "PROVIDER", "REALM", "REGION", "REQUIRED", "ROTATION",
    "ROUNDS", "SCOPE", "SCOPES", "SECONDS", "SIZE", "SPECS", "STORE", "STRATEGY", "SUFFIX", "TIMEOUT", "TTL", "TYPE", "URI", "URL",
    "VERSION",
)  # fmt: skip
"""Last words of a name that speaks of a secret and does not hold it."""
MEMBERS = ("secrets", "repositoryCredentials")
"""Members of a task definition that only look like a secret's name."""

REFERRING = ("secrets", "secretOptions")
NAMING = (
    "tasks",
    "containerDefinitions",
    "volumes",
    "dependsOn",
    "extraHosts",
    "mountPoints",
    "volumesFrom",
    "ulimits",
)
"""Members in whose map form the keys name things of the task, such as a container called `auth`."""

TELLING = ("name", "key", "valueFrom")
"""Members that say what a value is of, or where it lies."""

HINT = re.compile(
    r"pass|secret|credential|creds|token|pwd|auth|key|dsn|connection|bearer|jwt|pa?[tw](?![a-z])", re.IGNORECASE
)
JOINT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
STEP = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


def is_secret_name(name: str) -> bool:
    """Whether scanners would take a name for that of a secret, however its words are joined."""
    if name in MEMBERS or not HINT.search(name):
        return False
    words = [word.rstrip("0123456789").upper() for word in JOINT.split(name)]
    words = [word for word in words if word]
    if words[1:] and words[-1] == "VALUE":
        words.pop()
    if not words or words[-1] in ABOUT or words[0] in ASKING:
        return False
    joined = "".join(words)
    if any(word in joined for word in ANYWHERE) or joined.endswith(AT_THE_END) or words[-1] in LAST_WORD:
        return True
    kind = joined.removesuffix("S").removesuffix("KEY")
    return kind != joined.removesuffix("S") and kind.endswith(KEY_OF)


def is_secret_value(path: str, text: str) -> bool:
    """Whether a value is a secret by its look, or by a name on the path of its field, as findings spell that."""
    return not is_empty(text) and (find_credential(text) is not None or is_secret_path(path, text))


def mask_value(path: str, text: str) -> str:
    """Give a text that stands at a path, or `***` if the path or its look makes it secret."""
    return MASK if is_secret_value(path, text) else text


def is_secret_path(path: str, text: str) -> bool:
    """Whether a name on a path makes a text below it a secret, and not a reference to one."""
    steps = [left or right for left, right in STEP.findall(path)] if HINT.search(path) else []
    if not steps or (len(steps) > 1 and steps[-1] in TELLING):
        return False
    for owner, step in zip(("", *steps), steps, strict=False):
        if owner not in NAMING and is_secret_name(step):
            return not (is_reference(text, any(each in REFERRING for each in steps)) or is_file(step, text))
    return False


def is_reference(text: str, among_secrets: bool) -> bool:
    """Whether a value says where a secret lies rather than what it is."""
    return text.startswith("arn:") or (among_secrets and text.startswith("/"))


def is_file(name: str, text: str) -> bool:
    """Whether a name like `GOOGLE_APPLICATION_CREDENTIALS` says in which file credentials are."""
    return name.upper().endswith("CREDENTIALS") and text.startswith(("/", "./"))


def is_empty(text: str) -> bool:
    """Whether a value can hold no secret: nothing, null, a boolean, an alias or the start of a directive."""
    return text in ("", "null", "~", "true", "false") or text.startswith("*")
