"""Secrets among the words of commands: behind options, in places that programs keep for them, and piped into one that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.model.patterns import Pattern
from generator.model.records import Record
from generator.model.secrets.names import NOTHING, is_file, is_secret_name
from generator.model.secrets.references import is_arn, is_put_in
from generator.model.secrets.spans import Span

MARKS = "\\\"'"
OPTION = Pattern(r"--?+([A-Za-z][\w.-]*+)")
WITH_COLON = Pattern(r"(?:--?+|/)([A-Za-z][\w.-]*+):(?!(?:env|file)\Z)(?=[^/])")
"""An option, of Java or of Windows, with its value in the same word."""
ENDS = frozenset((";", "|", "&", "&&", "||"))

MYSQL = (
    "mysql",
    "mysqldump",
    "mysqladmin",
    "mysqlimport",
    "mysqlcheck",
    "mysqlsh",
    "mysqlshow",
    "mysqlslap",
    "mysqlpump",
    "mycli",
)
MARIADB = (
    "mariadb",
    "mariadb-dump",
    "mariadb-admin",
    "mariadb-check",
    "mariadb-import",
    "mariadb-backup",
    "mariabackup",
    "xtrabackup",
)
ATTACHED = {
    **dict.fromkeys((*MYSQL, *MARIADB, "7z", "7za", "7zr", "rar", "unrar"), "-p"),
    "xfreerdp": "/p:",
    "wfreerdp": "/p:",
}
"""Programs that take a password behind an option, in one word only."""

REDIS = ("redis-cli", "valkey-cli", "keydb-cli")
LDAP = (
    "ldapsearch",
    "ldapadd",
    "ldapmodify",
    "ldapdelete",
    "ldapwhoami",
    "ldappasswd",
    "ldapcompare",
    "ldapmodrdn",
    "ldapexop",
)
SQLCMD = (
    "sqlcmd",
    "bcp",
    "osql",
    "isql",
    "tsql",
    "freebcp",
    "mosquitto_pub",
    "mosquitto_sub",
    "mosquitto_rr",
    "zip",
    "unzip",
    "ipmitool",
)
MONGO = (
    "mongo",
    "mongosh",
    "mongodump",
    "mongorestore",
    "mongoexport",
    "mongoimport",
    "mongostat",
    "mongotop",
    "mongofiles",
)
SMALL_P = (
    "sshpass", "cqlsh", "rabbitmqadmin", "cypher-shell", "twine", "useradd", "usermod", "beeline", "couchbase-cli", "cbq", "rdesktop",
    "docker", "podman", "az", "helm", "oras", "crane", "oc", "skopeo", "buildah", "nerdctl", "regctl", "influx",
)  # fmt: skip
SMB = ("smbclient", "rpcclient", "smbget", "wbinfo", "smbcacls", "smbtree")
SNMP = ("snmpget", "snmpwalk", "snmpset", "snmpbulkwalk", "snmpgetnext", "snmptrap")
CURL = (
    dict.fromkeys(("-u", "--user", "-U", "--proxy-user"), ":")
    | dict.fromkeys(("-b", "--cookie"), "=")
    | dict.fromkeys(("-x", "--proxy"), "@")
)
OPENSSL = dict.fromkeys(("-passin", "-passout", "-pass"), "pass:") | dict.fromkeys(("-k", "-K"), "")
FOLLOWING: dict[str, dict[str, str]] = {
    **{program: {"-a": ""} for program in REDIS},
    **{program: {"-w": ""} for program in LDAP},
    **{program: {"-P": ""} for program in SQLCMD},
    **{program: {"-p": ""} for program in MONGO},
    **{program: {"-p": ""} for program in SMALL_P},
    **{program: {"-U": "%", "--user": "%"} for program in SMB},
    **{program: {"-A": "", "-X": ""} for program in SNMP},
    "ldappasswd": {"-w": "", "-s": "", "-a": ""},
    "gitlab-runner": {"-r": "", "-t": ""},
    "codecov": {"-t": ""},
    "poetry": {"-p": ""},
    "curl": CURL,
    "wget": {"-u": ":"},
    "http": {"-a": ":", "--auth": ":"},
    "https": {"-a": ":", "--auth": ":"},
    "etcdctl": {"--user": ":"},
    "lftp": {"-u": ",", "--user": ","},
    "open": {"-u": ","},
    "openssl": OPENSSL,
    "ssh-keygen": {"-N": "", "-P": ""},
    "gem": {"--key": "", "-k": ""},
    "gh": {"--body": "", "-b": "", "--with-token": ""},
    "influx": {"-p": "", "-t": ""},
    "tailscale": {"--authkey": "", "--auth-key": ""},
    "sonar-scanner": {"-Dsonar.login": ""},
    "redis-server": {"--masterauth": "", "--requirepass": ""},
    "valkey-server": {"--masterauth": "", "--requirepass": ""},
    "keydb-server": {"--masterauth": "", "--requirepass": ""},
}
"""By program: options with a secret behind them, in one word or as the next one, and the mark in that word behind which it begins."""
OF_USERS = Pattern(r"--(?:[a-z]+-)?(?:user|userpwd|userinfo|auth|login|basic-auth|credentials?)(?:=|$)")
"""Options with `user:password` behind them, as far as there is a colon; `--user` of `docker run` has a group there."""
OF_HEADERS = ("-H", "--header")
RUNNING = frozenset(("docker", "podman", "nerdctl", "kubectl", "compose"))
ONLY_AFTER = {
    **dict.fromkeys(
        ("docker", "podman", "az", "helm", "oras", "crane", "oc", "skopeo", "buildah", "nerdctl", "regctl"), ("login",)
    ),
    "gh": ("secret", "login"),
    "gem": ("push",),
    "poetry": ("publish",),
    "gitlab-runner": ("register",),
    "influx": ("setup", "config", "auth"),
}
"""Programs whose options mean that only behind one of these words."""
LONG_OPTIONS = ("openssl", "gem", "sonar-scanner")
"""Programs that have long options behind a single dash, or none with a value in the same word."""
CLUSTER = Pattern(r"-[0-6SLOfgIiknNqsv#]++(?=[ubU]\Z)")
"""Options of curl that take no value, before one that does."""
CLUSTERED = "ubU"
"""Options of curl with a value that may end such a word."""

PLACES = {
    ("vault", "login"): -1,
    ("vault", "unseal"): -1,
    ("mc", "set"): 3,
    ("mc", "add"): 3,
    ("mcli", "set"): 3,
    ("rabbitmqctl", "add_user"): 1,
    ("rabbitmqctl", "change_password"): 1,
    ("rabbitmqctl", "authenticate_user"): 1,
    ("vault", "renew"): 0,
    ("vault", "revoke"): 0,
    ("vault", "lookup"): 0,
    ("vault", "unwrap"): 0,
    ("mc", "user"): 3,
    ("rclone", "obscure"): 0,
    ("ansible-vault", "encrypt_string"): 0,
    ("mosquitto_passwd", ""): 2,
    ("filebrowser", "add"): 1,
    ("cloudflared", "install"): 0,
    ("net", "user"): 1,
    ("net", "use"): 2,
    ("snyk", "auth"): 0,
    ("ngrok", "authtoken"): 0,
    ("ngrok", "add-authtoken"): 0,
    ("grafana-cli", "reset-admin-password"): 0,
    ("grafana", "reset-admin-password"): 0,
    ("redis-cli", "auth"): -1,
    ("valkey-cli", "auth"): -1,
    ("keydb-cli", "auth"): -1,
    ("wpa_passphrase", ""): 1,
    ("setenv", ""): 1,
    ("setx", ""): 1,
    ("lftp", "user"): 1,
}
"""By program and a word of it: which of the words behind it is a secret, options not counted."""
PLACED = frozenset(program for program, _ in PLACES)
WITH_ADDRESS = 3
"""The place behind an address: in the others it is an option's value."""
NAMED_FIRST = ("setenv", "setx")
"""Programs whose first word says whether the next one is a secret."""
SETTING = frozenset(("config", "configure", "set", "create", "update"))
"""Words of commands that take a name and a value."""
SETTERS = frozenset(
    (
        "aws",
        "npm",
        "pnpm",
        "yarn",
        "poetry",
        "composer",
        "doppler",
        "rclone",
        "git",
        "gcloud",
        "bundle",
        "pip",
        "redis-cli",
    )
)
KEPT_NAME = Pattern(
    r"(?:.*:)?_(?:authToken|auth|password)|(?:pypi-token|github-oauth|gitlab-token|gitlab-oauth|bearer)\..+"
)
ASSIGNING = frozenset(("env", "export", "set", "declare", "typeset", "readonly", "putenv", "setenv", "setx"))
HTTP_BASIC = ("http-basic.",)
ORACLE = frozenset(("sqlplus", "sqlldr", "impdp", "expdp", "imp", "exp", "rman", "sqlcl"))
ASKING_STDIN = frozenset(
    ("--password-stdin", "--with-token", "--passphrase-fd", "--stdin", "--token-stdin", "--access-token-stdin")
)
SUDO = Pattern(r"-[A-Zk]*S")
"""What reads a secret from the command before it: options, programs, and those that do where one of their words is `secret`."""
WRITING = ("echo", "printf")

