"""The command line: words to values, results to streams, failures to statuses. The only home of click and of the clock."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NoReturn, TextIO, TypedDict, TypeVar, Unpack, cast

import click

from generator import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from generator.diagnostics import Severity
    from generator.reporting import Format
    from generator.reporting.matrix import Form
    from generator.reporting.result import Result

DONE, FOUND, REFUSED, BUG, INTERRUPTED, CLOSED = 0, 1, 2, 3, 130, 141
"""Exit statuses: all is well; findings say it is not; the run could not start or go on; our fault; Ctrl-C; a closed pipe."""

Function = TypeVar("Function", bound=Callable[..., object])


class Common(TypedDict):
    """The options of every command."""

    project: str
    form: Format
    color: str
    quiet: bool
    verbose: bool
    strict: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give the exit status; the one place where failures end. An interrupt is for `__main__`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return run(words)
    except BrokenPipeError:
        return drop_stdout()
    except Exception as error:  # noqa: BLE001 - the one place that may: a bug is told as one
        return fail_with(error, words)


def run(words: list[str]) -> int:
    """Run a command; whatever it raises goes through."""
    if "_TASKDEF_COMPLETE" in os.environ:  # the shell asks what could follow; click answers and ends the process
        cli.main(list(words), prog_name="taskdef")
    try:
        with cli.make_context("taskdef", list(words)) as context:
            cli.invoke(context)
        status = DONE
    except click.exceptions.Exit as ending:
        status = ending.exit_code
    return status


# Failures.


def fail_with(error: Exception, words: list[str]) -> int:
    """End because of an exception: what the user can mend is told in a line, anything else is a bug of ours."""
    from generator.commands.selecting import WrongUsage
    from generator.diagnostics import InputError

    if isinstance(error, WrongUsage | InputError):
        return refuse(str(error), words)
    if isinstance(error, click.ClickException):
        message = error.format_message().rstrip(".")
        context = error.ctx if isinstance(error, click.UsageError) else None
        command = context.command_path if context else "taskdef"
        return refuse(message[:1].lower() + message[1:], words, f"`{command} --help` tells what there is")
    if isinstance(error, OSError):
        where = error.filename or "cannot write to stdout"  # all else that is opened has a name
        return refuse(f"{where}: {(error.strerror or str(error)).lower()}", words)
    from traceback import format_exception

    system = f"taskdef {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    trace = "".join(format_exception(error))
    return fail(
        f"this is a bug in taskdef, not in your files; please report all of the following\n{system}\n{trace}", BUG
    )


def refuse(message: str, words: list[str], help: str | None = None) -> int:
    """End because a command could not start or go on; in JSON, if that was asked for."""
    from itertools import pairwise

    if "--format=json" in words or ("--format", "json") in pairwise(words):
        from generator.reporting.json import format_error

        send(sys.stderr if "--stdout" in words else sys.stdout, format_error(message, REFUSED))
        return REFUSED
    return fail(f"error: {escape_message(message)}" + (f"\n  help: {help}" if help else ""), REFUSED)


def fail(message: str, status: int) -> int:
    """Say why the process ends."""
    try:
        send(sys.stderr, message.rstrip("\n") + "\n")
    except OSError:
        return status  # nobody listens
    return status


def drop_stdout() -> int:
    """End because nobody reads on: silently, at shutdown too."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(null, stream.fileno())
    return CLOSED


# Streams.


def send(stream: TextIO | None, text: str) -> None:
    """Write text to a stream: as UTF-8, or as a terminal wants it."""
    if stream is None or not text:  # a process may be started without one
        return
    encoding = stream.encoding if stream.isatty() else "utf-8"
    stream.flush()
    stream.buffer.write(text.encode(encoding, "backslashreplace"))
    stream.buffer.flush()


def show(result: Result, common: Common) -> NoReturn:
    """Write a result to the streams, and end with its status."""
    from generator.reporting import format_result
    from generator.reporting.result import select_shown

    form = common["form"]
    shown = result if form == "json" else select_shown(result, verbose=common["verbose"], quiet=common["quiet"])
    stream = sys.stdout if result.judging else sys.stderr
    report = format_result(
        shown._replace(strict=common["strict"]),
        form,
        color=choose_color(common["color"], stream),
        root=common["project"],
    )
    send(sys.stderr, report.err)
    send(sys.stdout, report.out)
    for message in result.refused:
        fail(f"error: {escape_message(message)}", REFUSED)
    click.get_current_context().exit(result.status)


