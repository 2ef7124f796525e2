"""Which names belong to secrets, and which values are secret by a name on their path."""

from __future__ import annotations

import re

from generator.model.secrets.references import is_arn, is_path, is_placeholder, may_point

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
AT_THE_END = (
    "TOKEN", "PWD", "AUTHORIZATION", "DBPASS", "APITOKENS", "ACCESSTOKENS", "AUTHTOKENS", "AUTHUSERINFO", "ERLANGCOOKIE",
)  # fmt: skip
LAST_WORD = ("AUTH", "BEARER", "CREDS", "DSN", "JWT", "PASS", "PAT", "PW", "SALT")
KEY_OF = (
    "ACCESS", "ACCOUNT", "ACTIVATION", "ADMIN", "APP", "APPLICATION", "AUTH", "CLIENT", "DATABASE", "DB", "DECRYPTION", "DEPLOY",
    "ENCRYPTION", "FERNET", "HMAC", "INGEST", "INGESTION", "INTEGRATION", "JWT", "LICENSE", "LOGGEDIN", "MASTER", "NONCE", "PRIV",
    "RSA", "SDK", "SERVER", "SERVICE", "SERVICEROLE", "SESSION", "SHARED", "SIGNING", "SSH", "SSL", "STORAGE", "TLS", "UNSEAL",
    "WEBHOOK", "WRITE",
)  # fmt: skip
"""Words before `KEY`: what a key is for that opens something."""
SERVICES = (
    "ALGOLIA", "ANTHROPIC", "APNS", "BINANCE", "BYBIT", "COINBASE", "DATADOG", "FCM", "GITHUB", "GITLAB", "HONEYCOMB", "HUGGINGFACE",
    "LAUNCHDARKLY", "LOGDNA", "MAILCHIMP", "MAILGUN", "NEWRELIC", "OPENAI", "OPSGENIE", "PAGERDUTY", "POSTMARK", "ROLLBAR", "SENDGRID",
    "SENTRY", "SHOPIFY", "SLACK", "STRIPE", "SUPABASE", "TWILIO",
)  # fmt: skip
"""Services that give a key to a customer: whatever stands between such a word and `KEY`, but for the next."""
SHOWN_KEY_OF = ("CACHE", "PARTITION", "PRIMARY", "PUBLIC", "PUBLISHABLE", "SEARCH", "SITE", "SORT")
"""Words before `KEY` of one that anybody may see, or that opens nothing."""
ASKING_FIRST = ("AUTO", "FORCE", "HAS", "HIDE", "IS", "NEED", "NEEDS", "NO", "SHOW", "USE", "WITH")
ASKING = ("ALLOW", "BYPASS", "DISABLE", "ENABLE", "REQUIRE", "REQUIRES", "SKIP", "SUPPORTS")
"""Words of a name that says whether there is a secret; the former only at its beginning."""
WAYS = ("CLIENT", "FACTOR", "MUTUAL", "PASSWORD", "SASL", "SMTP")
"""Words before a last `AUTH` of a name that says how somebody proves who it is, as in `SSL_CLIENT_AUTH=want`."""
ABOUT = (
    "AGE", "ALGORITHM", "ALLOWLIST", "ARN", "ATTEMPT", "AUDIENCE", "BACKEND", "BLACKLIST", "BLOCKLIST", "BROKER", "BUCKET",
    "CACHE", "CHANGE", "CHARACTER", "CHARS", "CLASS", "COLUMN", "COMPLEXITY", "COST", "COUNT", "DAYS", "DENYLIST", "DIR",
    "DIRECTORY", "DISABLED", "DOMAIN", "DURATION", "EMAIL", "ENABLED", "ENDPOINT", "ENGINE", "EXPIRATION", "EXPIRES", "EXPIRY",
    "FIELD", "FILE", "FOLDER", "FORMAT", "HASHER", "HEADER", "HINT", "HISTORY", "HOST", "HOURS", "IN", "INTERVAL", "ISSUER",
    "ITERATIONS", "KWARGS", "LABEL", "LENGTH", "LIFETIME", "LIMIT", "LOCATION", "LOCKOUT", "LOGIN", "LOWERCASE", "MANAGER",
    "METHOD", "MINUTES", "MODE", "MOUNT", "NAME", "NAMESPACE", "OPTIONS", "PARAMETER", "PATH", "PATTERN", "POLICY", "PORT",
    "PREFIX", "PROFILE", "PROVIDER", "REALM", "REGEX", "REGION", "REQUIRED", "RETRIES", "RETRY", "ROTATION", "ROUNDS",
    "SCANNING", "SCOPE", "SECONDS", "SIZE", "SOURCE", "SPECS", "STORE", "STRATEGY", "STRENGTH", "SUBJECT", "SUFFIX", "TABLE",
    "TIMEOUT", "TTL", "TYPE", "UPPERCASE", "URI", "URL", "VALIDATOR", "VERSION",
)  # fmt: skip
"""Last words, also in the plural, of a name that speaks of a secret and does not hold it."""
OTHERS = ("PASSWORDLESS", "SECRETARIAT", "SECRETARY")
"""Words that only begin like a secret's."""
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