ASKING = frozenset(("chpasswd", "passwd", "kinit", "cryptsetup", "smbpasswd", "su", "kpasswd", "vncpasswd"))
KEEPERS = frozenset(("docker", "podman", "gh", "wrangler", "gcloud", "fly", "flyctl", "pulumi", "doppler"))
PROGRAMS = frozenset((*ATTACHED, *FOLLOWING, *SETTERS, *ORACLE, "htpasswd", *[program for program, _ in PLACES]))
WATCHED = (PROGRAMS | ASKING | {"put-parameter"}) - {"aws", "git"}
"""A text has one of these words if a command in it may take a secret that no name marks.

`aws`, which every overlay and every ARN has, and `git` take a secret only under such a name, or as a parameter.
"""
COMMON = frozenset(
    (
        "exp",
        "gh",
        "http",
        "https",
        "imp",
        "mc",
        "net",
        "open",
        "zip",
        "exp",
        "git",
        "gem",
        "influx",
        "grafana",
        "rar",
        "helm",
    )
)
"""Programs that are words of English or of addresses too: they count where a command begins."""
BEFORE = frozenset(
    ("sudo", "exec", "env", "time", "nohup", "gosu", "su-exec", "tini", "--", "then", "do", "else", "if", "!", "(")
)
"""Words that a command may follow."""


