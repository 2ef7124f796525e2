"""What uses a revision, in words for people and as values for JSON."""

from __future__ import annotations

from collections.abc import Iterable

from generator.aws.retirement import Holder, group_uses
from generator.model.account import Use
from generator.model.nodes import Value
from generator.model.result import state_number


def state_holder(holder: Holder) -> str:
    """State what holds a revision: a service by the name alone, and all else by what it is."""
    if holder.kind in ("rule", "schedule"):
        return f"the {holder.kind} `{holder.service}`"
    tasks = state_number(holder.tasks, "task")
    if not holder.service:
        return f"{tasks} in {holder.cluster}"
    name = f"{holder.cluster}/{holder.service}"
    by = {"service": "", "deployment": "an older deployment", "task set": "a task set", "task": tasks}[holder.kind]
    return f"{name} ({by})" if by else name


def describe_uses(uses: Iterable[Use]) -> Value:
    """Describe what uses a revision."""
    return [holder._asdict() for holder in group_uses(uses)]
