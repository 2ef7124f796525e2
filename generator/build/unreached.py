"""Overlays that no environment reaches, and settings for what is not there: nothing is silently ignored. Builds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build.planning import PlannedProject
from generator.model.findings import Finding, Place, Source, did_you_mean, finding_at
from generator.model.gathering import Report
from generator.model.project import OVERLAY_SUFFIX, TASK_SUFFIX, Project, Settings


def check_whole(planned: PlannedProject, *, settled: bool) -> Iterator[Report]:
    """Report what only a look at the whole project shows. `settled`: nothing else is wrong."""
    yield from check_files(planned, settled=settled)
    yield from check_settings(planned.project)


def check_files(planned: PlannedProject, *, settled: bool) -> Iterator[Report]:
    """Report overlays that no environment reaches (E126, E128): what nobody reads is a mistake.

    Unless it is `settled` that nothing else is wrong, that may be the reason why no environment extends one.
    """
    project = planned.project
    names = tuple(name.removesuffix(OVERLAY_SUFFIX) for name in project.overlays if "/" not in name)
    folders, tasks = frozenset(names), frozenset(project.tasks)
    reached = frozenset(name for each in project.environments for name in planned.find_chain(each).names)
    for path, source in project.overlays.items():
        place = Place(source, 0, 0)
        folder, _, file = path.rpartition("/")
        task = file.removesuffix(OVERLAY_SUFFIX)
        if folder and folder not in folders:
            near = did_you_mean(folder, names)
            help = f"rename the folder to `{near}`" if near else f"add `{folder}{OVERLAY_SUFFIX}` beside the folder"
            message = f"there is no environment `{folder}` for this file"
            yield from report(finding_at(place, "E126", message, help=help, cause=message))
        elif folder and task not in tasks:
            near = did_you_mean(task, project.tasks)
            help = f"rename it to `{near}{OVERLAY_SUFFIX}`" if near else f"add the template `{task}{TASK_SUFFIX}`"
            message = f"there is no task `{task}` for this file"
            yield from report(finding_at(place, "E126", message, help=help, cause=message))
        elif not folder and task.startswith("_") and task not in reached:
            yield from report(*planned.read_overlay(task).findings)
            if settled:
                help = "name it in an `extends`, or delete the file"
                yield from report(finding_at(place, "E128", f"no environment extends `{task}`", help=help))


def check_settings(project: Project) -> Iterator[Report]:
    """Report admitted members that no template and no overlay has, and levels for no environment (E131)."""
    source = project.settings.source
    if source is None:
        return
    texts = [text.text for text in (*project.templates.values(), *project.overlays.values())]
    for name in project.settings.allow_members:
        if not any(name in text for text in texts):
            message = f"`allow_members` admits `{name}`, and no template or overlay has it"
            yield from report(finding_at(find_text(source, name), "E131", message, help="delete it"))
    if project.environments:
        yield from check_names(project, source)


def check_names(project: Project, source: Source) -> Iterator[Report]:
    """Report levels and words to confirm that are for no environment."""
    for name, _ in project.settings.environment_levels:
        if name not in project.environments:
            near = did_you_mean(name, project.environments)
            help = f"write `{near}`" if near else "delete them"
            message = f"`rules` has levels for `{name}`, and there is no such environment"
            yield from report(finding_at(find_word(source, name), "E131", message, help=help, cause=name + help))
    yield from check_order(project, source)
    for word in project.settings.confirm if project.settings.confirm != Settings().confirm else ():
        only = project.settings._replace(confirm=(word,))
        if not any(map(only.asks_about, project.environments)):
            near = did_you_mean(word, project.environments)
            message = f"`confirm` has `{word}`, but no environment has this name"
            help = f"write `{near}`" if near else "delete it"
            yield from report(finding_at(find_text(source, word), "E131", message, help=help))


def check_order(project: Project, source: Source) -> Iterator[Report]:
    """Report names in the order of environments that are none, or are there twice."""
    names = project.settings.environment_order
    for name in dict.fromkeys(names):
        if name not in project.environments:
            near = did_you_mean(name, project.environments)
            message = f"`environment_order` has `{name}`, and there is no such environment"
            help = f"write `{near}`" if near else "delete it"
            yield from report(finding_at(find_text(source, name), "E131", message, help=help, cause=name + help))
        elif names.count(name) > 1:
            message = f"`environment_order` has `{name}` twice"
            yield from report(finding_at(find_text(source, name), "E131", message, help="delete one of the two"))


def report(*findings: Finding) -> Iterator[Report]:
    """Report findings that are about no single artifact."""
    return (Report(finding, None, None) for finding in findings)


def find_text(source: Source, name: str) -> Place:
    """Find where the settings have a text, with its quotes."""
    start = max(source.text.find(f'"{name}"'), source.text.find(f"'{name}'"), 0)
    return Place(source, start, start + len(name) + 2)


def find_word(source: Source, name: str) -> Place:
    """Find where the settings name an environment: as the last part of a header, or in front of `=` or `.`."""
    import re  # only when there is something to report

    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?=[\"']?[ \t]*[\]=.])")
    match = word.search(source.text, max(source.text.find("rules"), 0))
    return Place(source, *match.span()) if match else Place(source, 0, 1)
