"""Settings: what the settings file may say, and where each mistake in it is told."""

from __future__ import annotations

import pytest

from generator.documents.parsing.settings import parse_settings
from generator.model.findings import Finding, Source
from generator.model.project import Settings


def tell(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    """Tell findings as (place, message, help); all of them are E131."""
    assert all(finding.code == "E131" for finding in findings)
    return [(str(finding.location), finding.message, finding.help) for finding in findings]


def read(taskdef: str | None, pyproject: str | None = None) -> tuple[Settings, tuple[Finding, ...]]:
    """Parse settings; where they were read from is not compared."""
    settings, findings = parse_settings(
        None if taskdef is None else Source("taskdef.toml", taskdef),
        None if pyproject is None else Source("pyproject.toml", pyproject),
        rules=("E402", "E504", "W601", "W609"),
        lint_only=("E305",),
    )
    return settings._replace(source=None), findings


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("", Settings()),
        ("# nothing\n", Settings()),
        ('templates = "t"\nenvironments = "e"\nrendered = "r"\n', Settings("t", "e", "r")),
        ('templates = "./a//b/"\n', Settings(templates="a/b")),
        ('templates = "environments2"\n', Settings(templates="environments2")),
        ('templates = "environments"\nenvironments = "templates"\n', Settings("environments", "templates")),
        ("\"rendered\" = 'out'\n", Settings(rendered="out")),
        ('rendered = "über/..x"\n', Settings(rendered="über/..x")),
        ('allow_members = ["a",\n  "b"]\n', Settings(allow_members=("a", "b"))),
        ('environment_order = ["dev", "prod"]\n', Settings(environment_order=("dev", "prod"))),
        ("allow_members = []\n", Settings()),
        ('confirm = ["live", "demo"]\n', Settings(confirm=("live", "demo"))),
        ("confirm = []\n", Settings(confirm=())),
        ('lint_for = ["deploy-action", "render-action"]\n', Settings(lint_for=("deploy-action", "render-action"))),
        ('registered_by = "awscli"\n', Settings(registered_by="awscli")),
        ('[rules]\nE305 = "off"\n', Settings(levels=(("E305", "off"),))),
        ("[rules]\n[rules.prod]\n", Settings(environment_levels=(("prod", ()),))),
        ('[rules]\nW601 = "error"\nE504 = "off"\n', Settings(levels=(("W601", "error"), ("E504", "off")))),
        ('[rules.prod]\nW601 = "off"\n', Settings(environment_levels=(("prod", (("W601", "off"),)),))),
        (
            'rules = {W609 = "note", "eu.prod" = {"W609" = "warning"}}\n',
            Settings(levels=(("W609", "note"),), environment_levels=(("eu.prod", (("W609", "warning"),)),)),
        ),
        (
            'rules.W601 = "error"\nrules.prod.W601 = "off"\nrules.test.E402 = "warning"\n',
            Settings(
                levels=(("W601", "error"),),
                environment_levels=(("prod", (("W601", "off"),)), ("test", (("E402", "warning"),))),
            ),
        ),
    ],
)
def test_settings_are_read(text: str, settings: Settings) -> None:
    assert read(text) == (settings, ())


@pytest.mark.parametrize(
    "text",
    [
        '[tool.taskdef]\ntemplates = "t"\n',
        '[project]\nname = "x"\ntemplates = 1\n\n[ tool . "taskdef" ] # ours\ntemplates = "t"\n',
        '[tool]\ntaskdef = {templates = "t"}\n',
        '[tool]\ntaskdef.templates = "t"\n',
        'tool.taskdef.templates = "t"\n',
        'tool = {taskdef = {templates = "t"}}\n',
        "[tool.'taskdef']\n'templates' = 't'\n",
    ],
)
def test_settings_may_stand_in_pyproject_in_any_form_of_toml(text: str) -> None:
    assert read(None, text) == (Settings(templates="t"), ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[project]\ndependencies = ["taskdef"]\n',
        '[tool.ruff]\nexclude = ["taskdef"]\n',
        "[project\nname = this is no TOML, and no business of ours",
        '[tool.taskdef2]\ntemplates = "t"\n',
    ],
)
def test_a_pyproject_without_settings_is_left_alone(text: str) -> None:
    assert read(None, text) == (Settings(), ())


FOLDERS = "give each its own folder, none inside another"
KNOWN = (
    "the settings are `templates`, `environments`, `rendered`, `allow_members`, `confirm`, `environment_order`, `lint_for`, "
    "`registered_by`, `rules`, `exceptions`"
)
LEVELS = "`off`, `note`, `warning` or `error`"

