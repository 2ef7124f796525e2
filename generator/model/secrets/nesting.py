"""Names of secrets where a list, a text or an object stands in place of a pair: which values beside them are theirs. Reads no text."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.model.patterns import Pattern
from generator.model.secrets.names import JOINT, LONGEST_KEPT, NAMING, OF_PAIRS, is_secret_name, may_name_secret

PLACES = OF_PAIRS.union(
    (
        "dockerlabels",
        "options",
        "driveropts",
        "labels",
        "systemcontrols",
        "environmentfiles",
        "variables",
        "resourcerequirements",
    )
)
"""Members, in lower case, that hold names with their values, in one form or another."""
LIKE_PLACES = (
    "env", "evn", "vironm", "variab", "label", "option", "opts", "secret", "propert", "sysctl", "control", "header", "credential",
    "logconf", "firelens", "proxyconf",
)  # fmt: skip
"""What such a member may be called where it is misspelt, or what holds one."""
WORD = Pattern(r"[\w.-]+")
HEADERS = "header"
"""Options, in lower case, whose value is the name of a header and then what it is set to."""
OF_NAMES = frozenset(("env", "labels"))
"""Options of log drivers, in lower case, whose value is a list of names."""
OF_WORDS = frozenset(
    (
        "command", "entrypoint", "links", "dnsservers", "dnssearchdomains", "dockersecurityoptions", "requirescompatibilities", "add",
        "drop", "permissions", "mountoptions", "credentialspecs",
    )
)  # fmt: skip
"""Members, in lower case, whose items are words."""
TELLING = frozenset(("name", "key", "namespace"))
"""Members, in lower case, that name what a pair is of."""

MEMBER = Pattern(r"\$?[A-Za-z]{1,10}|[A-Z][A-Z_]*+|[A-Za-z]*(?:Parameter|From)")
"""What a member is called, or a variable, and hardly a secret."""
BEHIND = Pattern(r"""([A-Za-z_][\w.-]*+)((?:\\[nrt]|[\s=:,;>|-])++)(?=[^\s=:,;>|])""")
SCHEME = Pattern(r"(?i:bearer|basic|token|digest|apikey|splunk|negotiate)(?:[ \t]++|$)")


def is_place(member: str) -> bool:
    """Whether a member, in lower case, holds names and values, or may be meant to."""
    return is_known_place(member) if len(member) <= LONGEST_KEPT else may_be_place(member)


@lru_cache(maxsize=1024)  # a file has few members, and each many times
def is_known_place(member: str) -> bool:
    return may_be_place(member)


def may_be_place(member: str) -> bool:
    if member in PLACES or member == "tag":
        return True
    return member not in OF_WORDS and any(each in member for each in LIKE_PLACES) and WORD.fullmatch(member) is not None


def find_place(member: str, place: str) -> str:
    """Find the member, in lower case, whose names and values are in what a member holds; `place` is the one around it."""
    return member if member and (is_place(member) or place not in PLACES) else place


def holds_text(member: str, holder: str) -> bool:
    """Whether a text under a member, or an item of it, may be a name and its value; `holder` is the member around it."""
    return is_place(member) and (holder != "options" or (member not in OF_NAMES and HEADERS in member))


def is_loose_name(text: str, member: str) -> bool:
    """Whether a text in a list is the name of a secret rather than one of many words; `member` is what the list stands under."""
    if member in OF_WORDS or not is_name(text):
        return False
    return member in PLACES or text.isupper() or (is_place(member) and len(JOINT.compiled.split(text)) > 1)


def is_name(text: str) -> bool:
    """Whether a text is the name of a secret, and nothing more."""
    return may_name_secret(text) and WORD.fullmatch(text) is not None and is_secret_name(text)


def is_thing(member: str) -> bool:
    """Whether the items of a member have names of their own, and the items beside one are none of its values."""
    return member in NAMING or member.lower() in OF_WORDS or not is_place(member.lower())


def is_among_names(text: str, member: str) -> bool:
    """Whether a text is one of several names, and no value: outside of pairs, lists of names are common."""
    return is_secret_name(text) or (
        member not in PLACES and re.fullmatch(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+", text) is not None
    )


def may_be_member(key: str) -> bool:
    """Whether a key is one of a member or a name, and no secret in the wrong place."""
    return MEMBER.fullmatch(key) is not None or is_secret_name(key)


def find_behind_name(text: str, member: str) -> int:
    """Find where, behind the name of a secret in a text, its value begins; -1 where there is none.

    `member` is what the text stands under. Where that only may be meant for a place of pairs, the name comes first, or is in capitals.
    """
    if text.isidentifier() or not may_name_secret(text):
        return -1
    anywhere = member in PLACES or HEADERS in member
    for match in BEHIND.finditer(text):
        if (anywhere or match.start() == 0 or match[1].isupper()) and is_secret_name(match[1]):
            start = match.end()
            while scheme := SCHEME.match(text, start):
                start = scheme.end()
            return start if start < len(text) else -1
    return -1
