"""Expressions in patches, which nothing renders (W118): what is wrong with a value that has one is wrong because of it, and told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from generator.model.findings import Finding, Location, Note, Place
from generator.model.gathering import Report
from generator.model.nodes import Node, Scalar

STAYS = "W118"
BESIDE = ("W631", "W634", "W635")
"""What no value is that was filled in: a name with braces, a line of words, a placeholder that is only a note."""


class Expressions:
    """The expressions in the patches of a run, and those that another finding tells of. `reports` has them once values are looked at."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.told: set[Location | None] = set()

    @cached_property
    def known(self) -> dict[str, list[Finding]]:
        """Those that were reported, by file."""
        known: dict[str, list[Finding]] = {}
        for report in self.reports:
            if report.finding.code == STAYS and report.finding.location:
                known.setdefault(report.finding.location.file, []).append(report.finding)
        return known

    def find(self, place: Place) -> Finding | None:
        """Find the first expression in a value, or in a key."""
        for stays in self.known.get(place.source.path, ()):
            if stays.location and place.location <= stays.location < place._replace(start=place.end).location:
                return stays
        return None

    def explain(self, finding: Finding, place: Place) -> Finding | None:
        """Report for a finding about a value with an expression why it is wrong; None if the expression says it all."""
        stays = self.find(place)
        if stays is None:
            return finding
        if finding.code in BESIDE:
            return None
        if finding.severity != "error":
            return finding
        self.told.add(stays.location)
        return finding._replace(notes=(*finding.notes, Note(stays.message)), help=stays.help, edits=())

    def follow(self, finding: Finding, node: Node) -> Finding:
        """Report for an error about a node why it is wrong, where that is an expression in its text."""
        return (self.explain(finding, node.place) or finding) if isinstance(node, Scalar) else finding

    def leave_told(self, reports: Iterable[Report]) -> list[Report]:
        """Omit the expressions that another finding tells of."""
        return [
            report for report in reports if report.finding.code != STAYS or report.finding.location not in self.told
        ]