REFUSED = [
    (
        'registered_by = "deploy_action"\n',
        Settings(),
        [
            (
                "taskdef.toml:1:17",
                "`registered_by` is a tool that taskdef knows, not `deploy_action`",
                "write `deploy-action`",
            )
        ],
    ),
    (
        "registered_by = []\n",
        Settings(),
        [
            (
                "taskdef.toml:1:17",
                "`registered_by` is a tool that taskdef knows, not a list",
                "there are `deploy-action` and `awscli`; remove it for any other",
            )
        ],
    ),
    (
        'lint_for = ["deploy-action", "render_action", "x"]\n',
        Settings(lint_for=("deploy-action",)),
        [
            (
                "taskdef.toml:1:30",
                "`lint_for` has `render_action`, which is not an action that `taskdef lint` knows",
                "write `render-action`",
            ),
            (
                "taskdef.toml:1:47",
                "`lint_for` has `x`, which is not an action that `taskdef lint` knows",
                "there are `render-action` and `deploy-action`",
            ),
        ],
    ),
    (
        '[rules]\nE305 = "note"\n[rules.dev]\nE305 = "off"\n',
        Settings(levels=(("E305", "note"),), environment_levels=(("dev", ()),)),
        [
            (
                "taskdef.toml:4:1",
                "only `taskdef lint` has a level for `E305`, and it knows no environment",
                "move it to `rules` itself",
            )
        ],
    ),
    (
        'rendred = "x"\ncolor = 1\ntemplates = "t"\n[parity]\n  [extra.x]\n',
        Settings(templates="t"),
        [
            ("taskdef.toml:1:1", "there is no setting `rendred`", "write `rendered`"),
            ("taskdef.toml:2:1", "there is no setting `color`", KNOWN),
            ("taskdef.toml:4:2", "there is no setting `parity`", KNOWN),
            ("taskdef.toml:5:4", "there is no setting `extra`", KNOWN),
        ],
    ),
    (
        'templates = 5 # x\nenvironments = ["e"]\nrendered = true\n',
        Settings(),
        [
            ("taskdef.toml:1:13", "`templates` is a text, not a number", None),
            ("taskdef.toml:2:16", "`environments` is a text, not a list", None),
            ("taskdef.toml:3:12", "`rendered` is a text, not `true`", None),
        ],
    ),
    (
        "templates = 2024-01-01\n[rendered]\n",
        Settings(),
        [
            ("taskdef.toml:1:13", "`templates` is a text, not a date or time", None),
            ("taskdef.toml:2:2", "`rendered` is a text, not a table", None),
        ],
    ),
    (
        'templates = "/t"\nenvironments = "C:/e"\nrendered = "a/../../r"\n',
        Settings(),
        [
            ("taskdef.toml:1:13", "`templates` is `/t`, which is not relative to the project", None),
            ("taskdef.toml:2:16", "`environments` is `C:/e`, which is not relative to the project", None),
            ("taskdef.toml:3:12", "`rendered` is `a/../../r`, which leads out of a folder with `..`", None),
        ],
    ),
    (
        'templates = ""\nenvironments = "./."\nrendered = "a\\\\b"\n',
        Settings(),
        [
            ("taskdef.toml:1:13", "`templates` is ``, which is not a folder inside the project", None),
            ("taskdef.toml:2:16", "`environments` is `./.`, which is not a folder inside the project", None),
            ("taskdef.toml:3:12", "`rendered` is `a\\b`, which has a backslash: folders are separated by `/`", None),
        ],
    ),
    (
        'templates = ".git/t"\nenvironments = "a/.GIT"\nrendered = ".gıt"\n',
        Settings(rendered=".gıt"),
        [
            ("taskdef.toml:1:13", "`templates` is `.git/t`, and what lies in `.git` belongs to git", None),
            ("taskdef.toml:2:16", "`environments` is `a/.GIT`, and what lies in `.git` belongs to git", None),
        ],
    ),
    (
        'rendered = "a\\u0000b"\n',
        Settings(),
        [("taskdef.toml:1:12", "`rendered` has a character that cannot be printed", None)],
    ),
    (
        'environments = "rendered/"\nallow_members = ["m"]\n',
        Settings(allow_members=("m",)),
        [("taskdef.toml:1:16", "`environments` is `rendered` and `rendered` is `rendered`", FOLDERS)],
    ),
    (
        '# c\ntemplates = "a/b"\nrendered = "a"\n',
        Settings(),
        [("taskdef.toml:2:13", "`templates` is `a/b` and `rendered` is `a`", FOLDERS)],
    ),
    (
        'allow_members = "m"\n',
        Settings(),
        [("taskdef.toml:1:17", "`allow_members` is a list of names, this is a text", 'write `["name"]`')],
    ),
    (
        'allow_members = ["m", 1]\n',
        Settings(),
        [("taskdef.toml:1:17", "`allow_members` is a list of names, one of these is not text", 'write `["name"]`')],
    ),
    (
        "confirm = true\n",
        Settings(),
        [("taskdef.toml:1:11", "`confirm` is a list of names, this is `true`", 'write `["name"]`')],
    ),
    ('rules = "off"\n', Settings(), [("taskdef.toml:1:9", "`rules` is a table, not a text", None)]),
    (
        '[rules]\nW601 = "eror"\nW609 = "loud"\nE402 = false\nE504 = "off"\n[rules.prod]\nE402 = "warn"\nW601 = "note"\n',
        Settings(levels=(("E504", "off"),), environment_levels=(("prod", (("W601", "note"),)),)),
        [
            ("taskdef.toml:2:8", f"the level of `W601` is {LEVELS}, not `eror`", "write `error`"),
            ("taskdef.toml:3:8", f"the level of `W609` is {LEVELS}, not `loud`", None),
            ("taskdef.toml:4:8", f"the level of `E402` is {LEVELS}, not `false`", None),
            ("taskdef.toml:7:8", f"the level of `E402` is {LEVELS}, not `warn`", "write `warning`"),
        ],
    ),
    (
        '[rules.prod]\nw601 = "off"\nW777x = "off"\n[rules]\nE102 = "off"\nrendered = "out"\n',
        Settings(environment_levels=(("prod", ()),)),
        [
            ("taskdef.toml:5:1", "`E102` is not a rule, so its severity is fixed", "delete it"),
            (
                "taskdef.toml:6:1",
                "there is no rule `rendered`",
                "move it above `rules`: here it belongs to `rules`",
            ),
            ("taskdef.toml:2:1", "there is no rule `w601`", "write `W601`"),
            ("taskdef.toml:3:1", "there is no rule `W777x`", "`taskdef rules` lists them"),
        ],
    ),
    (
        'rules = {prod = {E403 = "off"}}\n',
        Settings(environment_levels=(("prod", ()),)),
        [("taskdef.toml:1:18", "there is no rule `E403`", "write `E402`")],
    ),
    (f"a = {'[' * 5000}", Settings(), [("taskdef.toml:1:1", "this file is nested too deeply", None)]),
    (f"a{'.a' * 100} = 1", Settings(), [("taskdef.toml:1:200", "a key in this file has more than 100 parts", None)]),
    (
        f"# {'.' * 200}\ntemplates = '{'.' * 50}'\nrendered = \"{'.x' * 150}\"",
        Settings("." * 50, rendered=".x" * 150),
        [],
    ),
    (f"a = {'1' * 5000}", Settings(), [("taskdef.toml:1:1", "a number in this file is too long", None)]),
]


