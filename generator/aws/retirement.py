"""Which revisions are in use and by what, and which may go. Pure: lists from AWS in, decisions out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from generator.model.account import Use, name_revision
from generator.model.records import Record


class Holder(Record):
    """What holds a revision: a service, perhaps only by an older deployment, a task set or some tasks, tasks outside of services, or what
    starts such: a rule or a schedule, whose name is then `service`.
    """

    cluster: str
    service: str
    kind: str
    tasks: int = 0


class Retirement(Record):
    """Revisions that may go, and those that would if nothing used them, each by its ARN; newest first."""

    going: tuple[str, ...]
    kept: tuple[tuple[str, tuple[Use, ...]], ...]


def plan_retirement(active: Sequence[str], uses: Iterable[Use], *, keep: int) -> Retirement:
    """Report which of a family's ACTIVE revisions, newest first, may go: those after the newest `keep` that nothing uses."""
    assert keep >= 1  # the newest is what everything without a number means
    known = tuple(uses)
    beyond = [(arn, find_uses(known, arn)) for arn in active[keep:]]
    return Retirement(
        tuple(arn for arn, found in beyond if not found), tuple((arn, found) for arn, found in beyond if found)
    )


def find_uses(uses: Iterable[Use], arn: str) -> tuple[Use, ...]:
    """Find what uses a revision. It is known by family and number: one spelt differently elsewhere is in use all the same."""
    name = name_revision(arn)
    return tuple(use for use in uses if name_revision(use.revision) == name)


def group_uses(uses: Iterable[Use]) -> tuple[Holder, ...]:
    """Bring together what uses a revision: a service once, by the most that it is, and tasks outside of services by their cluster."""
    known = tuple(uses)
    counts = Counter((use.cluster, use.service) for use in known if use.kind == "task")
    kinds: dict[tuple[str, str], str] = {}
    for kind in ("service", "deployment", "task set", "task"):
        for use in known:
            if use.kind == kind:
                kinds.setdefault((use.cluster, use.service), kind)
    holders = (Holder(*where, kind, counts[where]) for where, kind in kinds.items())
    starting = (Holder(use.cluster, use.service, use.kind) for use in known if use.kind in ("rule", "schedule"))
    return (*holders, *dict.fromkeys(starting))