class Word(Record):
    """A word of a command, without the quotes around it: which one it is, and where it begins in that."""

    number: int
    start: int
    text: str


Found = Iterator[tuple[int, Span]]


def find_given(words: Sequence[str]) -> Found:
    """Find among the words of a command those that are secrets, as the number of the word and the span in it."""
    piped: list[Word] = []
    for command, end in split_commands(words):
        yield from find_options(command)
        yield from find_places(command)
        if asks(command):
            yield from find_written(piped, command)
            yield from find_here(command)
        piped = (command if writes(command) else piped) if end == "|" else []


def split_commands(words: Sequence[str]) -> Iterator[tuple[list[Word], str]]:
    """Split words into commands, each with what ends it."""
    command: list[Word] = []
    for number, written in enumerate(words):
        text = written.strip(MARKS)
        if text in ENDS:
            yield command, text
            command = []
            continue
        command.append(Word(number, written.find(text), text))
        if text.endswith(";") and text == written:
            yield command, ";"
            command = []
    yield command, ""


def find_programs(command: Sequence[Word]) -> list[str]:
    """Find for each word the program that it names, if it is one of those that are known; else an empty text."""
    first = next((at for at, word in enumerate(command) if not is_before(word.text)), len(command))
    names = [word.text.rpartition("/")[2].removesuffix(".exe") for word in command]
    return [name if name in PROGRAMS and (name not in COMMON or at <= first) else "" for at, name in enumerate(names)]


def is_before(text: str) -> bool:
    """Whether a word may stand before the program of a command."""
    return text in BEFORE or "=" in text or text.startswith("-")


