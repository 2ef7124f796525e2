"""What is registered and released, as values: a committed artifact, where it goes, and what became of it. Has no behaviour but lookups."""

from __future__ import annotations

from typing import Literal

from generator.model.account import Revision, Use
from generator.model.comparison import Assumed, Comparison, Side
from generator.model.findings import Place
from generator.model.nodes import MapNode
from generator.model.project import Artifact
from generator.model.records import Record


class Claim(Record):
    """What the overlays say of where an environment is, empty what they do not say, and where they set it."""

    environment: str = ""
    account: str = ""
    region: str = ""
    places: tuple[tuple[str, Place], ...] = ()

    def find_place(self, setting: str) -> Place | None:
        """Find where the overlays set the account or the region."""
        return dict(self.places).get(setting)


class Release(Record):
    """One committed artifact and where it goes. What the overlays do not say is empty.

    `committed` are its bytes, and `side` what they say, with its sources where these give just that. `artifact` is what the
    sources give in any case, None if they give nothing. `places` is where `account`, `region`, `cluster` and `service` are set.
    `previous_families` are those that the service may run until it is deployed to. `unserved` is that no service runs it, as its overlay
    says: something else starts it.
    """

    environment: str
    task: str
    path: str
    committed: bytes
    side: Side
    family: str
    artifact: Artifact | None
    account: str = ""
    region: str = ""
    cluster: str = ""
    service: str = ""
    places: tuple[tuple[str, Place], ...] = ()
    previous_families: tuple[str, ...] = ()
    unserved: bool = False

    @property
    def name(self) -> str:
        """What a person calls it: the environment and the task."""
        return f"{self.environment}/{self.task}"

    @property
    def claim(self) -> Claim:
        """Where its environment is."""
        return Claim(self.environment, self.account, self.region, self.places)

    def find_place(self, setting: str) -> Place | None:
        """Find where the overlays set the account, region, cluster or service."""
        return dict(self.places).get(setting)


class Filled(Record):
    """A value that ECS fills in where nobody wrote one."""

    path: str
    value: str


class Registration(Record):
    """What became of one release: `registered`, `unchanged`, or `planned` where nothing was to be done in earnest.

    `revision` is what it is now, or was before where it is only planned; None if there is none. `comparison` is that with the newest
    one before, if there was one, and `filled` what ECS fills in of it. `assumed` is what counts as the same
    without proof. `tags` are those that a new revision gets.
    """

    release: Release
    action: Literal["registered", "unchanged", "planned"]
    revision: Revision | None
    comparison: Comparison | None = None
    filled: tuple[Filled, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    assumed: tuple[Assumed, ...] = ()

    @property
    def documents(self) -> tuple[MapNode, ...]:
        """What is committed, and what the newest revision was before."""
        return (self.release.side.document, *(self.comparison.documents if self.comparison else ()))


class Provenance(Record):
    """Whether a revision is what its tags say, if they say something: by what git has in that commit, and by the fingerprint.

    None is that it cannot be told in this way.
    """

    tagged: bool = False
    by_git: bool | None = None
    by_fingerprint: bool | None = None

    @property
    def state(self) -> Literal["", "confirmed", "contradicted", "unchecked"]:
        """What is known of it; empty if it has no tags of ours."""
        if not self.tagged:
            return ""
        if self.by_git or self.by_fingerprint:
            return "confirmed"
        return "unchecked" if self.by_git is None and self.by_fingerprint is None else "contradicted"


class Listed(Record):
    """One revision of a family as it is listed. `uses` is None if nobody could tell what uses it.

    `committed` is that it is what is committed now, `comparison` that with the one before, if there is one, and `provenance` whether
    its tags fit.
    """

    revision: Revision
    uses: tuple[Use, ...] | None
    committed: bool
    comparison: Comparison | None = None
    provenance: Provenance = Provenance()


class Listing(Record):
    """The revisions of a release's family, newest first, and how many older ones there are.

    `statuses` are those that were asked for, `clusters` the ones in which uses were looked for: None stands for all there are.
    """

    release: Release
    region: str
    statuses: tuple[str, ...]
    clusters: tuple[str, ...] | None
    listed: tuple[Listed, ...]
    older: int


class Halt(Record):
    """What ended a command before all was done: the words, what there is to do about it if anything, and the status to end with."""

    message: str
    help: str
    status: int


class Pruned(Record):
    """What is to go of a release's family, what stays since it is in use, by ARN, and what is gone already."""

    release: Release
    region: str
    going: tuple[str, ...]
    kept: tuple[tuple[str, tuple[Use, ...]], ...]
    gone: tuple[str, ...] = ()