OPENING = "repositorycredentials"
"""A member that holds a secret where it is not what ECS takes, in lower case: there is a reference in it, under the next name."""
POINTING = ("valuefrom", "credentialsparameter")
"""Members, in lower case, that say where a secret lies."""

OF_PAIRS = frozenset(("environment", "tags", "secrets", "secretoptions", "properties"))
"""Members, in lower case, whose items are a name and a value, whatever these are called in them."""
OF_THINGS = frozenset(
    (
        "image", "cpu", "memory", "memoryreservation", "essential", "containerport", "hostport", "containerportrange", "appprotocol",
        "host", "efsvolumeconfiguration", "dockervolumeconfiguration", "fsxwindowsfileserverconfiguration", "configuredatlaunch",
        "s3filesvolumeconfiguration", "sourcevolume", "softlimit", "hardlimit", "command", "entrypoint", "environment", "portmappings",
        "dependson", "healthcheck", "logconfiguration", "vars", "patch", "tasks", "extends",
    )
)  # fmt: skip
"""Members, in lower case, beside a `name` that is that of a thing, such as a container called `auth`."""

HINT = re.compile(
    r"pass|secret|credential|creds|token|pwd|auth|key|dsn|connection|bearer|jwt|salt|cookie|pa?[tw](?![a-z])",
    re.IGNORECASE,
)
JOINT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
FILE = re.compile(r"\.{0,2}/[\w./-]*\.(?:crt|der|jks|json|key|p12|pem|pfx|pub|txt)")
"""A path to a file that has a key in it; no key has a dot and such an end."""
NOTHING = frozenset(("", "null", "~", "true", "false", "yes", "no", "on", "off", "none"))
STEP = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


def is_secret_name(name: str) -> bool:
    """Whether scanners would take a name for that of a secret, however its words are joined."""
    if name in MEMBERS or not HINT.search(name):
        return False
    words = [word.rstrip("0123456789").upper() for word in JOINT.split(name)]
    words = [word for word in words if word and word not in OTHERS]
    if words[1:] and words[-1] == "VALUE":
        del words[-2 if words[-2] == "HEADER" else -1 :]
    if (
        not words
        or {words[-1], words[-1].removesuffix("S")}.intersection(ABOUT)
        or words[0] in ASKING_FIRST
        or any(word in ASKING for word in words)
    ):
        return False
    if words[-1] == "AUTH" and words[-2:-1] and words[-2] in WAYS:
        return False
    joined = "".join(words)
    if any(word in joined for word in ANYWHERE) or joined.endswith(AT_THE_END) or words[-1] in LAST_WORD:
        return True
    kind = joined.removesuffix("S").removesuffix("KEY")
    return kind != joined.removesuffix("S") and is_secret_key(kind)


def is_secret_key(kind: str) -> bool:
    """Whether a key of a kind opens something, by the words that stand before `KEY`."""
    return kind.endswith(KEY_OF) or (not kind.endswith(SHOWN_KEY_OF) and any(word in kind for word in SERVICES))


def is_secret_path(path: str, text: str) -> bool:
    """Whether a name on a path makes a text below it a secret, and not a reference to one."""
    steps = [left or right for left, right in STEP.findall(path)] if HINT.search(path) or "alueFrom" in path else []
    if not steps or (len(steps) > 1 and steps[-1] in TELLING):
        return steps[1:] != [] and steps[-1] == "valueFrom" and not may_point(text)
    for owner, step in zip(("", *steps), steps, strict=False):
        if owner not in NAMING and (is_secret_name(step) or step.lower() == OPENING):
            if step.lower() == OPENING and steps[-1].lower() in POINTING and may_point(text):
                continue
            return not (is_reference(text, any(each in REFERRING for each in steps)) or is_file(step, text))
    return False


def is_reference(text: str, among_secrets: bool) -> bool:
    """Whether a value says where a secret lies rather than what it is."""
    plain = "{{" not in text and "{%" not in text  # what a template makes of it may be a secret
    return is_arn(text) or (plain and is_placeholder(text)) or (among_secrets and is_path(text))


def is_file(name: str, text: str) -> bool:
    """Whether a name like `GOOGLE_APPLICATION_CREDENTIALS` says in which file credentials are, or one like `SSL_KEY` a key."""
    upper = name.upper()
    return (upper.endswith("CREDENTIALS") and text.startswith(("/", "./"))) or (
        upper.endswith("KEY") and FILE.fullmatch(text) is not None
    )


def is_empty(text: str) -> bool:
    """Whether a value can hold no secret: nothing, null, a boolean, or what is masked already."""
    return text.lower() in NOTHING or not text.strip("*")
