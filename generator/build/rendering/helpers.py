"""The strings people get wrong, built from account and region: `secret`, `ssm`, `role`, `ecr`. Pure; looks nothing up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from generator.model.records import Record

Text: TypeAlias = str | int
"""What a helper takes for a name: text, or a whole number as `vars:` gives it for a tag like 20240131."""

HELPERS = ("secret", "ssm", "role", "ecr")

# Partitions by the beginning of their regions' names, and their DNS suffixes: botocore 1.44.5, `partitions.json`.
# Any other region is one of `aws`.
PARTITIONS = {
    "cn-": ("aws-cn", "amazonaws.com.cn"),
    "us-gov-": ("aws-us-gov", "amazonaws.com"),
    "us-iso-": ("aws-iso", "c2s.ic.gov"),
    "us-isob-": ("aws-iso-b", "sc2s.sgov.gov"),
    "eu-isoe-": ("aws-iso-e", "cloud.adc-e.uk"),
    "us-isof-": ("aws-iso-f", "csp.hci.ic.gov"),
    "eusc-": ("aws-eusc", "amazonaws.eu"),
}


class MisuseError(Exception):
    """A helper is called in a way that cannot give a right string."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


class MissingAwsError(Exception):
    """A helper needs members of `aws` that the environment's overlay does not set."""

    def __init__(self, members: tuple[str, ...]) -> None:
        super().__init__(members)
        self.members = members


class Home(Record):
    """Whose resources the helpers name, and where they are."""

    account: str
    region: str


class Partition(Record):
    """One of Amazon's separate clouds."""

    name: str
    suffix: str


def find_partition(region: str) -> Partition:
    """Find the partition of a region, and the domain its services live under."""
    for beginning, (name, suffix) in PARTITIONS.items():
        if region.startswith(beginning):
            return Partition(name, suffix)
    return Partition("aws", "amazonaws.com")


def make_home(account: str | None, region: str | None) -> Home:
    """Make the home of what helpers name. Raises MissingAwsError where the overlay does not say it."""
    if account is None or region is None:
        members = (("account", account), ("region", region))
        raise MissingAwsError(tuple(name for name, value in members if value is None))
    return Home(account, region)


def make_helpers(account: str | None, region: str | None) -> dict[str, Callable[..., str]]:
    """Make the helpers of one environment. Each is a pure function of its arguments, the account and the region."""

    def name_resource(service: str, resource: str, *, regional: bool = True) -> str:
        home = make_home(account, region)
        partition = find_partition(home.region).name
        return f"arn:{partition}:{service}:{home.region if regional else ''}:{home.account}:{resource}"

    def secret(name: Text, key: Text | None = None, stage: Text | None = None, version: Text | None = None) -> str:
        if stage is not None and version is not None:
            raise MisuseError(
                "`secret` is given both `stage` and `version`", "give one: a version has its stages already"
            )
        path = check_name("secret", "name", name)
        arn = name_resource("secretsmanager", f"secret:{path}")
        if key is None and stage is None and version is None:
            return arn
        parts = (("key", key), ("stage", stage), ("version", version))
        return ":".join((arn, *("" if part is None else check_name("secret", what, part) for what, part in parts)))

    def ssm(path: Text) -> str:
        return name_resource("ssm", "parameter/" + check_name("ssm", "path", path).lstrip("/"))

    def role(name: Text) -> str:
        return name_resource("iam", "role/" + check_name("role", "name", name).lstrip("/"), regional=False)

    def ecr(repository: Text, tag: Text | None = None, digest: Text | None = None) -> str:
        path = check_name("ecr", "repository", repository).strip("/")
        if (tag is None) == (digest is None):
            count = "neither `tag` nor `digest`" if tag is None else "both `tag` and `digest`"
            raise MisuseError(f"`ecr` is given {count}", "give one of them")
        home = make_home(account, region)
        address = f"{home.account}.dkr.ecr.{home.region}.{find_partition(home.region).suffix}/{path}"
        if tag is not None:
            return f"{address}:{check_name('ecr', 'tag', tag)}"
        return f"{address}@{check_digest(digest)}"

    return {"secret": secret, "ssm": ssm, "role": role, "ecr": ecr}


def check_name(helper: str, what: str, value: Text | None) -> str:
    """Give an argument as text, refusing what would make another string than the one that is meant."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise MisuseError(f"`{what}` of `{helper}` is not text")
    text = str(value)
    if not text.strip("/ "):
        raise MisuseError(f"`{what}` of `{helper}` is empty")
    if text.startswith("arn:"):
        raise MisuseError(f"`{what}` of `{helper}` is an ARN", f"write the ARN without `{helper}`")
    if ":" in text or any(char.isspace() for char in text):
        raise MisuseError(f"`{what}` of `{helper}` has a colon or a blank in it: `{text}`")
    return text


def check_digest(digest: Text | None) -> str:
    """Give an image digest as text: `sha256:` and 64 hexadecimal digits."""
    algorithm, _, digits = str(digest).partition(":")
    if algorithm != "sha256" or len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise MisuseError(
            f"`digest` of `ecr` is not a digest: `{digest}`", "a digest is `sha256:` and 64 hexadecimal digits"
        )
    return str(digest)
