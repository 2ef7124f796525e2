"""Writes the documents that come from code: pages of codes, their index, the command reference, what is compared as the same, schemas.

Refuses to word anything itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

from generator.adopt.init.texts import load_text
from generator.cli import statuses
from generator.cli.groups import COMMANDS, cli, load_command
from generator.commands.schema import make_text
from generator.documents.schemas.files import FILES, KINDS
from generator.ecs import defaults
from generator.ecs.causes import CAUSES
from generator.ecs.lists import MAPS, ROWS
from generator.ecs.network import SHARED
from generator.ecs.shapes import read_only
from generator.ecs.signs import SAID, WRITTEN
from generator.ecs.stops import EXITS, FAILED, STOP_CODES
from generator.model.findings import SEVERITIES
from generator.model.project import Settings
from generator.model.tags import OWN_TAGS
from generator.reports.pages import DATE, PAGES, Page
from generator.reports.pages.demands import DEMANDS, TELLS
from generator.reports.pages.entries import ENTRIES, Known
from generator.rules import LINT_ONLY, RULES

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "errors"
DOCS = ROOT / "docs"

OWN = ("codes", "command", "expected.txt", "recipe")
"""Files of a case that are not part of its project."""

LANGUAGES = {".j2": "jinja", ".json": "json", ".md": "markdown", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}
FINDING = re.compile(r"^(?:.*: )?(?:error|warning|note)\[(\w+)\]: (.*)$", re.MULTILINE)

STATUSES = {
    statuses.DONE: "done",
    1: "at least one error, with `--strict` at least one warning, or an artifact that is out of date;"
    " from `render --exit-code` and `schema --exit-code`, a file that was written or deleted",
    statuses.REFUSED: "wrong usage, a file that cannot be opened, decoded or written, a time limit, or a refusal by AWS",
    statuses.BUG: "a bug in `taskdef`; the message lists what to report",
    130: "interrupted",
    statuses.CLOSED: "the reader of a pipe closed it; no message",
}


def main() -> None:
    """Write all documents, and delete pages of codes that are gone."""
    documents = generate_documents()
    for path in sorted((DOCS / "errors").glob("*.md")):
        if f"errors/{path.name}" not in documents:
            path.unlink()
            print(f"deleted docs/errors/{path.name}")
    for name, text in documents.items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote docs/{name}")
    print(f"docs: {len(documents)} documents are as the code says")


def generate_documents() -> dict[str, str]:
    """Generate the text of each document, by its path below `docs`."""
    pages = {f"errors/{code}.md": format_page(code, page) for code, page in sorted(PAGES.items())}
    return {
        **pages,
        "errors/README.md": format_index(),
        "examples/renovate.json": load_text("renovate.json"),  # what `init` writes
        "normalization.md": format_normalization(),
        "diagnoses.md": format_diagnoses(),
        "reference.md": format_reference(),
        "rules.md": format_rules(),
        **{f"schemas/{FILES[kind]}": make_text(kind, Settings()) for kind in KINDS},
    }


# Pages of codes.


def format_page(code: str, page: Page) -> str:
    """Write the page of one code: its meaning, a project that fails, the messages, the fix and the sources."""
    case = CASES / page.case
    parts = [f"# {code}: {page.title}", page.text, state_level(code), "## For example"]
    if page.applies:
        parts.insert(2, f"Condition: {page.applies}.")
    parts += [*format_files(read_project(case)), *format_recipe(case)]
    parts.append(fence("console", f"$ taskdef {read_own(case, 'command', 'check')}\n{read_output(case)}"))
    parts.append("## Mended")
    parts += format_files({path: text for path, text in page.passes.items() if text is not None})
    parts += [f"`{path}` is deleted." for path, text in page.passes.items() if text is None]
    if page.run:
        parts.append(fence("console", f"$ {page.run}"))
    if page.aws:
        parts += ["## The message of AWS", fence("text", page.aws)]
    parts += ["## Source", f"{capitalize(page.source)}. As of {DATE}."]
    others = [folder.name for folder in list_cases(code) if folder.name != page.case]
    if others:
        listed = [f"- [{name[5:].replace('-', ' ')}](../../tests/errors/{name}/expected.txt)" for name in others]
        parts += ["## More cases", "\n".join(listed)]
    return "\n\n".join(parts) + "\n"


def capitalize(source: str) -> str:
    """Begin a sentence with a capital letter, unless it begins with the name of a repository."""
    return source if "/" in source.split(" ")[0] else f"{source[0].upper()}{source[1:]}"


def state_level(code: str) -> str:
    """State the severity of a code, and whether settings may change it."""
    if code in LINT_ONLY:
        return (
            f"Its severity is {SEVERITIES[code[0]]}. For `taskdef lint`, [the settings](../settings.md#rules) may change it; "
            "no artifact has it."
        )
    if code not in RULES:
        return f"Its severity is {SEVERITIES[code[0]]}, always."
    return f"Its severity is {RULES[code].level}, unless [the settings](../settings.md#rules) change it."


def format_files(files: dict[str, str]) -> list[str]:
    return [f"`{path}`:\n\n{fence(LANGUAGES.get(Path(path).suffix, ''), text)}" for path, text in files.items()]


def format_recipe(case: Path) -> list[str]:
    """Say in words what of a case's project is no text file."""
    said = {"link": "`{}` is a symbolic link to `{}`.", "bytes": "`{}` has the bytes `{}`."}
    lines = [line.split(" ") for line in read_own(case, "recipe", "").splitlines()]
    return [said[kind].format(path, content) for kind, path, content in lines]


