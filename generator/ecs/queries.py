"""The cluster query language of placement constraints, as data.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html, read 2026-11-24.
"""

from __future__ import annotations

from collections.abc import Mapping

SUBJECTS: Mapping[str, str] = {
    name.lower(): name
    for name in ("agentConnected", "agentVersion", "ec2InstanceId", "registeredAt", "runningTasksCount", "task:group")
}
"""What an expression can ask about beside any `attribute:NAME`, by its name in lower case."""

ATTRIBUTE = "attribute:"

SIGNS = ("==", "!=", ">", "<", "=~", "!~", "!in", "!exists")
"""What an operator written as a sign begins with; `>=` and `<=` begin with others."""

WORDS = frozenset(
    (
        "equals",
        "not_equals",
        "greater_than",
        "greater_than_equal",
        "less_than",
        "less_than_equal",
        "exists",
        "not_exists",
        "in",
        "not_in",
        "matches",
        "not_matches",
    )
)
"""Operators written as words."""

PATTERNS = ("=~", "!~", "matches")
"""Where one of these stands, a regular expression follows, with brackets and quotes of its own."""
