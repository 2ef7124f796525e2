"""A diagnosis as a finding: its member in the sources, followed to the line that wrote it. Diagnoses nothing."""

from __future__ import annotations

from generator.aws.diagnose import Diagnosis
from generator.aws.diagnose.moving import Way, find_value, move_path
from generator.documents.parsing.scalars import to_value
from generator.documents.places import find_spot, locate_problem, spell
from generator.model.account import Revision
from generator.model.findings import Fact, Finding, Note, Path, Problem, finding_at
from generator.model.nodes import MapNode, Value
from generator.model.project import Artifact
from generator.model.secrets.values import mask_value

LONGEST = 120
"""So much of a value that changed is quoted."""


def blame_line(diagnosis: Diagnosis, document: Value, revision: Revision | None, artifact: Artifact | None) -> Finding:
    """Make a finding of a diagnosis, at the line of the sources that gives the member to change, as far as they have it.

    `document` is what the tasks ran as plain values, and `revision` the same as ECS describes it; without an artifact there is no line.
    """
    problem = diagnosis.problem
    if artifact is None:
        return spell_problem(problem, revision.document if revision else None)
    plain = to_value(artifact.document)
    absent = problem.path[-1:] if problem.missing else ()
    way = move_path(problem.path[: len(problem.path) - len(absent)], document, plain)
    if not way.whole:
        return place_nearby(problem, way, revision, artifact)
    facts = tuple(move_fact(fact, document, plain, revision) for fact in problem.facts)
    moved = problem._replace(path=(*way.path, *absent), facts=facts)
    if not moved.path:
        return spell_problem(moved, artifact.document)
    finding, _ = locate_problem(moved, artifact.document, "error", artifact.variables)
    change = describe_change(problem, document, plain, moved.path, finding.path or "", revision)
    return finding._replace(notes=(*finding.notes, *change))


def place_nearby(problem: Problem, way: Way, revision: Revision | None, artifact: Artifact) -> Finding:
    """Make a finding of what the sources do not have any more, at what is left of the way there."""
    finding = spell_problem(problem, revision.document if revision else None)
    spot = find_spot(artifact.document, way.path, variables=artifact.variables)
    note = Note("the sources no longer have this: it may be fixed already")
    return finding._replace(location=spot.place.location if way.path else None, notes=(*finding.notes, note))


def move_fact(fact: Fact, document: Value, plain: Value, revision: Revision | None) -> Fact:
    """Move a fact to the sources; one about what they do not have is spelt as it is."""
    if fact.path is None:
        return fact
    way = move_path(fact.path, document, plain)
    return (
        fact._replace(path=way.path) if way.whole else Fact(spell_fact(fact, revision.document if revision else None))
    )


def spell_problem(problem: Problem, document: MapNode | None) -> Finding:
    """Make a finding without a line, its paths spelt as in a document."""
    path = spell_path(problem.path, document)
    return finding_at(
        None,
        problem.code,
        spell_text(problem.message, problem.path, document),
        path=path or None,
        notes=tuple(Note(spell_fact(fact, document)) for fact in problem.facts),
        help=problem.help and spell_text(problem.help, problem.path, document),
        severity="error",
    )


def spell_fact(fact: Fact, document: MapNode | None) -> str:
    return fact.text if fact.path is None else spell_text(fact.text, fact.path, document)


def spell_text(text: str, path: Path, document: MapNode | None) -> str:
    """Put the spelt path into a text."""
    from generator.model.findings import HERE

    return (
        spell(text, find_spot(document, path)) if document is not None else text.replace(HERE, spell_path(path, None))
    )


def spell_path(path: Path, document: MapNode | None) -> str:
    """Spell a path as overlays would; without a document items are known by their number."""
    if document is not None:
        return find_spot(document, path).spelling
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def describe_change(
    problem: Problem, document: Value, plain: Value, path: Path, spelling: str, revision: Revision | None
) -> tuple[Note, ...]:
    """State that the sources now have something else where it failed."""
    if problem.missing:
        there = problem.missing in find_value(plain, path[:-1])
        return (Note("the sources have it now: it may be fixed already"),) if there else ()
    was, now = find_value(document, problem.path), find_value(plain, path)
    if was == now:
        return ()
    name = revision.name if revision else "what ran"
    if isinstance(was, str | int) and isinstance(now, str | int):
        shown = [quote(spelling, str(each)) for each in (was, now)]
        return (
            Note(f"`{name}` has {shown[0]} there, and the project now renders {shown[1]}: it may be fixed already"),
        )
    return (Note(f"`{name}` has another value there than the project now renders: it may be fixed already"),)


def quote(path: str, text: str) -> str:
    shown = mask_value(path, text)
    return f"`{shown if len(shown) <= LONGEST else shown[:LONGEST] + '…'}`"
