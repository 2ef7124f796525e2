"""The account and region of each environment, from what stands in its files, and which texts a helper of templates writes exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from generator.build.rendering.helpers import MisuseError, make_helpers
from generator.documents.parsing.aws_section import is_account, is_region
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.model.records import Record

ARN = Pattern(r"arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):([0-9]*):(?!\*)")
REGISTRY = Pattern(r"([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z0-9.-]+/")
REGION_MEMBERS = ("awslogs-region",)
NAMED = ("iam", "secretsmanager", "ssm")
"""Services whose resources belong to the account that a task runs in, as a rule."""

CALLS = (
    ("role", Pattern(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/([^\s:]+)")),
    (
        "secret",
        Pattern(
            r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:([^\s:]+)(?::([^\s:]*):([^\s:]*):([^\s:]*))?"
        ),
    ),
    ("ssm", Pattern(r"arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter(/?[^\s:]+)")),
    ("ecr", Pattern(r"[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.[a-z0-9.-]+/([^\s:@]+)(?::([^\s:@]+)|@([^\s@]+))")),
)
ARGUMENTS = {"role": (), "secret": ("key", "stage", "version"), "ssm": (), "ecr": ("tag", "digest")}


class Where(Record):
    """What is known of an environment's account and region; empty if its files name none. `guessed` is from an image alone."""

    account: str = ""
    region: str = ""
    guessed: bool = False


class Call(Record):
    """A helper and its arguments: what it names, and the named ones."""

    helper: str
    name: str
    named: tuple[tuple[str, str], ...] = ()


def find_home(documents: Iterable[Value]) -> Where:
    """Find the account and region that an environment's files name: the ones they name most."""
    texts = [pair for document in documents for pair in list_texts(document, "")]
    own: Counter[str] = Counter()
    images: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for member, text in texts:
        for match in ARN.finditer(text):
            service, region, account = match.groups()
            own.update([account] if service in NAMED and is_account(account) else [])
            regions.update([region] if is_region(region) else [])
        for match in REGISTRY.finditer(text):
            account, region = match.groups()
            images.update([account])
            regions.update([region] if is_region(region) else [])
        regions.update([text] if member in REGION_MEMBERS and is_region(text) else [])
    accounts = own or images
    return Where(most(accounts), most(regions), not own and bool(images))


def most(counted: Counter[str]) -> str:
    """Give what was counted most, and of several the first by name, which no order of files changes."""
    return min(counted, key=lambda text: (-counted[text], text), default="")


def list_texts(value: Value, member: str) -> Iterator[tuple[str, str]]:
    """List the texts of a document, each with the member that it stands under."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from list_texts(child, key)
    elif isinstance(value, list):
        for child in value:
            yield from list_texts(child, member)
    elif isinstance(value, str):
        yield member, value


def find_call(text: str, home: Where) -> Call | None:
    """Find the call of a helper that gives a text exactly in an environment; None if no call does."""
    if not home.account or not home.region:
        return None
    for helper, pattern in CALLS:
        match = pattern.fullmatch(text)
        if match is None or any(sign in match[1] for sign in "${}<>"):
            continue
        named = tuple((name, value) for name, value in zip(ARGUMENTS[helper], match.groups()[1:], strict=True) if value)
        call = Call(helper, match[1], named)
        try:
            given: Mapping[str, str] = dict(named)
            made = make_helpers(home.account, home.region)[helper](match[1], **given)
        except MisuseError:
            return None
        return call if made == text else None
    return None
