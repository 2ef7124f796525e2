"""Comparisons for a person at a terminal: by task, then container, then field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from generator.model.comparison import Assumed, Change, Comparison, Review
from generator.model.findings import Place
from generator.model.result import state_number
from generator.model.secrecy import Secrets
from generator.reports.differences.values import describe_row, show_part, spell_field
from generator.reports.text import escape
from generator.review.compare import Effect, Group, group_by_cause

BOLD, RESET = "\x1b[1m", "\x1b[0m"


def format_review(review: Review, *, color: bool) -> str:
    """Write what was compared, by field or by cause."""
    if not review.by_cause:
        return format_comparisons(review.comparisons, color=color)
    alone = [each for each in review.comparisons if not (each.left and each.right)]
    groups = format_groups(group_by_cause(review.comparisons), color=color)
    return "\n".join(filter(None, (groups, format_comparisons(alone, color=color)))) or "no difference\n"


def format_comparisons(comparisons: Sequence[Comparison], *, color: bool = False) -> str:
    """Write what differs. Below that, a line states that nothing does: of one comparison, or of all those of the same two sides."""
    equal: dict[tuple[str, str, bool], list[Comparison]] = {}
    for each in comparisons:
        if is_equal(each):
            equal.setdefault((each.left, each.right, bool(each.environment)), []).append(each)
    many = [found for found in equal.values() if len(found) > 1]
    joined = {id(each) for found in many for each in found}
    written = [format_comparison(each, color=color) for each in comparisons if id(each) not in joined]
    written += [[paint(state_equal(found), color=color)] for found in many]
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in written)


def is_equal(comparison: Comparison) -> bool:
    """Whether there is nothing to say of a comparison but that."""
    return bool(comparison.task) and not (comparison.differs or comparison.notes or comparison.assumed)


def state_equal(comparisons: Sequence[Comparison]) -> str:
    """State that several comparisons of the same two sides found no difference."""
    first, noun = comparisons[0], "artifact" if comparisons[0].environment else "task"
    return escape(f"{state_number(len(comparisons), noun)}, {first.left} → {first.right}: no difference")


def format_comparison(comparison: Comparison, *, color: bool) -> list[str]:
    """Write what differs."""
    lines = [paint(f"{name_comparison(comparison)}: {count_changes(comparison)}", color=color)]
    for container, changes in group_by_container(comparison.changes):
        lines.append(f"  {name_container(container)}")
        for change in changes:
            lines += [f"    {escape(line)}" for line in state_change(change, comparison.secrets)]
            lines += [f"      {escape(line)}" for line in list_places(change)]
    lines += (f"  note: {escape(note)}" for note in comparison.mask_notes())
    return [*lines, *(f"  {line}" for line in state_assumed(comparison.assumed))]


def state_assumed(assumed: Sequence[Assumed]) -> list[str]:
    """State what counted as the same though nobody shows that ECS stores it so."""
    said = ", ".join(f"{each.path} = {each.value}" for each in assumed)
    return [escape(f"counted as not set, without proof from ECS: {said}")] if assumed else []


def name_comparison(comparison: Comparison) -> str:
    """Name what was compared with what."""
    left, right = comparison.left or comparison.right, comparison.right or comparison.left
    what = "/".join(filter(None, (comparison.environment, comparison.task)))
    if what and not (comparison.left and comparison.right):
        return escape(what)
    return escape(f"{what}, {left} → {right}" if what else f"{left} → {right}")


def count_changes(comparison: Comparison) -> str:
    """State how many fields differ, or that one side does not have the task."""
    if not comparison.left or not comparison.right:
        only = f"only in {comparison.left or comparison.right}"
        return escape(f"{only}; {count_fields(comparison)} from `{comparison.parent}`" if comparison.parent else only)
    return count_fields(comparison) if comparison.changes else "no difference"


def count_fields(comparison: Comparison) -> str:
    number = len(comparison.changes)
    return f"{state_number(number, 'field') if number else 'no field'} {'differ' if number > 1 else 'differs'}"


def group_by_container(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Bring the fields of each container together, those of the task first."""
    ordered = sorted(changes, key=lambda change: (change.row.container != "", 0))
    names = dict.fromkeys(change.row.container for change in ordered)
    order = {name: number for number, name in enumerate(names)}
    ordered.sort(key=lambda change: order[change.row.container])
    return [(name, list(met)) for name, met in groupby(ordered, key=lambda change: change.row.container)]


def name_container(container: str) -> str:
    return f"container {escape(container)}" if container else "the task"


def state_change(change: Change, secrets: Secrets) -> list[str]:
    """State what differs in a field, each part of it in a line."""
    return [
        f"{spell_field(change.row, secrets)}{' ' if part.name else ': '}{show_part(part)}"
        for part in describe_row(change.row, secrets)
    ]


def list_places(change: Change) -> list[str]:
    """List where a field was written: at the edit, or on both sides."""
    if change.cause is not None:
        return [f"{change.cause.place.location}{'' if change.cause.certain else ', which itself did not change'}"]
    sides = [", ".join(map(locate, side)) for side in (change.left, change.right)]
    return [" → ".join(filter(None, dict.fromkeys(sides)))] if any(sides) else []


def locate(place: Place) -> str:
    return str(place.location)


# By cause.


def format_groups(groups: Iterable[Group], *, color: bool = False) -> str:
    """Write what each edit changed."""
    return "\n".join("".join(f"{line}\n" for line in format_group(group, color=color)) for group in groups)


def format_group(group: Group, *, color: bool) -> list[str]:
    lines = [paint(escape(state_group(group)), color=color)]
    if group.cause and group.line:
        lines.append(f"  {group.cause.place.location.line} | {escape(group.line)}")
    for effect in group.effects:
        lines += [f"    {escape(line)}" for line in state_effect(effect, group)]
    return lines


def state_group(group: Group) -> str:
    """State where an edit is, how many fields it changes, and in which environments."""
    number = state_number(len({(effect.task, effect.change.row.path) for effect in group.effects}), "field")
    names = group.environments
    where = f" in {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}"
    if group.cause is None:
        return f"no line of the sources: {number}{where}"
    if not group.cause.certain:
        return f"{group.cause.place.location} did not change itself: {number}{where}"
    return f"{group.cause.place.location} changes {number}{where}"


def state_effect(effect: Effect, group: Group) -> list[str]:
    """State what an edit made of a field, and where, unless that is everywhere the edit reaches."""
    where = "" if effect.environments == group.environments else f" (in {', '.join(effect.environments)})"
    row = effect.change.row
    return [
        f"{effect.task}: {group.secrets.scrub(row.path)}{' ' if part.name else ': '}{show_part(part)}{where}"
        for part in describe_row(row, group.secrets)
    ]


def paint(text: str, *, color: bool) -> str:
    return f"{BOLD}{text}{RESET}" if color else text
