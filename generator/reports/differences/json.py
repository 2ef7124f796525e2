"""Comparisons as JSON for other programs. The form has a version, as that of findings has."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.comparison import Change, Comparison, Review
from generator.model.findings import Place
from generator.model.nodes import Node, Value
from generator.model.secrets.veil import Veil
from generator.reports.differences.values import describe_row, show_node
from generator.reports.json import VERSION, describe_finding, describe_location, write_json
from generator.review.compare import group_by_cause, learn_compared
from generator.review.normalizing import is_filled_in


def format_review(review: Review, status: int) -> str:
    """Write one JSON object; by cause, with what each edit changed too."""
    comparisons = review.comparisons
    veil = learn_compared(comparisons)
    report = {
        "version": VERSION,
        "command": "diff",
        "comparisons": [describe_comparison(each, veil) for each in comparisons],
        "findings": [describe_finding(finding) for finding in review.findings],
        "summary": {"fields": sum(len(each.changes) for each in comparisons), "status": status},
    }
    if review.by_cause:
        report["causes"] = describe_causes(comparisons, veil)
    return write_json(report)


def describe_comparison(comparison: Comparison, veil: Veil | None = None) -> Value:
    """Describe what differs; without a veil one that knows the secrets of both sides is used."""
    return {
        "environment": comparison.environment or None,
        "task": comparison.task or None,
        "left": comparison.left or None,
        "right": comparison.right or None,
        "differs": comparison.differs,
        "notes": list(comparison.notes),
        "changes": describe_changes(comparison, veil),
    }


def describe_changes(comparison: Comparison, veil: Veil | None = None) -> list[Value]:
    """Describe each field that differs."""
    veil = veil or learn_compared([comparison])
    return [describe_change(change, veil) for change in comparison.changes]


def describe_change(change: Change, veil: Veil) -> Value:
    row = change.row
    return {
        "path": row.path,
        "container": row.container or None,
        "left": describe_side(change, row.left, change.left, veil),
        "right": describe_side(change, row.right, change.right, veil),
        "parts": [part._asdict() for part in describe_row(row, veil)],
        "cause": change.cause
        and {"location": describe_location(change.cause.place.location), "certain": change.cause.certain},
    }


def describe_side(change: Change, node: Node | None, places: tuple[Place, ...], veil: Veil) -> Value:
    """Describe one side: its value as shown, null where it has none, and where it was written or taken away."""
    return {
        "text": show_node(change.row, node, veil),
        "default": node is not None and is_filled_in(node),
        "locations": [describe_location(place.location) for place in places],
    }


def describe_causes(comparisons: Iterable[Comparison], veil: Veil) -> Value:
    return [
        {
            "location": group.cause and describe_location(group.cause.place.location),
            "certain": bool(group.cause and group.cause.certain),
            "environments": list(group.environments),
            "effects": [
                {
                    "task": effect.task,
                    "path": effect.change.row.path,
                    "parts": [part._asdict() for part in describe_row(effect.change.row, veil)],
                    "environments": list(effect.environments),
                }
                for effect in group.effects
            ],
        }
        for group in group_by_cause(comparisons)
    ]
