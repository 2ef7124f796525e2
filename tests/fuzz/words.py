"""Which command is run on a project, and in which form: every mode with every form, and with options drawn at random."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.fuzz import answers as account
from tests.fuzz.history import Commit, draw_range
from tests.fuzz.seeds import Files

FINDINGS = ("text", "json", "github", "sarif", "junit")
FORMS = {
    "render": FINDINGS,
    "check": FINDINGS,
    "check --fix": FINDINGS,
    "lint": FINDINGS,
    "lint --fix": FINDINGS,
    "explain": ("text", "json"),
    "diff": ("text", "json", "markdown"),
    "diff range": ("text", "json", "markdown"),
    "matrix": ("text", "csv", "json", "markdown", "html"),
    "rules": ("text", "json"),
} | (dict.fromkeys(account.WORDS, ("text", "json")) if account.INSTALLED else {})
"""The modes, each with its forms. `html` is the page of `matrix --html`; those that ask AWS are there where boto3 is."""

PAIRS = tuple((mode, form) for mode, forms in FORMS.items() for form in forms)
PAGE = "page.html"
PATHS = (
    "family",
    "containerDefinitions",
    "containerDefinitions[web].image",
    "containerDefinitions[0]",
    "a[",
    "tags[x].value",
    "\x1b",
)


class Case(NamedTuple):
    """One run: a project, the words of the command line, what stdin has, the commits of the project, and what AWS answers."""

    mode: str
    form: str
    files: Files
    words: tuple[str, ...]
    stdin: bytes = b""
    history: tuple[Commit, ...] = ()
    answers: account.Answers = ()


def make_account_case(mode: str, form: str, files: Files, answers: account.Answers, chance: Random) -> Case:
    """Choose the words for a mode that asks AWS."""
    words = (mode.split()[0], *account.WORDS[mode](chance), *chance.choice(((), (), ("--strict",), ("-v",), ("-q",))))
    return Case(mode, form, files, (*words, "--format", form), answers=answers)


def make_case(mode: str, form: str, files: Files, chance: Random, history: tuple[Commit, ...] = ()) -> Case:
    """Choose the words for a mode and a form; those of a range lead into `history`."""
    words, stdin = choose_range(files, history, chance) if mode == "diff range" else WORDS[mode](files, chance)
    words = [mode.split()[0], *words, *chance.choice(((), (), (), ("--strict",), ("-v",), ("-q",)))]
    if mode != "rules":
        words += ["--time-limit", "60"]
    if chance.random() < 0.05:
        words += ["--color", "always"]
    if chance.random() < 0.05 and "--html" not in words:
        words += ["--project", "../work"]
    return Case(
        mode, form, files, (*words, *(("--html", PAGE) if form == "html" else ("--format", form))), stdin, history
    )


def list_environments(files: Files) -> list[str]:
    """Name the environments that the overlays are of, and one that there is none of."""
    names = [name[len("environments/") : -len(".yaml")] for name in files if name.startswith("environments/")]
    return [name for name in names if name and not name.startswith(("_", "-"))] or ["dev"]


def list_tasks(files: Files) -> list[str]:
    """Name the tasks that the templates are of, and one that there is none of."""
    found = re.findall(r"^templates/([^_\n][^\n]*)\.json\.j2$", "\n".join(sorted(files)), re.MULTILINE)
    return found or ["web"]


def list_documents(files: Files) -> list[str]:
    return [name for name in files if name.endswith(".json")] or ["none.json"]


Words = tuple[list[str], bytes]


def choose_render(files: Files, chance: Random) -> Words:
    environments = list_environments(files)
    options: tuple[list[str], ...] = (
        [],
        [],
        ["--stdout"],
        ["--stdout", "--set", "image=x"],
        ["--output-dir", "out"],
        ["--list"],
        ["--exit-code"],
        ["--task", "web"],
    )
    return [*chance.choice(options), *chance.choice(([], [], [chance.choice(environments)]))], b""


def choose_check(files: Files, chance: Random) -> Words:
    return chance.choice(([], [], [], [chance.choice(list_environments(files))], ["--task", "web"])), b""


def choose_lint(files: Files, chance: Random) -> Words:
    document = chance.choice(list_documents(files))
    words = chance.choice(([document], [document], [document, "-"], ["-"], ["."], ["**/*.json"]))
    return list(words), files.get(document, b"") if "-" in words else b""


def choose_lint_fix(files: Files, chance: Random) -> Words:
    words, stdin = choose_lint(files, chance)
    return [*words, "--fix", *chance.choice(([], ["--diff"]))], stdin


def choose_explain(files: Files, chance: Random) -> Words:
    environment = chance.choice(list_environments(files))
    document = chance.choice(list_documents(files))
    return list(
        chance.choice(
            (
                [environment],
                [environment, "--vars"],
                [f"{environment}/web", chance.choice(PATHS)],
                [f"{environment}/web"],
                [document],
                [f"{document}:{chance.randint(0, 40)}"],
            )
        )
    ), b""


def choose_diff(files: Files, chance: Random) -> Words:
    environments, documents = list_environments(files), list_documents(files)
    left, right = (chance.choice(environments) for _ in range(2))
    first, second = (chance.choice(documents) for _ in range(2))
    words = chance.choice(
        (
            [left, right],
            [left, right],
            [f"{left}/web", f"{right}/web"],
            [first, second],
            [first, left],
            [first, "-"],
            ["HEAD.."],
        )
    )
    return list(words), files.get(second, b"") if "-" in words else b""


def choose_range(files: Files, history: tuple[Commit, ...], chance: Random) -> Words:
    task = chance.choice(list_tasks(files)) if chance.random() < 0.95 else "web"
    options = chance.choice(([], [], [], ["--by-cause"], ["--by-cause"], ["--task", task]))
    return [*options, draw_range(history, chance)], b""


def choose_matrix(files: Files, chance: Random) -> Words:
    return [*chance.choice(([], ["--all"])), *chance.choice(([], [], list_environments(files)[:2]))], b""


def choose_rules(files: Files, chance: Random) -> Words:
    return chance.choice(([], [], ["W601"], ["E104"], ["E999"], ["x\x1b"])), b""


WORDS: dict[str, Callable[[Files, Random], Words]] = {
    "render": choose_render,
    "check": choose_check,
    "check --fix": lambda files, chance: (["--fix"], b""),
    "lint": choose_lint,
    "lint --fix": choose_lint_fix,
    "explain": choose_explain,
    "diff": choose_diff,
    "matrix": choose_matrix,
    "rules": choose_rules,
}
