"""What differs between two sides, in the forms of `taskdef diff`."""

from __future__ import annotations

from generator.model.comparison import Review
from generator.model.result import Result, state_counts
from generator.reports.forms import View, Written


def write_answer(review: Review, result: Result, view: View) -> Written:
    """Write what was compared; its findings are what could not be."""
    if view.form == "json":
        from generator.reports.differences.json import format_review

        return Written(format_review(review, result.status), whole=True)
    counts = state_counts(result.findings)
    summary = f"{counts}: not everything could be compared" if result.findings else ""
    if view.form == "markdown":
        from generator.reports.differences.markdown import format_review as format_markdown

        return Written(format_markdown(review), summary=summary)
    from generator.reports.differences.text import format_review as format_text

    return Written(format_text(review, color=view.color), summary=summary)
