"""Pages of what `taskdef check` finds about artifacts: E801 to E808, W805."""

from __future__ import annotations

from generator.reports.pages.page import Page

COMMITTED = (
    "a decision of this project: artifacts are committed and reviewed, see [why](../adr/0006-committed-artifacts.md)"
)

ARTIFACTS: dict[str, Page] = {
    "E801": Page(
        title="a field of an artifact is out of date",
        text="""\
A template or an overlay was changed and not rendered, or the artifact was edited by hand. Each field is one
finding, at the line that its value comes from; where a template takes it from a variable, that is the variable's
line. What is under a name that looks like a secret's is masked.""",
        case="E801-field-differs",
        source=COMMITTED,
        passes={},
        run="taskdef render dev",
    ),
    "E802": Page(
        title="an artifact is right, and formatted otherwise",
        text="""\
The same task definition in other bytes: an editor sorted or wrapped it, or line ends were changed on the way.
Artifacts have one form, so that a diff shows what is different and nothing else.""",
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
        title="an artifact comes from no source",
        text="""\
Its task or environment is gone, renamed or switched off, and the file would still be registered by whoever takes
all of the folder. It is looked for when nothing was named on the command line and nothing else is wrong with the
sources.

`taskdef render` deletes it only if the file has exactly the bytes that `taskdef` writes. A file that was edited, or
that another program wrote, is left: delete it by hand if nobody needs it.""",
        case="E804-environment-gone",
        source=COMMITTED,
        passes={},
        run="taskdef render",
    ),
    "W805": Page(
        title="a file that is no artifact lies among them",
        text="""\
Under `rendered` only `<env>/<task>.json` is read, written and deleted. Anything else there is left alone, and
named, because it looks like something that is kept up to date.

A run that was killed may leave a temporary file, called `.web.json.taskdef.1234.0.tmp`, here or among the overlays.
It is reported when it is an hour old and its process is over, and `taskdef render` removes it.""",
        case="W805-something-else-there",
        source=COMMITTED,
        passes={"rendered/README.md": None},
    ),
    "E806": Page(
        title="nothing was compared",
        text="""\
A check that looked at no artifact has not found that all is well. Every task that was asked for is switched off by
`null` under `tasks`.""",
        case="E806-every-task-off",
        source="a decision of this project: a check that looked at nothing has failed",
        passes={"environments/dev.yaml": "tasks:\n  web: {}\n"},
        run="taskdef render",
    ),
    "E807": Page(
        title="an artifact cannot be read",
        text="""\
It is no JSON, no object, or not UTF-8. Most often two branches changed it and git left its marks in it. A textual
merge of two artifacts is right only by chance: merge the sources and render.""",
        case="E807-merge-conflict",
        source="[git merge, how conflicts are presented](https://git-scm.com/docs/git-merge#_how_conflicts_are_presented)",
        passes={},
        run="taskdef render dev",
    ),
    "E808": Page(
        title="there is a symbolic link among the artifacts",
        text="""\
A link under `rendered` would be written through, to a file outside of what is reviewed. Nothing under it may be
one, nor `rendered` itself.""",
        case="E808-link",
        source="[CWE-59](https://cwe.mitre.org/data/definitions/59.html): improper link resolution before file access",
        passes={"rendered/dev/web.json": None},
        run="taskdef render dev",
    ),
}