def escape_message(message: str) -> str:
    """Spell out what a terminal would not show: a message may name a file, and a file may be called anything."""
    from generator.reporting.text import escape

    return escape(message)


def choose_color(wish: str, stream: TextIO | None) -> bool:
    """Decide on colour; `auto` is for terminals, unless NO_COLOR is set (https://no-color.org)."""
    if wish != "auto":
        return wish == "always"
    return (
        stream is not None and stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


class Progress:
    """A line on a terminal's stderr that tells how far a long run is, and is gone at its end."""

    PATIENCE = 1.0  # seconds

    def __init__(self, *, quiet: bool, noun: str = "artifacts") -> None:
        from time import monotonic

        self.clock = monotonic
        self.start = monotonic()
        self.count = 0
        self.noun = noun
        self.shown = False
        self.quiet = quiet or sys.stderr is None or not sys.stderr.isatty()

    def advance(self, path: str) -> None:
        """Hear that one more is through."""
        self.count += 1
        if not self.quiet and self.clock() - self.start > self.PATIENCE:
            self.shown = True
            send(sys.stderr, f"\r\x1b[K{self.count} {self.noun} through, {path}"[:100])

    def __enter__(self) -> Callable[[str], None]:
        return self.advance

    def __exit__(self, *_: object) -> None:
        if self.shown:
            send(sys.stderr, "\r\x1b[K")


# Completion.


def complete_environment(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return complete_name(context, incomplete, 0)


def complete_task(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return complete_name(context, incomplete, 1)


def complete_name(context: click.Context, incomplete: str, kind: int) -> list[CompletionItem]:
    """Offer the names of environments (0) or tasks (1) that files have; no file is opened."""
    from click.shell_completion import CompletionItem

    from generator.diagnostics import InputError
    from generator.loading import list_names

    line = click.core.ParameterSource.COMMANDLINE
    chain = (each for each in (context, context.parent) if each and each.get_parameter_source("project") is line)
    root = next((each.params["project"] for each in chain), ".")
    try:
        names = list_names(root)[kind]
    except InputError:
        return []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


# Commands.


FORMS = {
    ("text", "json", "github", "sarif", "junit"): (
        "For people, for programs, as annotations on a pull request, for code scanning, or as tests."
    ),
    ("text", "json", "markdown"): "For people, for programs, or for a comment on a pull request.",
    ("text", "json"): "For people, or for programs.",
    ("text", "csv", "json", "markdown"): "For people, for spreadsheets, for programs, or for pull requests and wikis.",
}
"""The forms that commands have: those of findings, and those of a comparison."""


def common_options(function: Function, forms: Sequence[str] = next(iter(FORMS))) -> Function:
    """Add the options that every command takes, and that may stand before it too."""
    options = (
        click.option("--project", metavar="DIR", default=".", help="The project's folder, instead of this one."),
        click.option(
            "--format",
            "form",
            type=click.Choice(forms),
            default="text",
            help=FORMS[tuple(forms)],
        ),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            default="auto",
            help="Colour; `auto` is for terminals, unless NO_COLOR is set.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Only errors."),
        click.option("-v", "--verbose", is_flag=True, help="Notes too."),
        click.option("--strict", is_flag=True, help="Let warnings fail like errors."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def command_options(function: Function) -> Function:
    """Add what every command about artifacts takes."""
    function = click.option(
        "--task", metavar="TASK", shell_complete=complete_task, help="Only this task, of all in `templates`."
    )(function)
    return click.argument("environments", nargs=-1, metavar="[ENV]...", shell_complete=complete_environment)(function)


@click.group(no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__, prog_name="taskdef", message="%(prog)s %(version)s")
@common_options
@click.pass_context
def cli(context: click.Context, **common: Unpack[Common]) -> None:
    """Render ECS task definitions from one Jinja template and one overlay per environment.

    Exit status: 0 done, 1 findings, 2 wrong usage or a file that cannot be read or written, 3 a bug in taskdef.
    """
    line = click.core.ParameterSource.COMMANDLINE
    given = {name: value for name, value in common.items() if context.get_parameter_source(name) is line}
    context.default_map = dict.fromkeys(cli.commands, given)


@cli.command()
@command_options
@click.option("--list", "listing", is_flag=True, help="Name what there is to render, and render nothing.")
@click.option(
    "--stdout", is_flag=True, help="Write the artifact to stdout; of several, one object with a member for each."
)
@click.option("--output-dir", metavar="DIR", help="Write DIR/ENV/TASK.json, and nothing in the project.")
@click.option(
    "--set",
    "variables",
    metavar="KEY=VALUE",
    multiple=True,
    help="Set a variable above all layers; with --stdout or --output-dir only.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if a file was written or deleted, for hooks.")
@common_options
def render(
    environments: tuple[str, ...],
    task: str | None,
    listing: bool,
    stdout: bool,
    output_dir: str | None,
    variables: tuple[str, ...],
    exit_code: bool,
    **common: Unpack[Common],
) -> None:
    """Render the artifacts of the environments given, or of all.

    Nothing is written if anything is wrong. Files are written only when their bytes change. Without ENV and --task, artifacts
    that no task produces any more are deleted.
    """
    check_common(common)
    if listing:
        if stdout or output_dir is not None or variables or exit_code:
            raise click.UsageError("--list stands alone: it renders nothing that could go anywhere.")
        from generator.commands.list import list_artifacts

        show(list_artifacts(common["project"], environments=environments, task=task, strict=common["strict"]), common)
    from generator.commands import render as command

    with Progress(quiet=common["quiet"]) as advance:
        result = command.render(
            common["project"],
            environments=environments,
            task=task,
            variables=variables,
            stdout=stdout,
            output_dir=output_dir,
            exit_code=exit_code,
            strict=common["strict"],
            least=find_least(common),
            advance=advance,
        )
    show(result, common)


@cli.command()
@command_options
@click.option("--fix", is_flag=True, help="Take overrides that change nothing out of the overlays.")
@common_options
def check(environments: tuple[str, ...], task: str | None, fix: bool, **common: Unpack[Common]) -> None:
    """Compare the committed artifacts with what the sources give; write nothing, unless --fix is given.

    Without --task, artifacts that no task produces any more are found too. Without ENV and --task, environments are compared with
    each other.
    """
    check_common(common)
    from generator.commands import check as command

    with Progress(quiet=common["quiet"]) as advance:
        result = command.check(
            common["project"],
            environments=environments,
            task=task,
            fix=fix,
            strict=common["strict"],
            least=find_least(common),
            advance=advance,
        )
    show(result, common)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--fix", is_flag=True, help="Mend what is certain, and bring members into the order of artifacts.")
@click.option("--diff", is_flag=True, help="With --fix, show what it would do, and write nothing.")
@click.option(
    "--model",
    type=click.Choice(["bundled", "installed"]),
    default="bundled",
    help="The shapes to go by: those that taskdef brings, or those of the botocore installed beside it.",
)
@common_options
def lint(files: tuple[str, ...], fix: bool, diff: bool, model: str, **common: Unpack[Common]) -> None:
    """Say what is wrong with task definitions in JSON, from anywhere: what ECS would refuse, and what would not start.

    FILE is a file, `-` for stdin, a folder (every *.json below), or a pattern in quotes ('**/*.json'). A file is what is
    registered, or the output of describe-task-definition. In folders and patterns, other JSON files are left out.
    """
    check_common(common)
    from generator.commands import lint as command

    stdin = sys.stdin.buffer.read() if "-" in files and sys.stdin is not None else b""
    with Progress(quiet=common["quiet"], noun="files") as advance:
        result = command.lint(
            common["project"],
            words=files,
            stdin=stdin,
            fix=fix,
            diff=diff,
            installed=model == "installed",
            least=find_least(common),
            strict=common["strict"],
            verbose=common["verbose"],
            advance=advance,
        )
    here: Common = {**common, "project": "."}  # files are named as seen from here
    show(result, here)


@cli.command()
@click.argument("where", metavar="ENV[/TASK]|FILE[:LINE]", shell_complete=complete_environment)
@click.argument("path", required=False, metavar="[PATH]")
@click.option(
    "--vars", "variables", is_flag=True, help="Every variable: its value, who set it, and which lines take it."
)
@partial(common_options, forms=("text", "json"))
def explain(where: str, path: str | None, variables: bool, **common: Unpack[Common]) -> None:
    """Say where the values of an artifact come from.

    Without PATH, each value with the place where it was written, in one line. With it, the whole way of that value, or of all
    below it: the line of the template, the tags and variables it goes through, and each layer that changed it, lowest first.

    PATH is spelt as findings do, 'containerDefinitions[web].image'; a container or volume with an `$id` goes by that. What a layer
    took away is explained too. rendered/prod/web.json:41 asks for what is on that line of an artifact.
    """
    check_common(common)
    from generator.commands import explain as command

    result = command.explain(
        common["project"],
        where=where,
        path=path,
        variables=variables,
        json=common["form"] == "json",
        color=choose_color(common["color"], sys.stdout),
    )
    show(result, common if result.product is None else {**common, "form": "text"})


@cli.command()
@click.argument("left", metavar="LEFT", shell_complete=complete_environment)
@click.argument("right", required=False, metavar="[RIGHT]", shell_complete=complete_environment)
@click.option("--task", metavar="TASK", shell_complete=complete_task, help="Only this task, of all in `templates`.")
@click.option("--by-cause", is_flag=True, help="Of a range: what each edit of the sources changed, and where.")
@partial(common_options, forms=("text", "json", "markdown"))
def diff(left: str, right: str | None, task: str | None, by_cause: bool, **common: Unpack[Common]) -> None:
    """Say how task definitions differ, by name and meaning: order and what ECS fills in do not count.

    LEFT and RIGHT are environments (test prod), tasks of these (test/web prod/web), files or `-` for stdin: what is registered,
    or the output of describe-task-definition. A range of git stands alone: `main..` compares main with the work tree,
    `main..HEAD` two revisions, `main...` the work tree with where it left main.

    A word that is the name of an environment is that; write ./prod for a file called like one. Of a task in two environments
    containers are the same by `$id`. Exit status: 0 no difference, 1 differences, 2 something could not be compared.
    """
    check_common(common)
    from generator.commands import diff as command

    words = (left,) if right is None else (left, right)
    result = command.diff(
        common["project"],
        words=words,
        task=task,
        by_cause=by_cause,
        form=common["form"],
        color=choose_color(common["color"], sys.stdout),
        stdin=sys.stdin.buffer.read() if "-" in words and sys.stdin is not None else b"",
    )
    show(result, {**common, "form": "text"})


@cli.command()
@command_options
@click.option("--all", "whole", is_flag=True, help="All paths, not only those in which environments differ.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    help="Write one page for a browser to FILE, seen from here, with where each value comes from.",
)
@partial(common_options, forms=("text", "csv", "json", "markdown"))
def matrix(
    environments: tuple[str, ...], task: str | None, whole: bool, page: str | None, **common: Unpack[Common]
) -> None:
    """Put environments side by side: a row for each path in which they differ, a column for each environment.

    Containers and volumes with an `$id` are one row, whatever they are called. On a terminal, values are cut to fit; elsewhere
    they are whole. Secret-looking values are masked, and compared all the same.
    """
    check_common(common)
    form = cast("Form", common["form"])
    if page is not None and form != "text":
        raise click.UsageError("--html is a form of its own: leave out --format.")
    from generator.commands import matrix as command

    with Progress(quiet=common["quiet"]) as advance:
        result = command.matrix(
            common["project"],
            environments=environments,
            task=task,
            whole=whole,
            form=form,
            width=find_width(),
            page=page,
            strict=common["strict"],
            least="note" if common["verbose"] else "warning",
            advance=advance,
        )
    show(result, {**common, "form": "text"})


def find_width() -> int:
    """Find how wide the terminal is that stdout goes to, 0 where it goes elsewhere."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout and sys.stdout.isatty() else 0
    except OSError:
        return 0


@cli.command()
@click.argument("code", required=False, metavar="[CODE]")
@common_options
def rules(code: str | None, **common: Unpack[Common]) -> None:
    """List the rules and how much each weighs in this project, or explain one code."""
    check_common(common)
    from generator.commands import rules as command

    show(command.rules(common["project"], code=code, json=common["form"] == "json"), {**common, "form": "text"})


def find_least(common: Common) -> Severity:
    """Find the least severity that is shown: notes only where they are asked for, or the reader is a program."""
    return "warning" if common["form"] in ("text", "github") and not common["verbose"] else "note"


def check_common(common: Common) -> None:
    """Refuse options that contradict each other."""
    if common["quiet"] and common["verbose"]:
        raise click.UsageError("-q and -v exclude each other.")
