"""Comparisons as JSON for other programs. The form has a version, as that of findings has."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.comparison import Change, Comparison, Review
from generator.model.findings import Place
from generator.model.nodes import Node, Value
from generator.model.secrecy import Secrets
from generator.reports.differences.values import describe_row, show_node
from generator.reports.json import VERSION, describe_findings, describe_location, write_json
from generator.review.compare import group_by_cause
from generator.review.normalizing import is_filled_in


def format_review(review: Review, status: int) -> str:
    """Write one JSON object; by cause, with what each edit changed too."""
    comparisons = review.comparisons
    report = {
        "version": VERSION,
        "command": "diff",
        "comparisons": [describe_comparison(each) for each in comparisons],
        **describe_findings(review.findings),
        "summary": {"fields": sum(len(each.changes) for each in comparisons), "status": status},
    }
    if review.by_cause:
        report["causes"] = describe_causes(comparisons)
    return write_json(report)


def describe_comparison(comparison: Comparison) -> Value:
    """Describe what differs."""
    return {
        "environment": comparison.environment or None,
        "task": comparison.task or None,
        "left": comparison.left or None,
        "right": comparison.right or None,
        "parent": comparison.parent or None,
        "differs": comparison.differs,
        "notes": list(comparison.mask_notes()),
        "changes": describe_changes(comparison),
        "assumed": [each._asdict() for each in comparison.assumed],
    }


def describe_changes(comparison: Comparison) -> list[Value]:
    """Describe each field that differs."""
    return [describe_change(change, comparison.secrets) for change in comparison.changes]


def describe_change(change: Change, secrets: Secrets) -> Value:
    row = change.row
    return {
        "path": secrets.scrub(row.path),
        "container": row.container or None,
        "left": describe_side(change, row.left, change.left, secrets),
        "right": describe_side(change, row.right, change.right, secrets),
        "parts": [part._asdict() for part in describe_row(row, secrets)],
        "cause": change.cause
        and {"location": describe_location(change.cause.place.location), "certain": change.cause.certain},
    }


def describe_side(change: Change, node: Node | None, places: tuple[Place, ...], secrets: Secrets) -> Value:
    """Describe one side: its value as shown, null where it has none, and where it was written or taken away."""
    return {
        "text": show_node(change.row, node, secrets),
        "default": node is not None and is_filled_in(node),
        "locations": [describe_location(place.location) for place in places],
    }


def describe_causes(comparisons: Iterable[Comparison]) -> Value:
    return [
        {
            "location": group.cause and describe_location(group.cause.place.location),
            "certain": bool(group.cause and group.cause.certain),
            "environments": list(group.environments),
            "effects": [
                {
                    "task": effect.task,
                    "path": group.secrets.scrub(effect.change.row.path),
                    "parts": [part._asdict() for part in describe_row(effect.change.row, group.secrets)],
                    "environments": list(effect.environments),
                }
                for effect in group.effects
            ],
        }
        for group in group_by_cause(comparisons)
    ]