def find_options(command: Sequence[Word]) -> Found:
    """Find what stands behind options."""
    programs, texts = find_programs(command), {word.text for word in command}
    program, mark, asked = "", "", False
    options: dict[str, str] = {}
    for position, word in enumerate(command):
        if asked and not word.text.startswith("-"):
            yield from cut_word(word, mark)
        asked, text = False, word.text
        if programs[position]:
            program = programs[position]
            options = FOLLOWING.get(program, {}) if is_active(program, texts) else {}
        attached = ATTACHED.get(program)
        if attached and text.startswith(attached) and len(text) > len(attached):
            yield from cut_word(word, "", len(attached))
            continue
        cluster = CLUSTER.match(text) if program == "curl" and text[-1:] in CLUSTERED else None
        text = "-" + text[cluster.end() :] if cluster else text
        name, equals, _ = text.partition("=")
        if text in options:
            asked, mark = True, options[text]
        elif equals and name in options:
            yield from cut_word(word, options[name], len(name) + 1)
        elif program not in LONG_OPTIONS and text[:2] in options and text[1] != "-":
            yield from cut_word(word, options[text[:2]], 2)
        elif equals and text.startswith("--") and OF_USERS.match(text) and RUNNING.isdisjoint(texts):
            yield from cut_word(word, ":", len(name) + 1)
        elif match := OPTION.fullmatch(text) if text.startswith("-") else None:
            following = command[position + 1 : position + 2]
            users = text.startswith("--") and OF_USERS.match(text) and RUNNING.isdisjoint(texts)
            users = users and any(":" in each.text for each in following)
            asked, mark = bool(users) or is_secret_option(match[1], program, following), ":" if users else ""
        elif (match := WITH_COLON.match(text) if text.startswith(("-", "/")) else None) and is_secret_name(match[1]):
            yield from cut_word(word, "", match.end())
        elif position and command[position - 1].text in OF_HEADERS and is_header(text):
            asked, mark = True, ""
    yield from find_kept(command)
    yield from find_assigned(command)


def is_active(program: str, texts: set[str]) -> bool:
    """Whether options of a program take a secret in a command with some words."""
    needed = ONLY_AFTER.get(program)
    return needed is None or not texts.isdisjoint(needed)


def is_secret_option(name: str, program: str, following: Sequence[Word]) -> bool:
    """Whether an option that is called so has a secret behind it, and not a file or what AWS calls a secret."""
    if name == "secret-id" and program == "aws":
        return False
    return is_secret_name(name) and not any(is_file(name, word.text) for word in following)


def cut_word(word: Word, mark: str, at: int = 0) -> Found:
    """Cut a secret out of a word: all of it from a place on, or what stands behind a mark; nothing where that is no secret."""
    text = word.text[at:]
    bare = text.lstrip(MARKS)
    start = at + len(text) - len(bare)
    if mark == "@":  # the user and password before a host
        bare = bare[: max(bare.rfind("@"), 0)]
        mark = ":"
    last = start + len(bare)
    if mark in (":", "%", ","):
        before, found, behind = bare.partition(mark)
        if not found or behind == before or behind.startswith("//") or bare.replace(":", "").isdigit():
            return
        if not behind and len(before) >= 12:  # a key that stands for user and password
            yield word.number, (word.start + start, word.start + start + len(before))
            return
        start += len(before) + 1
    elif mark == "pass:":
        if not bare.startswith(mark):
            return
        start += len(mark)
    elif mark == "=" and "=" not in bare:
        return
    if start < last:
        yield word.number, (word.start + start, word.start + last)


def find_kept(command: Sequence[Word]) -> Found:
    """Find the value of a parameter that AWS is to keep as a secret."""
    texts = [word.text for word in command]
    named = "keyvault" in texts and "secret" in texts
    if "put-parameter" not in texts and not named:
        return
    named = named or any(
        option == "--name" and is_secret_name(name.rpartition("/")[2]) for option, name in pairwise(texts)
    )
    for word, following in pairwise(command):
        if word.text == "--value" and (named or "SecureString" in texts):
            yield from cut_word(following, "")


def find_assigned(command: Sequence[Word]) -> Found:
    """Find what stands behind a secret's name where a shell or a program sets variables: between the two belongs a mark."""
    for before, name, word in zip(command, command[1:], command[2:], strict=False):
        sets = before.text.lower() in ASSIGNING and name.text.isupper() and is_secret_name(name.text)
        if sets and not word.text.startswith("-") and not is_secret_name(word.text):
            yield from cut_word(word, "")


def find_places(command: Sequence[Word]) -> Found:
    """Find what stands where a program takes a secret without an option."""
    programs = find_programs(command)
    for program in filter(None, dict.fromkeys(programs)):
        rest = command[programs.index(program) + 1 :]
        if program == "htpasswd":
            yield from find_hashed(rest)
        if program in ORACLE:
            yield from find_logon(rest)
        if program in SETTERS:
            yield from find_set(rest)
        if program in PLACED:
            yield from find_counted(program, rest)


