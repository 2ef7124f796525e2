"""What fixes a finding of `taskdef lint`, if that is certain: members go that cannot be registered and say nothing. Edits no text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.documents.editing import join_edits, remove_members, splice_member
from generator.documents.recognizing import unwrap_node
from generator.ecs.shapes import Model, Shape
from generator.model.findings import Edit, Path, Problem, Source
from generator.model.nodes import ListNode, MapNode, Node, Scalar
from generator.model.records import Record

MENDABLE = frozenset(("E301", "E305", "E306", "E404"))
"""Codes of which some findings can be fixed."""

DESCRIBED = Problem("E305", (), "")
"""Stands for what describe-task-definition has put around a task definition."""

LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Mend(Record):
    """What fixes problems: members that go, by the path of their mapping, and whether a task definition is removed from an answer."""

    removed: dict[Path, tuple[str, ...]]
    unwrapped: bool = False


def find_edits(problems: Iterable[Problem], document: Node, model: Model) -> tuple[Edit, ...]:
    """Find the edits that fix all of some problems that can be fixed; none stands in the way of another.

    `document` is what was parsed, along the paths of the problems at least.
    """
    if not isinstance(document, MapNode):
        return ()
    removed: dict[Path, tuple[str, ...]] = {}
    unwrapped = False
    for problem in problems:
        mend = find_mend(problem, document, model)
        if isinstance(mend, Mend):
            unwrapped = unwrapped or mend.unwrapped
            for path, names in mend.removed.items():
                removed[path] = (*removed.get(path, ()), *names)
    return plan_edits(Mend(removed, unwrapped), document)


def explain_left(problem: Problem, document: Node, model: Model) -> str | None:
    """State why a problem is not fixed, where others of its code are; None if it is fixed, or where no such problem is."""
    if problem.code not in MENDABLE or not isinstance(document, MapNode):
        return None
    mend = find_mend(problem, document, model)
    if isinstance(mend, Mend):
        return None if plan_edits(mend, document) else "a member is there twice, and it is not certain which one counts"
    return mend


def find_mend(problem: Problem, document: MapNode, model: Model) -> Mend | str | None:
    """Find what fixes a problem; or why nothing certainly does, where there is more to say than that."""
    inner = unwrap_node(document)
    if problem is DESCRIBED:
        return find_unwrapping(document, model)
    if problem.code == "E305":
        return Mend({(): tuple(name for name in inner.items if name in model.read_only)})
    if problem.code not in MENDABLE or not problem.path:
        return None
    *above, last = problem.path
    node = follow_path(inner, tuple(above))
    if isinstance(last, int):
        return "an item of a list is missing, or there is one too many" if problem.code == "E306" else None
    value = node.items.get(last) if isinstance(node, MapNode) else None
    if problem.code == "E404":
        return Mend({(): ("tags",)}) if isinstance(value, ListNode) and not value.items else None
    if not isinstance(value, Scalar) or value.kind != "null":
        return None
    if problem.code == "E306" and last in find_shape(model, tuple(above)).required:
        return f"ECS requires `{last}`, so a value is missing"
    return Mend({tuple(above): (last,)})


def find_unwrapping(document: MapNode, model: Model) -> Mend | str:
    """Find how a task definition is removed from an answer; its tags may stand in it or beside it."""
    bare = take_bare(document)
    removed = [name for name in bare.items if name in model.read_only]
    if has_tags(document) and "tags" in bare.items:
        if has_tags(bare):
            return "there are `tags` in it and beside it"
        removed.append("tags")
    return Mend({(): tuple(removed)}, unwrapped=True)


def take_bare(document: MapNode) -> MapNode:
    """Take a task definition out of the answer of describe-task-definition, without the tags beside it."""
    inner = document.items.get("taskDefinition")
    return inner if isinstance(inner, MapNode) and unwrap_node(document) is not document else document


def has_tags(document: MapNode) -> bool:
    """Whether a mapping has tags: a task definition, or an answer beside it."""
    tags = document.items.get("tags")
    return isinstance(tags, ListNode) and bool(tags.items)


def follow_path(document: Node, path: Path) -> Node | None:
    """Follow a path through what was parsed; None if it leads nowhere."""
    node: Node | None = document
    for part in path:
        if isinstance(part, str):
            node = node.items.get(part) if isinstance(node, MapNode) else None
        else:
            node = node.items[part] if isinstance(node, ListNode) and part < len(node.items) else None
    return node


def find_shape(model: Model, path: Path) -> Shape:
    """Find the shape of what is at a path, all of which the model knows."""
    shape = model.task_definition
    for part in path:
        shape = model.shape(shape.members[str(part)] if shape.type == "structure" else shape.member)
    return shape


def plan_edits(mend: Mend, document: MapNode) -> tuple[Edit, ...]:
    """Plan the edits that make of a document what fixes it; a mapping in which it is not certain what is what stays."""
    inner, bare = unwrap_node(document), take_bare(document)
    removed = {path: names for path, names in mend.removed.items() if names}
    edits: list[Edit] = []
    for path, names in removed.items():
        node = follow_path(inner, path) if path else bare
        assert isinstance(node, MapNode), "problems have paths that lead to them"
        edits += remove_members(node, names) or ()
    if mend.unwrapped:
        kept = [name for name in bare.items if name not in removed.get((), ())]
        edits += unwrap_answer(document, ("taskDefinition",) if not kept else ()) or ()
    return join_edits(edits)


def unwrap_answer(document: MapNode, empty: tuple[str, ...]) -> tuple[Edit, ...] | None:
    """Take a task definition, unless it is `empty`, out of what describe-task-definition has put around it; its tags stay."""
    around = [name for name in document.items if name not in ("taskDefinition", "tags")]
    around += [] if has_tags(document) else ["tags"]
    removal = remove_members(document, (*around, *empty))
    splicing = () if empty else splice_member(document, "taskDefinition")
    return None if removal is None or splicing is None else (*removal, *splicing)


def spell_difference(path: str, old: str, new: str) -> str:
    """Write the unified difference of a text and what is made of it, secrets masked."""
    from difflib import unified_diff

    from generator.documents.hiding import make_text_secrets
    from generator.model.secrets.scanning import replace_spans

    # Not `splitlines`: a line of a difference ends at a line feed only, and a string may hold U+2028 and the like.
    secrets = make_text_secrets(Source(path, old))
    before, after = (LINE.findall(replace_spans(text, secrets.find_spans(Source(path, text)))) for text in (old, new))
    lines = unified_diff(before, after, path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
