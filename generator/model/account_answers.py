"""What commands that ask AWS were asked for, as values; `reports` writes them."""

from __future__ import annotations

from generator.model.account import Revision
from generator.model.comparison import Comparison
from generator.model.diagnosis import Examination
from generator.model.findings import Finding
from generator.model.nodes import MapNode
from generator.model.records import Record
from generator.model.releases import Halt, Listing, Provenance, Pruned, Registration, Release
from generator.model.rollouts import Rollout
from generator.model.runs import Run


class Registrations(Record):
    """What `register` did, or would do in a dry run, and what ended it early, if anything did."""

    done: tuple[Registration, ...]
    halt: Halt | None = None
    dry_run: bool = False


class Listings(Record):
    """The revisions that `revisions` lists; `changes` is whether each says in full what it changed."""

    listings: tuple[Listing, ...]
    changes: bool = False


class Prunings(Record):
    """What `revisions --prune` did, or would do in a dry run, and what ended it early, if anything did."""

    done: tuple[Pruned, ...]
    keep: int
    halt: Halt | None = None
    dry_run: bool = False


class ShownRevision(Record):
    """The revision that `show` found. `document` is what is shown of it, and `masked` are the paths of values that are not.

    `note` says why it is this revision where that is not plain; `committed` is that it is what is committed now, and
    `provenance` whether its tags fit.
    """

    release: Release
    revision: Revision
    document: MapNode
    masked: tuple[str, ...] = ()
    note: str = ""
    committed: bool = False
    provenance: Provenance = Provenance()


class Rollouts(Record):
    """What `deploy` or `rollback` did to services, or would do in a dry run, and what ended it before any service was changed.

    `registrations` came first, `comparison` is what a rollback changes, and `examined` says why deployments failed. `warned` are
    findings that were told before anything changed, so that they are not told to people again.
    """

    rollouts: tuple[Rollout, ...] = ()
    registrations: tuple[Registration, ...] = ()
    comparison: Comparison | None = None
    examined: tuple[Examination, ...] = ()
    warned: tuple[Finding, ...] = ()
    halt: Halt | None = None
    dry_run: bool = False


class Runs(Record):
    """What became of what `run` was to run, or would in a dry run, after the registration. `halt` ended it before ECS was asked to run it.

    `examined` says why it failed, and `warned` are findings that were told before anything changed.
    """

    run: Run | None = None
    registrations: tuple[Registration, ...] = ()
    examined: tuple[Examination, ...] = ()
    warned: tuple[Finding, ...] = ()
    halt: Halt | None = None
    dry_run: bool = False