def find_counted(program: str, rest: Sequence[Word]) -> Found:
    """Find the word that a program takes for a secret by its number."""
    words = [word.text.lower() for word in rest]
    keyed = [
        (words.index(word) + 1, place) for (name, word), place in PLACES.items() if name == program and word in words
    ]
    begin, place = min(keyed, default=(0, PLACES.get((program, ""))))
    skipped = ("-", ">") if place == WITH_ADDRESS else ("-", ">", "/user:", "http:", "https:")
    plain = [word for word in rest[begin:] if not word.text.startswith(skipped)]
    if place is None or not plain or (program in NAMED_FIRST and not is_secret_name(plain[0].text)):
        return
    taken = plain[place:][:1]
    if taken and "=" not in taken[0].text.rstrip("="):
        yield from cut_word(taken[0], "")


def find_hashed(rest: Sequence[Word]) -> Found:
    """Find the password that `htpasswd -b` is given: the last word behind the file, if there is one, and the user."""
    options = "".join(word.text for word in rest if word.text.startswith("-"))
    plain = [word for word in rest if not word.text.startswith(("-", ">", "<")) and not word.text.startswith("/dev/")]
    if "C" in options:  # the cost is a word of its own
        plain = plain[1:]
    place = 1 if "n" in options else 2
    if "n" in options:  # an empty user may be missing among the words
        place = min(place, len(plain) - 1)
    if "b" in options and len(plain) > place >= 0:
        yield from cut_word(plain[place], "")


def find_logon(rest: Sequence[Word]) -> Found:
    """Find the password in `user/password@database`, the first word that is no option."""
    for word in rest:
        user, found, behind = word.text.partition("/")
        if found and user and behind and not word.text.startswith(("-", "@")) and "=" not in user:
            start = word.start + len(user) + 1
            yield word.number, (start, start + len(behind.partition("@")[0]))
            return


def find_set(rest: Sequence[Word]) -> Found:
    """Find the value behind a secret's name in a command that sets it."""
    setting = False
    for position, word in enumerate(rest[:-1]):
        following = rest[position + 1]
        if setting and word.text.startswith(HTTP_BASIC) and rest[position + 2 :]:
            yield from cut_word(rest[position + 2], "")
        elif setting and is_kept(word.text) and not following.text.startswith("-"):
            yield from cut_word(following, "")
            return
        setting = setting or word.text.lower() in SETTING


def is_kept(name: str) -> bool:
    """Whether a setting that is called so is a secret."""
    if name.startswith(("-", "set-", "get-")) or "=" in name:
        return False
    return KEPT_NAME.fullmatch(name) is not None or is_secret_name(name)


def writes(command: Sequence[Word]) -> bool:
    """Whether a command writes its words."""
    return any(word.text in WRITING for word in command)


def asks(command: Sequence[Word]) -> bool:
    """Whether a command reads a secret from what is written into it."""
    texts = {word.text for word in command}
    if not texts.isdisjoint(ASKING_STDIN) or any(text.startswith("--data-file=-") for text in texts):
        return True
    first = [word.text.rpartition("/")[2] for word in command if not is_before(word.text)][:1]
    if not texts.isdisjoint(KEEPERS) and not texts.isdisjoint(("secret", "secrets")):
        return True
    return first != [] and (first[0] in ASKING or ("sudo" in texts and any(SUDO.fullmatch(text) for text in texts)))


def find_written(writing: Sequence[Word], asking: Sequence[Word]) -> Found:
    """Find what a command writes into another one that asks for a secret."""
    pairs = any(word.text.endswith("chpasswd") for word in asking)
    begin = next((at + 1 for at, word in enumerate(writing) if word.text in WRITING), len(writing))
    plain = [word for word in writing[begin:] if not word.text.startswith("-")]
    if len(plain) > 1 and "%" in plain[0].text:
        plain = plain[1:]
    for word in plain:
        yield from cut_word(word, ":" if pairs else "")


def find_here(asking: Sequence[Word]) -> Found:
    """Find what a shell hands a command that asks for a secret, as a text of its own."""
    for word, following in pairwise(asking):
        if word.text == "<<<":
            yield from cut_word(following, "")


def is_header(word: str) -> bool:
    """Whether a word is the name of a header that has a secret, and nothing more."""
    return re.fullmatch(r"[\w-]+", word) is not None and is_secret_name(word)


def is_value(text: str) -> bool:
    """Whether a text can be a secret itself, and not what stands for one: a variable, an expression, a reference."""
    return not (text.lower() in NOTHING or is_put_in(text) or is_arn(text) or not text.strip("x*$"))