@pytest.mark.parametrize(("text", "settings", "expected"), REFUSED)
def test_a_mistake_is_told_at_its_place_and_the_rest_is_read(
    text: str, settings: Settings, expected: list[tuple[str, str, str | None]]
) -> None:
    found, findings = read(text)
    assert (found, tell(findings)) == (settings, expected)


@pytest.mark.parametrize(
    ("text", "place", "note"),
    [
        ("templates = \n", "1:13", "the TOML parser reports: invalid value"),
        ('templates = "t"\n\nrendered "r"\n', "3:10", "the TOML parser reports: expected '=' after a key in a key/value pair"),
        ("a = [1\n", "1:6", "the TOML parser reports: unclosed array"),
        ("a = 1\na = 2\n", "2:6", "the TOML parser reports: cannot overwrite a value"),
    ],
)  # fmt: skip
def test_what_is_not_toml_is_told_with_the_words_of_the_parser(text: str, place: str, note: str) -> None:
    settings, findings = read(text)
    assert (settings, tell(findings)) == (Settings(), [(f"taskdef.toml:{place}", "this is not TOML", None)])
    assert [note.text for note in findings[0].notes] == [note]


def test_mistakes_in_pyproject_are_told_there() -> None:
    text = '[tool.other]\ntemplates = 1\n\n[tool.taskdef]\ntmplates = "x"\nrendered = 5\n'
    assert tell(read(None, text)[1]) == [
        ("pyproject.toml:5:1", "there is no setting `tmplates`", "write `templates`"),
        ("pyproject.toml:6:12", "`rendered` is a text, not a number", None),
    ]
    assert tell(read(None, "[tool]\ntaskdef = 5\n")[1]) == [
        ("pyproject.toml:2:1", "`tool.taskdef` is a table, not a number", None)
    ]
    assert tell(read(None, "[tool.taskdef]\nx = \n")[1]) == [("pyproject.toml:2:5", "this is not TOML", None)]


def test_a_project_has_one_settings_file() -> None:
    settings, findings = read('templates = "t"\n', '[project]\nname = "x"\n\n[tool.taskdef]\ntemplates = "p"\n')
    assert (settings, tell(findings)) == (
        Settings(templates="t"),
        [
            (
                "pyproject.toml:4:1",
                "a project has one settings file, this one has two",
                "move these settings into the other file",
            )
        ],
    )
    assert [note.text for note in findings[0].notes] == ["the other is in taskdef.toml:1:1"]
