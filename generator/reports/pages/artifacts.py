"""Pages of the findings of `taskdef check` about artifacts: E801 to E808, W805."""

from __future__ import annotations

from generator.reports.pages.page import Page

COMMITTED = (
    "a decision of this project: artifacts are committed and reviewed, see [why](../adr/0006-committed-artifacts.md)"
)

ARTIFACTS: dict[str, Page] = {
    "E801": Page(
        title="a field of an artifact is out of date",
        text="""\
A template or an overlay was changed and not rendered, or the artifact was edited by hand. Each field is one finding,
at the line that sets its value. If a template takes the value from a variable, that is the line of the variable.
Values under secret-looking names are masked.""",
        case="E801-field-differs",
        source=COMMITTED,
        passes={},
        run="taskdef render dev",
    ),
    "E802": Page(
        title="an artifact has the right content, but another format",
        text="""\
The same task definition in other bytes: an editor sorted or wrapped it, or line ends were changed on the way.
Artifacts have one form, so that a diff shows only real differences.""",
        case="E802-only-the-format",
        source=COMMITTED,
        passes={},
        run="taskdef render dev",
    ),
    "E803": Page(
        title="an artifact is missing",
        text="""\
An artifact is not committed: a task or an environment is new, or the file was deleted.""",
        case="E803-not-rendered-yet",
        source=COMMITTED,
        passes={},
        run="taskdef render dev",
    ),
    "E804": Page(
        title="no task in any environment produces an artifact",
        text="""\
Its task or environment was removed, renamed or switched off. A tool that registers the whole folder would still
register the file. `taskdef check` looks for such files if the command line names nothing and the sources have no
errors.

`taskdef render` deletes it only if the file has exactly the bytes that `taskdef` writes. It leaves a file that was
edited, or that another program wrote: delete it by hand if nobody needs it.""",
        case="E804-environment-gone",
        source=COMMITTED,
        passes={},
        run="taskdef render",
    ),
    "W805": Page(
        title="a file among the artifacts is not one of them",
        text="""\
Under `rendered` only `<env>/<task>.json` is read, written and deleted. Anything else there is reported and left
alone, because it looks like an artifact that is up to date.

A run that was killed may leave a temporary file, called `.web.json.taskdef.1234.0.tmp`, here or among the overlays.
It is reported when it is an hour old and its process is over, and `taskdef render` removes it.""",
        case="W805-something-else-there",
        source=COMMITTED,
        passes={"rendered/README.md": None},
    ),
    "E806": Page(
        title="nothing was compared",
        text="""\
A check that compared no artifact proves nothing. Each selected task is switched off by `null` under `tasks`.""",
        case="E806-every-task-off",
        source="a decision of this project: a check that compared nothing fails",
        passes={"environments/dev.yaml": "tasks:\n  web: {}\n"},
        run="taskdef render",
    ),
    "E807": Page(
        title="an artifact cannot be read",
        text="""\
The file is not JSON, not an object, or not UTF-8. Usually two branches changed it, and git left conflict markers. A
textual merge of two artifacts is right only by chance: merge the sources and render.""",
        case="E807-merge-conflict",
        source="[git merge, how conflicts are presented](https://git-scm.com/docs/git-merge#_how_conflicts_are_presented)",
        passes={},
        run="taskdef render dev",
    ),
    "E808": Page(
        title="there is a symbolic link among the artifacts",
        text="""\
Writing to a link under `rendered` would change a file that nobody reviews. Neither `rendered` nor anything in it may
be a link.""",
        case="E808-link",
        source="[CWE-59](https://cwe.mitre.org/data/definitions/59.html): improper link resolution before file access",
        passes={"rendered/dev/web.json": None},
        run="taskdef render dev",
    ),
}
