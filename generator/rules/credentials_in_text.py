"""Environment variables that hold a credential: anyone who may describe the task definition can read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.placeholders import (
    Placeholder,
    find_member,
    help_with_placeholder,
    stands_for_secret,
    state_placeholder,
)
from generator.model.findings import HERE, Path, Problem
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.model.secrets.credentials import find_credential, may_hold_credential
from generator.rules.looks import may_hint
from generator.rules.task import Task

HOOK = Pattern(r"https://[^\s/]+/(?!.*(?:\$\{|<|\{\{))\S{8,}")
"""The address of a webhook, with a way in that nobody else knows."""

HARMLESS = r"""
    [\d\s.,:+-]*                                                         # a number, a time
    | true | false | yes | no | on | off | none | null | nil | n/?a | undefined | enabled? | disabled? | required | optional
    | basic | bearer | digest | oauth2? | oidc | saml | ldap | iam | jwt | sso | token | key | apikey | api-key | env | file | vault
    | (?: arn | aws | ssm | vault | secretsmanager | file | s3 | env | sm | gcp | azure ) :.*           # where it lies
    | [./~].* | [A-Z]:\\.*                                               # a path
    | (?-i:[a-z][a-z0-9_.-]*(?:/[a-z0-9_.-]+)+)                          # the name of a secret or alias; base64 has upper case
    | [a-z][a-z0-9+.-]*://.*                                             # an address; one with a password is found by its form
    | ssh-\S+\s.* | -----BEGIN\s(?:[A-Z]+\s)*(?:PUBLIC\sKEY|CERTIFICATE)-----.*                       # public
    | .*(?: \$\{ | \$\( | \{\{ | <[^<>]+> | %\w+% ).* | \$\w+             # what something else is to put in
    | [*x.?-]+ | <.* | .*(?: change[-_ ]?me | change[-_ ]?it | place[-_ ]?holder | replace[-_ ]?me | redacted | to[-_ ]?do ).*
    | ENC[(\[].* | \{cipher\}.* | AQICAH.*                                # encrypted, by Jasypt, SOPS, Spring or KMS
    | [a-z][a-z0-9]*(?:[-_][a-z0-9]+)*[-_](?:secrets? | credentials? | creds)   # the name of a secret that the program fetches itself
    | login | plain | trust | test | local | localstack | mock
    | your[-_ ].* | dummy.* | .*\bexample\b.* | not[-_ ]?(?:set|used|needed|required|a[-_ ].*) | unused | fake.*
    """
"""Values that are no secret, whatever they are called. Placeholders are none: nothing can be opened with them."""

PUBLIC = frozenset(("PUBLIC", "PUBLISHABLE", "VITE"))
"""Words of names whose values are shown to the world: keys of pairs, and what build tools put into pages (`NEXT_PUBLIC_API_KEY`)."""

SHOWN = ("REACT_APP_", "VUE_APP_", "GATSBY_")
"""What such names begin with where it is no one word: Create React App, Vue CLI, Gatsby."""

HELP = "keep it in Secrets Manager or Parameter Store, and name it under `secrets`"


def check(task: Task) -> Iterator[Problem]:
    if not task.look.credentials and not task.look.hints:
        return
    for path, container in task.containers:
        variables = container.get("environment", ())
        hints = may_hint([variable.get("name", "") for variable in variables])
        if hints or may_hold_credential("\n".join([variable.get("value", "") for variable in variables])):
            yield from check_variables((*path, "environment"), variables)


def check_variables(path: Path, variables: Value) -> Iterator[Problem]:
    """Check each variable, now that some may hold a credential."""
    for index, variable in enumerate(variables):
        value = variable.get("value", "")
        kind = find_credential(value)
        if kind is None and value and is_secret(variable.get("name", ""), value):
            if stands_for_secret(value):
                yield report_stand_in(value, (*path, index, "value"))
                continue
            kind = "a secret, by its name"
        if kind is not None:
            message = f"`{HERE}` holds {kind}: anybody who may describe the task definition can read it"
            yield Problem("W602", (*path, index, "value"), message, help=HELP)


def report_stand_in(value: str, path: Path) -> Problem:
    """Report what only stands for a secret, in the words of all placeholders."""
    help = help_with_placeholder(find_member(path), Placeholder(value))
    return Problem("W635", path, state_placeholder(value), help=help, cause=value)


def is_secret(name: str, value: str) -> bool:
    """Whether a name says that its value is a secret, and the value can be one."""
    from generator.model.secrets.names import JOINT, names_hook, states_secret  # only when a name hints at a secret

    words = {word.upper() for word in JOINT.compiled.split(name)}
    if PUBLIC.intersection(words) or name.startswith(SHOWN):
        return False
    if names_hook(name):
        return HOOK.fullmatch(value) is not None and "example" not in value
    if not states_secret(name):
        return False
    return re.fullmatch(HARMLESS, value, re.IGNORECASE | re.VERBOSE | re.DOTALL) is None
