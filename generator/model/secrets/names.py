"""Which names belong to secrets, and which values are secret by a name on their path."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from generator.model.patterns import Pattern
from generator.model.secrets.pieces import split_into_pieces
from generator.model.secrets.references import is_arn, is_path, is_placeholder, may_point
from generator.model.secrets.words import (
    ABOUT,
    ANYWHERE,
    ASKING,
    ASKING_FIRST,
    AT_THE_END,
    BEHIND,
    COUNTED,
    COUNTING,
    ENCODED,
    ENDING_IN_PASS,
    HELD,
    HELD_BY,
    HOLDERS,
    HOOK_OF,
    KEY_OF,
    KEY_RIGHT_BEHIND,
    LAST_WORD,
    NEVER_BEHIND,
    OF_HOOKS,
    ONLY_BEHIND,
    OTHERS,
    OWNERS,
    PLAINLY,
    SERVICES,
    SERVICES_ALONE,
    SHOWN_KEY_OF,
)

MASK = "***"

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

HINTS = (
    "pass", "secret", "credential", "creds", "token", "pwd", "auth", "key", "dsn", "conn", "bearer", "jwt", "salt", "cookie", "pepper",
    "seed", "pem", "mnemonic", "webhook", "phrase", "psk", "pfx", "p12", "jks", "service_account", "serviceaccount", "netrc", "npmrc",
    "private", "code", "sas", "kennwort", "contrasena", "kube", "docker_config", "dockerconfig", "honeycomb", "csec", "community",
)  # fmt: skip
"""Every name of a secret, in lower case, contains one of these, or one of the next tuple as a word."""
SHORT_HINTS = ("pat", "pt", "paw", "pw", "sa", "pin")
HINT_WORD = Pattern(r"(?:pa?[tw]|pats|sa|pin)(?![a-z])")
HINT_BEFORE_WORD = Pattern(r"[Pp](?:at|w)(?=[A-Z])")
JOINT = Pattern(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
FILE = Pattern(r"\.{0,2}/[\w./-]*\.(?:crt|der|jks|json|key|p12|pem|pfx|pub|txt)")
"""A path to a file that has a key in it; no key has a dot and such an end."""
NOTHING = frozenset(("", "null", "~", "true", "false", "yes", "no", "on", "off", "none"))
LONGEST_KEPT = 40
"""Characters of a name that is judged once; longer ones are hardly names, and would be held in memory."""
LONGEST_PATH = 300
"""Characters of a path whose steps are judged once."""
STEP = Pattern(r"\[([^\]]*)\]|([^.\[\]]+)")


def may_name_secret(text: str) -> bool:
    """Report whether a text may contain the name of a secret. Every text goes through here, so regular expressions come last."""
    return any(map(may_piece_name_secret, split_into_pieces(text)))


def may_piece_name_secret(text: str) -> bool:
    folded = text.casefold()
    for hint in HINTS:  # in a loop, as it is faster than a generator, and in a long text than looking for all
        if hint in folded:
            return True
    if not any([hint in folded for hint in SHORT_HINTS]):  # noqa: C419
        return False
    return HINT_WORD.search(folded) is not None or HINT_BEFORE_WORD.search(text) is not None


def may_lead_to_secret(path: str) -> bool:
    """Report whether a path may contain the name of a secret, or of a reference to one: none of these goes on behind a dot."""
    if len(path) > LONGEST_PATH:
        return True
    return any(map(may_step_to_secret, path.split(".")))


@lru_cache(maxsize=1 << 12)  # paths have most of their steps in common
def may_step_to_secret(step: str) -> bool:
    return "alueFrom" in step or may_name_secret(step)


def is_secret_name(name: str) -> bool:
    """Whether scanners would take a name for that of a secret, however its words are joined."""
    return judge_known(name) if len(name) <= LONGEST_KEPT else judge_name(name)


@lru_cache(maxsize=1024)  # a file has few names, and each many times
def judge_known(name: str) -> bool:
    return judge_name(name)


def judge_name(name: str) -> bool:
    if name in MEMBERS or not may_name_secret(name):
        return False
    written = [word.upper() for word in JOINT.compiled.split(name) if word]
    plain = [word if word in ENCODED else word.rstrip("0123456789") for word in written]
    words = [word for word in plain if word and word not in OTHERS]
    if words[-2:] == ["HEADER", "VALUE"]:
        words = words[:-2]
    whole = "".join(words)
    while words[1:] and words[-1] in BEHIND:
        words.pop()
    if is_hook(words) or written[:2] == ["TF", "TOKEN"]:  # Terraform has the host of a registry behind that
        return True
    if not words or is_about(words) or is_spared(words):
        return False
    if any(word in whole for word in ANYWHERE) or whole.endswith(AT_THE_END) or holds_secret(words):
        return True
    return written[-1] in ENCODED and " ".join(written[:-1]).endswith(HELD)


def states_secret(name: str) -> bool:
    """Whether a name says that its value is the secret itself, and is none of those that are masked to be safe."""
    words = [word.upper().rstrip("0123456789") for word in JOINT.compiled.split(name)]
    words = [word for word in words if word]
    if not words or not is_secret_name(name):
        return False
    plain = words[-1].endswith(PLAINLY)
    while words[1:] and words[-1] in BEHIND:
        words.pop()
    last = words[-1]
    return (
        plain
        or words[:2] == ["TF", "TOKEN"]
        or (last.endswith(PLAINLY) and not last.endswith(("AUTH", "AUTHORIZATION")))
    )


def names_hook(name: str) -> bool:
    """Whether a name is that of a webhook whose address is the secret."""
    words = [word.upper() for word in JOINT.compiled.split(name)]
    return ("WEBHOOK" in words or "WEBHOOKS" in words) and is_secret_name(name) and is_hook(words)


def is_hook(words: list[str]) -> bool:
    """Whether a name holds the address of a webhook that lets in anyone who knows it."""
    last = words[-2:-1] if words[-1:] in (["URL"], ["URI"]) else words[-1:]
    if HOOK_OF.isdisjoint(words):
        return False
    return last in (["WEBHOOK"], ["WEBHOOKS"]) or ("WEBHOOK" in words[:-1] and is_hook_of(words))


def is_hook_of(words: list[str]) -> bool:
    """Whether a name goes on with the channel of a webhook, and not with something about it."""
    behind = words[words.index("WEBHOOK") + 1 :]
    if behind[-1:] == ["CHANNEL"]:
        return len(behind) > 1
    return not any(word in OF_HOOKS or is_about([word]) for word in behind)


def is_about(words: list[str]) -> bool:
    """Whether a name speaks of a secret rather than holds it, by its last word or by a question in it."""
    ends = {words[-1], words[-1].removesuffix("S")}
    if not ends.isdisjoint(ABOUT) or words[0] in ASKING_FIRST or any(word in ASKING for word in words):
        return True
    if ends.isdisjoint(OWNERS):
        return False
    return not any(word in HOLDERS and after in HELD_BY for word, after in pairwise(words))


def is_spared(words: list[str]) -> bool:
    """Whether the last word of a name makes no secret behind the others: of a piece of a text, say."""
    last, before = words[-1], "".join(words[-2:-1])
    if last == "ID" and "".join(words).endswith("APIKEYID"):
        return True
    return before in NEVER_BEHIND.get(last, ()) or (last in COUNTED and not COUNTING.isdisjoint(words))


def holds_secret(words: list[str]) -> bool:
    """Whether a name holds a secret, by its last words."""
    joined, last, before = "".join(words), words[-1], "".join(words[-2:-1])
    if last in LAST_WORD or joined.endswith(AT_THE_END) or (last.endswith("PASS") and last not in ENDING_IN_PASS):
        return True
    if before in ONLY_BEHIND.get(last, ()):
        return True
    if len(words) == 2 and words[0] in ("KEY", "TOKEN") and last in SERVICES:
        return True
    kind = joined.removesuffix("S").removesuffix("KEY")
    return kind != joined.removesuffix("S") and (before in KEY_RIGHT_BEHIND or is_secret_key(kind))


def is_secret_key(kind: str) -> bool:
    """Whether a key of a kind opens something, by the words that stand before `KEY`."""
    if kind.endswith(SHOWN_KEY_OF):
        return False
    return kind.endswith(KEY_OF) or kind in SERVICES_ALONE or any(word in kind for word in SERVICES)


def is_secret_path(path: str, text: str) -> bool:
    """Whether a name on a path makes a text below it a secret, and not a reference to one."""
    steps = split_steps(path) if may_lead_to_secret(path) else []
    if not steps or (len(steps) > 1 and steps[-1] in TELLING):
        return steps[1:] != [] and steps[-1] == "valueFrom" and any(map(str.isalnum, text)) and not may_point(text)
    for owner, step in zip(("", *steps), steps, strict=False):
        if owner not in NAMING and (is_secret_name(step) or step.lower() == OPENING):
            if step.lower() == OPENING and steps[-1].lower() in POINTING and may_point(text):
                continue
            return not (is_reference(text, any(each in REFERRING for each in steps)) or is_file(step, text))
    return False


def split_steps(path: str) -> list[str]:
    """Split a path into its names, items and keys; that in `[]` is empty."""
    return [match[2] or match[1] for match in STEP.finditer(path)]


def is_reference(text: str, among_secrets: bool) -> bool:
    """Whether a value says where a secret lies rather than what it is."""
    plain = "{{" not in text and "{%" not in text  # what a template makes of it may be a secret
    return is_arn(text) or (plain and is_placeholder(text)) or (among_secrets and is_path(text))


def is_file(name: str, text: str) -> bool:
    """Whether a name like `GOOGLE_APPLICATION_CREDENTIALS` says in which file credentials are, or one like `SSL_KEY` a key."""
    upper = name.upper()
    return (upper.endswith("CREDENTIALS") and text.startswith(("/", "./"))) or (
        upper.endswith(("KEY", "PEM", "COOKIE", "COOKIES")) and FILE.fullmatch(text) is not None
    )


def is_empty(text: str) -> bool:
    """Whether a value can hold no secret: nothing, null, a boolean, or what is masked already."""
    return text.lower() in NOTHING or not text.strip("*")