def fence(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def format_index() -> str:
    """Write the index: by code, by the message of AWS, and by the message of the command line in each case."""
    codes = [f"| [{code}]({code}.md) | {escape(page.title)} |" for code, page in sorted(PAGES.items())]
    messages = sorted({message for code in PAGES for case in list_cases(code) for message in find_messages(case)})
    said = [f"| {escape(message)} | [{code}]({code}.md) |" for message, code in messages]
    answers = sorted({(line, code) for code, page in PAGES.items() for line in page.aws.splitlines() if line.strip()})
    answered = [f"| {escape(line)} | [{code}]({code}.md) |" for line, code in answers]
    return "\n".join(
        [
            "# Errors, warnings and notes",
            "",
            "Each code has a page: its meaning, an example, and the fix. Codes are stable and never reused:",
            "E1xx is reading, parsing and rendering, E2xx merging, E3xx the shape of a task definition, E4xx what ECS refuses,",
            "E5xx what registers but does not start, W6xx practice, W7xx differences between environments, E8xx artifacts; a W is a",
            "warning or a note.",
            "",
            "## By code",
            "",
            "| code | the mistake |",
            "|---|---|",
            *codes,
            "",
            "## By the message of AWS",
            "",
            "The messages of ECS, its agent or its clients for the same mistake, as far as they are known.",
            "",
            "| message | code |",
            "|---|---|",
            *answered,
            "",
            "## By the message of taskdef",
            "",
            "The messages of all cases in `tests/errors`, with the names in them.",
            "",
            "| message | code |",
            "|---|---|",
            *said,
            "",
            *("```{toctree}", ":hidden:", ":glob:", "", "E*", "W*", "```"),  # the pages of the site in their order
            "",
        ]
    )


def find_messages(case: Path) -> Iterable[tuple[str, str]]:
    return ((message, code) for code, message in FINDING.findall(read_output(case)))


# Rules.


def format_rules() -> str:
    """Write the table of the demands of ECS, with their codes, levels and tests."""
    rows = [row for entry in ENTRIES for row in format_entry(entry)]
    practice = [code for code in RULES if not any(code in entry.codes for entry in ENTRIES)]
    rows += [
        f"| | {escape(PAGES[code].title)} | {link_code(code)} | {find_level(code)} | {link_tests(code)} |"
        for code in practice
    ]
    return "\n".join(
        [
            "# Rules",
            "",
            "The known demands on task definitions: what ECS refuses, what does not start, and bad practice, with the code that",
            "reports each. Sections: A envelope, B sizes, C network and ports, D containers, E roles and secrets, F logging,",
            "G volumes, H platform. Rows without a number are practice without an AWS rule.",
            "",
            "| | the demand | code | severity | tests |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "## Demands in the documentation without a code",
            "",
            "Every sentence in the service model's documentation that demands something of a task definition has a code above, or is",
            "listed here with the reason for having none.",
            "",
            "| member | words of the sentence | why no code reports it |",
            "|---|---|---|",
            *(
                f"| `{demand.member}` | {escape(demand.words)} | {demand.reason} |"
                for demand in DEMANDS
                if demand.reason not in ("", TELLS)
            ),
            "",
        ]
    )


def format_entry(entry: Known) -> Iterable[str]:
    """Write the row of one entry for each of its codes."""
    if not entry.codes:
        yield f"| {entry.id} | {escape(entry.asks)} | none | | {escape(entry.reason)} |"
    for index, code in enumerate(entry.codes):
        head = f"| {entry.id} | {escape(entry.asks)} " if index == 0 else "| | "
        yield f"{head}| {link_code(code)} | {find_level(code)} | {link_tests(code)} |"


def link_code(code: str) -> str:
    return f"[{code}](errors/{code}.md)"


def find_level(code: str) -> str:
    return RULES[code].level if code in RULES else SEVERITIES[code[0]]


def link_tests(code: str) -> str:
    """Link the tables of a code's rule, and its first case."""
    module = RULES[code].module if code in RULES else ""
    home = (
        f"tests/rules/test_{module}.py" if module else UNIT_TESTS.get(code) or UNIT_TESTS.get(code[:2], UNIT_TESTS[""])
    )
    return f"[{Path(home).stem}](../{home}), [{PAGES[code].case}](../tests/errors/{PAGES[code].case}/expected.txt)"


UNIT_TESTS = {
    "E517": "tests/rules/test_placeholders.py",
    "W635": "tests/rules/test_placeholders.py",
    "W636": "tests/rules/test_registrars.py",
    "W7": "tests/unit/review/test_environments.py",
    "W6": "tests/unit/build/test_suppressing.py",
    "": "tests/unit/rules/test_conforming.py",
}
"""Where codes are tested that no module of rules gives."""


def escape(text: str) -> str:
    """Make text fit a cell of a table."""
    return text.replace("|", "\\|")


# What is compared as the same.


def format_normalization() -> str:
    """Write what counts as the same when a definition is compared with a registered one, and who says so."""
    rows = defaults.DEFAULTS.items()
    modes = " or ".join(f"`{mode}`" for mode in SHARED)
    filled = [format_default(*each) for each in rows if each[1].filled]
    filled.append(
        f"| `PortMapping` | `hostPort`, also one of `0` | the container's own port in the network modes {modes} | yes "
        f"| {defaults.SHARED_PORT} |"
    )
    nothing = [format_default(*each) for each in rows if not each[1].filled]
    nothing += [
        f"| | {each.what} | `{each.text}` | {yes_or_no(each.proven)} | {each.source} |" for each in defaults.EMPTY
    ]
    apart = [
        f"| {name_owner(each.structure)} | `{each.member}` | `{each.written or QUOTES}` | {each.reason} |"
        for each in defaults.APART
    ]
    named = [
        f"| `{row.path}` | {', '.join(f'`{name}`' for name in row.identity)} |" for row in ROWS.values() if row.identity
    ]
    sets = [f"`{row.path}`" for row in ROWS.values() if row.order.endswith("set")]
    sets += [f"`{ROWS[key].path}`" for key in sorted(defaults.REORDERED)]
    roles = [f"`{member}`" for member in sorted(defaults.ROLES)]
    maps = [f"`{member}` of a `{owner}`" for owner, member in sorted(MAPS)]
    return "\n".join(
        [
            "# What counts as the same",
            "",
            "`register`, `revisions` and `diff` compare a task definition with a registered one as ECS sees both: order and",
            "defaults make no difference, and no revision. `taskdef register --why` shows the values that ECS filled in. Nothing",
            "of this is ever written to an artifact. A reference to a container or volume is the same if its target is the same,",
            "even if the names differ.",
            "",
            "The registered side is read from the answer of ECS itself, so the release of boto3 makes no difference. A member that",
            "taskdef does not know is compared as written: every other value is a difference, and a note names the member.",
            "",
            "## What ECS fills in",
            "",
            "A row is proven if ECS was seen to store or return the value without having received it. An unproven row is kept as",
            "long as it cannot suppress a change; `taskdef register --why` and `taskdef diff --why` show it where it decides.",
            "",
            "| structure | missing member | counts as | proven | source |",
            "|---|---|---|---|---|",
            *filled,
            "",
            "## Values that count as no member",
            "",
            "| structure | member | value | proven | source |",
            "|---|---|---|---|---|",
            *nothing,
            "",
            f"The lists that ECS returns are {', '.join(f'`{member}`' for _, member in sorted(defaults.ANSWERED))}.",
            "",
            "## Values that still count as a difference",
            "",
            "| structure | member | value | why |",
            "|---|---|---|---|",
            *apart,
            "",
            "## Members and lists without an order",
            "",
            f"- Members, and the keys of maps: {', '.join(maps)}.",
            f"- The items of {', '.join(sets)}.",
            "- These lists, whose items are compared by identity; for a container or volume with an `$id` in the template, that is",
            "  the identity.",
            "",
            "| list | by |",
            "|---|---|",
            *named,
            "",
            "Every other list is compared in its order.",
            "",
            "## Values with two spellings",
            "",
            "- `cpu` and `memory` of the task: `1 vCPU` is `1024`, `2 GB` is `2048`.",
            f"- {' and '.join(roles)}: the bare name of a role, or its path and name, and its whole ARN.",
            "- A number in JSON, and the same digits as text, where ECS needs text.",
            "",
            "## What is not compared",
            "",
            f"- Members that only ECS can set: {', '.join(f'`{member}`' for member in read_only())}.",
            f"- The tags that `taskdef register` adds: {', '.join(f'`{tag}`' for tag in OWN_TAGS)}.",
            "- All tags, if an answer of describe-task-definition was saved without `--include TAGS`.",
            "",
            "The reordering by ECS is as cdk-real-drift observed it (`src/normalize/noise.ts`, read 2026-11-24).",
            "",
        ]
    )


QUOTES = '""'


def format_default(key: tuple[str, str], default: defaults.Default) -> str:
    """Write the row of one value that stands for none."""
    owner, member = key
    return f"| {name_owner(owner)} | `{member}` | `{default.text}` | {yes_or_no(default.proven)} | {default.source} |"


def yes_or_no(proven: bool) -> str:
    return "yes" if proven else "no"


def name_owner(structure: str) -> str:
    return "the task" if structure == "RegisterTaskDefinitionRequest" else f"`{structure}`"


# Cases.


def list_cases(code: str) -> list[Path]:
    return sorted(CASES.glob(f"{code}-*"))


def read_project(case: Path) -> dict[str, str]:
    """Read the files of a case's project, templates first, artifacts last."""
    files = [path for path in case.rglob("*") if path.is_file() and path.relative_to(case).as_posix() not in OWN]
    names = [path.relative_to(case).as_posix() for path in files]
    order = ("taskdef.toml", "pyproject.toml", "templates", "environments")
    names.sort(key=lambda name: (*(not name.startswith(part) for part in order), name))
    return {name: (case / name).read_text(encoding="utf-8") for name in names}


def read_own(case: Path, name: str, default: str) -> str:
    file = case / name
    return file.read_text(encoding="utf-8").rstrip("\n") if file.exists() else default


def read_output(case: Path) -> str:
    """Read what a case's command says, without the exit status in the last line."""
    return (case / "expected.txt").read_text(encoding="utf-8").rpartition("exit ")[0]


# Diagnoses.


def format_diagnoses() -> str:
    """Write the table of causes: what is wrong, the line it points to, what to do; and how each is known."""
    causes = [
        f"| `{code}` | {escape(cause.title)} | {escape(cause.line)} | {escape(cause.help)} |"
        for code, cause in CAUSES.items()
    ]
    said = [f"| {escape(text)} | `{code}` |" for code in CAUSES for text in tell_signs(code)]
    return "\n".join(
        [
            "# Diagnoses",
            "",
            "The causes that `taskdef diagnose` finds, and the line of the overlay or template for each.",
            "",
            "The messages of AWS come first: the reason of a container, that of its task, the events of the service since it was last",
            "steady. If they show no cause, the exit code of the container that ended first counts, with the last lines of its log;",
            "then the stop code. If several tasks of the revision failed last, the most frequent cause counts, and of equally",
            "frequent ones the newest.",
            "",
            "A task that was stopped for a deployment, for a scale-in or by somebody did not fail, nor did a task without a service",
            "that ended with exit code 0. The exit codes 137 and 143 of a stopped task only show how it ended: ECS asks a container",
            "to end, and kills it if it does not. 139 never means that memory ran out.",
            "",
            "If no line is named, the message states whether no line fixes the failure, which is certain for the subnets of a",
            "service, for example, or whether the line is unknown: a program may fail because of a variable, a command or itself.",
            "",
            *show_screens(),
            "## By cause",
            "",
            "| cause | the mistake | the line to change | what to do |",
            "|---|---|---|---|",
            *causes,
            "",
            "## By message",
            "",
            "Messages of AWS and logs of containers; names and accounts are made up.",
            "",
            "| message | cause |",
            "|---|---|",
            *said,
            "",
        ]
    )


def show_screens() -> list[str]:
    """Show what the three troubles of those who run tasks look like, as the tests see them."""
    screens = sorted((ROOT / "tests" / "acceptance" / "screens").glob("*.txt"))
    said = [fence("console", f"$ taskdef diagnose dev\n{path.read_text(encoding='utf-8')}") for path in screens]
    return ["## For example", "", *(line for text in said for line in (text, ""))]


def tell_signs(code: str) -> list[str]:
    """List the signs of a cause: messages of AWS, logs of a container, its exit code, the stop code of its task."""
    said = [text for sign in SAID if sign.cause == code for text in sign.examples]
    written = [f"in the log: {text}" for sign in WRITTEN if sign.cause == code for text in sign.examples]
    exits = [f"exit code {number}: {exit.meaning}" for number, exit in EXITS.items() if exit.cause == code]
    exits += ["any other exit code"] if code == FAILED else []
    codes = [f"stop code `{stop}`, where nothing else tells" for stop, cause in STOP_CODES.items() if cause == code]
    return [*said, *written, *exits, *codes]


# The command reference.


def format_reference() -> str:
    """Write every command with its options, from what click knows of them."""
    commands = [(name, load_command(name)) for name in sorted(COMMANDS)]
    common = [option for option in list_options(cli) if all(has_option(command, option) for _, command in commands)]
    own = [option for option in list_options(cli) if option not in common]
    shared = frozenset(map(spell_option, common))  # a command may have forms of its own
    parts = ["# Command reference", "Generated from the command line's own help by `make docs`."]
    parts += [unwrap(cli.help).split("\n\n")[0], fence("console", "$ taskdef [OPTIONS] COMMAND [ARGS]...")]
    parts += [
        format_options([*own, *common]),
        f"All but {', '.join(map(spell_option, own))} may stand after the command too.",
    ]
    for name, command in commands:
        arguments = [param.human_readable_name for param in command.params if isinstance(param, click.Argument)]
        usage = " ".join(["taskdef", name, "[OPTIONS]", *arguments])
        options = [option for option in list_options(command) if spell_option(option) not in shared]
        parts += [f"## taskdef {name}", unwrap(command.help), fence("console", f"$ {usage}"), format_options(options)]
    statuses = "\n".join(f"| {status} | {meaning} |" for status, meaning in sorted(STATUSES.items()))
    parts += ["## Exit statuses", f"The same for every command.\n\n| status | means |\n|---|---|\n{statuses}"]
    parts.append("Results go to stdout, progress and remarks to stderr; for `check`, findings are the result.")
    parts.append(
        "Shell completion: see [shell-completion.md](shell-completion.md). Codes of findings: see [errors](errors/README.md)."
    )
    return "\n\n".join(parts) + "\n"


def list_options(command: click.Command) -> list[click.Option]:
    return [param for param in command.params if isinstance(param, click.Option) and not param.hidden]


def has_option(command: click.Command, option: click.Option) -> bool:
    return any(option.name == other.name for other in list_options(command))


def format_options(options: list[click.Option]) -> str:
    rows = [f"| {spell_option(option)} | {escape(option.help or '')}{name_default(option)} |" for option in options]
    return "\n".join(["| option | does |", "|---|---|", *rows, "| `-h, --help` | Show this message and exit. |"])


def spell_option(option: click.Option) -> str:
    """Spell an option with its value: `--task TASK`; or with its opposite: `--renovate, --no-renovate`."""
    value = "" if option.is_flag else f" {option.metavar or name_value(option)}"
    names = f"`{', '.join((*option.opts, *option.secondary_opts))}{escape(value)}`"
    return f"{names}, repeatable" if option.multiple else names


def name_value(option: click.Option) -> str:
    return "|".join(option.type.choices) if isinstance(option.type, click.Choice) else option.type.name.upper()


def name_default(option: click.Option) -> str:
    """Name the choice that holds where none is made, if one does."""
    default = option.default if isinstance(option.type, click.Choice) else None
    return f" Default: `{default}`." if isinstance(default, str) else ""


def unwrap(text: str | None) -> str:
    """Join the lines of each paragraph of a help text."""
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


if __name__ == "__main__":
    main()
