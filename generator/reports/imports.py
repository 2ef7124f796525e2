"""What `import` says: the proof, the sizes, what is omitted, what to do next; or every file that would be written."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.adoption import Imported, NewFile, Reason
from generator.model.result import Result, state_number
from generator.reports.forms import View, Written
from generator.reports.others import join_words

LEFT_OUT = {
    "read_only": ("member that only ECS sets", "members that only ECS sets"),
    "nulls": ("null", "nulls"),
    "empty": ("list with nothing in it", "lists with nothing in them"),
    "comments": ("comment", "comments"),
    "commas": ("comma before a bracket", "commas before brackets"),
    "mark": ("byte order mark", "byte order marks"),
    "terraform": ("argument that only Terraform has", "arguments that only Terraform has"),
    "described": ("answer of ECS around it", "answers of ECS around them"),
}

MOST_NAMES = 8
"""Variables that one line names."""


def write_answer(imported: Imported, result: Result, view: View) -> Written:
    """Write what an import did, or would do."""
    lines = tuple(list_lines(imported))
    if imported.dry and not imported.unlike and not result.status:
        if view.form == "json":
            return Written(lines=lines, summary="nothing was written")
        return Written(
            text="".join(show_file(each) for each in imported.files), lines=lines, summary="nothing was written"
        )
    return Written(lines=lines, summary="not proven: nothing was written" if result.status else "")


def show_file(file: NewFile) -> str:
    """Show a new file whole, and of one that changes what changes."""
    if file.before is None:
        return f"==> {file.path} <==\n{file.shown}\n"
    from difflib import unified_diff

    before, after = (text.splitlines(keepends=True) for text in (file.before, file.text))
    return f"==> {file.path} <==\n{''.join(unified_diff(before, after, file.path, file.path))}\n"


def list_lines(imported: Imported) -> Iterator[str]:
    """List the lines of the answer."""
    names = join_words(imported.environments)
    count = imported.artifacts
    if imported.unlike:
        for each in imported.unlike:
            where = f"first at `{each.path}`" if each.path else "it is not rendered"
            yield f"{each.environment}/{each.task} would differ from its file: {where}"
        return
    if not imported.files:
        return
    yield f"{names}: {count} of {count} artifacts equal their files"
    yield from list_sizes(imported)
    for omitted in imported.omitted:
        said = [f"{number} {LEFT_OUT[kind][number != 1]}" for kind, number in omitted.counts]
        yield f"skipped in {omitted.environment}: {', '.join(said)}"
    for env, name in imported.sensitive:
        yield f"Terraform marks `{name}` of {env} as sensitive, and its values are now in the sources"
    for env in imported.guessed:
        yield f"the account of {env} is that of its image's registry: no role, secret or parameter names one"
    for task, env, why in imported.whole:
        yield f"not factored: the containers of {task} in {env}, which {why}"
    yield from (state_reason(reason) for reason in imported.reasons)
    if not imported.dry:
        yield from (f"{'changed' if each.before is not None else 'wrote'} {each.path}" for each in imported.files)
    if imported.codes and not imported.kept:
        yield f"`render` will refuse {join_words(imported.codes)}: fix it, or import with --keep-findings"
    if not imported.dry:
        counts = ", ".join(f"{code} ×{count}" for code, count in imported.between)
        yield "next: taskdef check" + (f"    (it compares environments: {counts})" if counts else "")


def list_sizes(imported: Imported) -> Iterator[str]:
    """State how many lines and values there are now."""
    size = imported.size
    percent = round(100 * (size.templates + size.overlays) / max(size.inputs, 1))
    yield f"  templates {size.templates} lines, overlays {size.overlays}: {percent} % of the {size.inputs} lines in the files"
    by = [
        (size.environment, "by `{{ env }}`"),
        (size.home, "by account or region"),
        (size.variables, f"by variables ({list_names(imported.variables)})"),
        (size.patches, "by patches"),
    ]
    counted = [(count, what) for count, what in by if count]
    verb = "differs" if counted and counted[0][0] == 1 else "differ"
    differ = ", ".join(f"{count} {what}" for count, what in counted).replace(" by", f" {verb} by", 1)
    are = "is" if size.shared == 1 else "are"
    shared = f"  {size.shared} of {state_number(size.values, 'value')} {are} shared"
    yield f"{shared}; {differ}" if differ else shared


def list_names(names: tuple[str, ...]) -> str:
    """List names, and of many the first."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[: MOST_NAMES - 1])} and {len(names) - MOST_NAMES + 1} more"


def state_reason(reason: Reason) -> str:
    """State why something is there."""
    values = ", ".join(f"{env} {text}" for env, text in reason.values)
    return f"{reason.kind} {reason.name}: {reason.detail}" + (f" ({values})" if values else "")
