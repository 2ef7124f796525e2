"""The settings file, `taskdef.toml` or `[tool.taskdef]`: folders, members, levels. Looks at no disk; what is wrong stays default."""

from __future__ import annotations

import re

from generator.documents.parsing.conflicts import report_conflict
from generator.model.findings import Finding, Level, Note, Place, Source, did_you_mean, finding_at
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.model.project import DeclaredException, Settings
from generator.model.records import Record

FOLDERS = ("templates", "environments", "rendered")
LISTS = ("allow_members", "confirm", "environment_order", "lint_for")
SETTINGS = (*FOLDERS, *LISTS, "registered_by", "rules", "exceptions")
EXCEPTION = ("code", "name", "path", "environments", "reason")
HEADER = Pattern(
    r"^[ \t]*(\[\[[ \t]*(?:tool[ \t]*\.[ \t]*[\"']?taskdef[\"']?[ \t]*\.[ \t]*)?[\"']?exceptions[\"']?[ \t]*\]\])",
    re.MULTILINE,
)
LEVELS: tuple[Level, ...] = ("off", "note", "warning", "error")
FIXED = Pattern(r"[ENW][1238][0-9]{2}")
"""Codes of what is no rule, but reading, merging, shape or artifacts (E1xx to E3xx, E8xx)."""


class Table(Record):
    """A parsed settings table. `start` is where its keys are looked for in the source."""

    source: Source
    start: int
    values: dict[str, Value]


MOST_PARTS = 100
"""Parts of a key with dots."""

KEY_TOKEN = Pattern(r"""[.=,\[\]{}\n]|"[^"\n]*+"|'[^'\n]*+'|\#[^\n]*+""")
"""What begins a new key, the dot between its parts, and texts and comments, in which a dot is no such thing."""


def parse_settings(
    taskdef: Source | None, pyproject: Source | None, *, rules: tuple[str, ...] = (), lint_only: tuple[str, ...] = ()
) -> tuple[Settings, tuple[Finding, ...]]:
    """Parse `taskdef.toml` and what `pyproject.toml` says under `[tool.taskdef]`, of which a project has at most one.

    `rules` are the codes that may be given a level, `lint_only` those that may have one where no environment is named.
    """
    findings: list[Finding] = []
    own = read_table(taskdef, findings) if taskdef is not None else None
    shared = read_tool_table(pyproject, findings) if pyproject is not None else None
    if shared is not None and taskdef is not None:
        other = Place(taskdef, 0, 0).location
        findings.append(
            finding_at(
                find_key(shared, "taskdef", header=True),
                "E131",
                "a project has one settings file, this one has two",
                notes=(Note(f"the other is in {other}", other),),
                help="move these settings into the other file",
            )
        )
        shared = None
    table = own or shared
    if table is None:
        return Settings(), tuple(findings)
    settings = read_settings(table, findings, rules, lint_only)
    return settings, tuple(findings)


def read_tool_table(pyproject: Source, findings: list[Finding]) -> Table | None:
    """Read `[tool.taskdef]`, parsing the file only if it can have one: most do not, and the parser is slow to import."""
    squeezed = "".join(pyproject.text.replace('"', "").replace("'", "").split())
    if "taskdef" not in squeezed or not any(word in squeezed for word in ("tool.taskdef", "[tool]", "tool=")):
        return None
    whole = read_table(pyproject, findings)
    tool = whole.values.get("tool") if whole else None
    if not isinstance(tool, dict) or "taskdef" not in tool:
        return None
    header = re.search(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*[\"']?taskdef[\"']?[ \t]*\].*$", pyproject.text, re.MULTILINE)
    table = Table(pyproject, header.end() if header else 0, tool["taskdef"])
    if isinstance(tool["taskdef"], dict):
        return table
    findings.append(
        finding_at(find_key(table, "taskdef"), "E131", f"`tool.taskdef` is a table, not {describe(tool['taskdef'])}")
    )
    return None


def read_table(source: Source, findings: list[Finding]) -> Table | None:
    """Parse a TOML file, None if it is none."""
    import tomllib  # slow to import, and most projects have no settings

    conflict = report_conflict(source)
    if conflict is not None:
        findings.append(conflict)
        return None
    long = find_long_key(source.text)
    if long is not None:
        message = f"a key in this file has more than {MOST_PARTS} parts"
        findings.append(finding_at(Place(source, long, long + 1), "E131", message))
        return None
    try:
        return Table(source, 0, tomllib.loads(source.text))
    except tomllib.TOMLDecodeError as error:
        # Its message ends in `(at line 3, column 5)` or `(at end of document)`.
        said, _, where = str(error).partition(" (at ")
        match = re.match(r"line (\d+), column (\d+)", where)
        offset = max(len(source.text.rstrip()) - 1, 0)
        if match:
            lines = source.text.split("\n")
            offset = sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
        notes = (Note(f"the TOML parser reports: {said[:1].lower()}{said[1:]}"),)
        findings.append(finding_at(Place(source, offset, offset + 1), "E131", "this is not TOML", notes=notes))
    except ValueError:
        findings.append(finding_at(Place(source, 0, 1), "E131", "a number in this file is too long"))
    except RecursionError:
        findings.append(finding_at(Place(source, 0, 1), "E131", "this file is nested too deeply"))
    return None


def find_long_key(text: str) -> int | None:
    """Find the dot after which a key has more parts than any has: the work for a key may grow with their square."""
    if text.count(".") < MOST_PARTS:
        return None
    dots = 0
    for match in KEY_TOKEN.finditer(text):
        dots = dots + 1 if match[0] == "." else 0 if match[0] in "=,[]{}\n" else dots
        if dots == MOST_PARTS:
            return match.start()
    return None


def read_settings(
    table: Table, findings: list[Finding], rules: tuple[str, ...], lint_only: tuple[str, ...] = ()
) -> Settings:
    """Read the settings of a table; one that is wrong keeps its default."""
    folders = {name: getattr(Settings(), name) for name in FOLDERS}
    lists = {name: getattr(Settings(), name) for name in LISTS}
    levels = Levels((), ())
    exceptions: tuple[DeclaredException, ...] = ()
    registrar = ""
    for key, value in table.values.items():
        if key in folders:
            folders[key] = read_folder(table, key, findings, default=folders[key])
        elif key in lists:
            lists[key] = read_names(table, key, findings, default=lists[key])
            if key == "lint_for":
                lists[key] = check_actions(table, lists[key], findings)
        elif key == "registered_by":
            registrar = read_registrar(table, findings)
        elif key == "rules" and isinstance(value, dict):
            levels = read_rules(descend(table, key), findings, rules, lint_only)
        elif key == "rules":
            message = f"`{key}` is a table, not {describe(value)}"
            findings.append(finding_at(find_value(table, key), "E131", message))
        elif key == "exceptions":
            exceptions = read_exceptions(table, findings, rules)
        else:
            near = did_you_mean(key, SETTINGS)
            known = ", ".join(f"`{name}`" for name in SETTINGS)
            help = f"write `{near}`" if near else f"the settings are {known}"
            findings.append(finding_at(find_key(table, key), "E131", f"there is no setting `{key}`", help=help))
    settings = Settings(**lists, registered_by=registrar, source=table.source, **levels._asdict())
    overlap = find_overlap(folders, table)
    if overlap is None:
        return settings._replace(**folders, exceptions=exceptions)
    first, second = overlap
    message = f"`{first}` is `{folders[first]}` and `{second}` is `{folders[second]}`"
    help = "give each its own folder, none inside another"
    findings.append(finding_at(find_value(table, first), "E131", message, help=help))
    return settings


def read_folder(table: Table, key: str, findings: list[Finding], *, default: str) -> str:
    value = table.values[key]
    fault = find_folder_fault(value)
    if fault is None:
        return normalize_folder(value)
    findings.append(finding_at(find_value(table, key), "E131", f"`{key}` {fault}"))
    return default


def read_names(table: Table, key: str, findings: list[Finding], *, default: tuple[str, ...]) -> tuple[str, ...]:
    value = table.values[key]
    if is_names(value):
        return tuple(value)
    other = "one of these is not text" if isinstance(value, list) else f"this is {describe(value)}"
    message = f"`{key}` is a list of names, {other}"
    findings.append(finding_at(find_value(table, key), "E131", message, help='write `["name"]`'))
    return default


def check_actions(table: Table, names: tuple[str, ...], findings: list[Finding]) -> tuple[str, ...]:
    """Report what is no action that `lint` knows, and keep the others."""
    from generator.ecs.actions import ACTIONS  # only if the settings name some

    for name in names:
        if name not in ACTIONS:
            near = did_you_mean(name, tuple(ACTIONS))
            known = " and ".join(f"`{each}`" for each in ACTIONS)
            help = f"write `{near}`" if near else f"there are {known}"
            message = f"`lint_for` has `{name}`, which is not an action that `taskdef lint` knows"
            findings.append(finding_at(find_word(table, "lint_for", name), "E131", message, help=help))
    return tuple(name for name in names if name in ACTIONS)


def read_registrar(table: Table, findings: list[Finding]) -> str:
    """Read the tool that registers, and report one that is not known."""
    value = table.values["registered_by"]
    if value == "":
        return ""
    from generator.ecs.actions import REGISTRARS  # only if the settings name one

    if isinstance(value, str) and value in REGISTRARS:
        return value
    near = did_you_mean(value, tuple(REGISTRARS)) if isinstance(value, str) else None
    known = " and ".join(f"`{each}`" for each in REGISTRARS)
    said = f"`{value}`" if isinstance(value, str) else describe(value)
    message = f"`registered_by` is a tool that taskdef knows, not {said}"
    help = f"write `{near}`" if near else f"there are {known}; remove it for any other"
    findings.append(finding_at(find_value(table, "registered_by"), "E131", message, help=help))
    return ""


class Levels(Record):
    """What `[rules]` says: the level of each code, and by environment of each again."""

    levels: tuple[tuple[str, Level], ...]
    environment_levels: tuple[tuple[str, tuple[tuple[str, Level], ...]], ...]


def read_rules(table: Table, findings: list[Finding], rules: tuple[str, ...], lint_only: tuple[str, ...]) -> Levels:
    """Read the levels of rules; what is a table holds those of an environment."""
    nested = {key: value for key, value in table.values.items() if isinstance(value, dict)}
    plain = {key: value for key, value in table.values.items() if key not in nested}
    levels = read_levels(table._replace(values=plain), findings, (*rules, *lint_only))
    tables = ((name, descend(table, name)) for name in nested)
    return Levels(levels, tuple((name, read_levels(each, findings, rules, lint_only)) for name, each in tables))


def read_levels(
    table: Table, findings: list[Finding], rules: tuple[str, ...], lint_only: tuple[str, ...] = ()
) -> tuple[tuple[str, Level], ...]:
    """Read levels by code, without those that are wrong; `lint_only` are codes that have one elsewhere."""
    levels = []
    for code, value in table.values.items():
        fault = find_code_fault(code, rules, lint_only)
        if fault:
            message, help = fault
            findings.append(finding_at(find_key(table, code), "E131", message, help=help))
        elif value in LEVELS:
            levels.append((code, value))
        else:
            said = f"`{value}`" if isinstance(value, str) else describe(value)
            near = did_you_mean(value, LEVELS) if isinstance(value, str) else None
            message = f"the level of `{code}` is `off`, `note`, `warning` or `error`, not {said}"
            help = f"write `{near}`" if near else None
            findings.append(finding_at(find_value(table, code), "E131", message, help=help))
    return tuple(levels)


def read_exceptions(table: Table, findings: list[Finding], rules: tuple[str, ...]) -> tuple[DeclaredException, ...]:
    """Read what may differ between environments, without what is wrong: nothing is admitted without a reason."""
    value = table.values["exceptions"]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        message = f"`exceptions` is a list of tables, not {describe(value)}"
        help = "write each below `[[exceptions]]`"
        findings.append(finding_at(find_key(table, "exceptions"), "E131", message, help=help))
        return ()
    headers = list(HEADER.finditer(table.source.text, table.start))
    exceptions = []
    for number, values in enumerate(value):
        at = headers[number] if number < len(headers) else None
        place = Place(table.source, *at.span(1)) if at else find_key(table, "exceptions")
        own = Table(table.source, place.end if at else place.start, values)
        fault = find_exception_fault(own, place, rules)
        if fault is not None:
            findings.append(fault)
            continue
        texts = {name: values.get(name, "") for name in ("code", "name", "path", "reason")}
        environments = tuple(values.get("environments", ()))
        exceptions.append(DeclaredException(**texts, environments=environments, place=place))
    return tuple(exceptions)


def find_exception_fault(table: Table, place: Place, rules: tuple[str, ...]) -> Finding | None:
    """Find the first thing that is wrong with a declared exception."""
    values = table.values
    for key, value in values.items():
        if key not in EXCEPTION:
            near = did_you_mean(key, EXCEPTION)
            help = f"write `{near}`" if near else f"it has {', '.join(f'`{name}`' for name in EXCEPTION)}"
            return finding_at(find_key(table, key), "E131", f"an exception has no `{key}`", help=help)
        listed = key == "environments"
        if not (is_names(value) if listed else isinstance(value, str)):
            wanted = "a list of names" if listed else "a text"
            said = "one of these is not text" if listed and isinstance(value, list) else f"not {describe(value)}"
            return finding_at(find_value(table, key), "E131", f"`{key}` is {wanted}, {said}")
    code = values.get("code", "")
    between = list_between(rules)
    if code not in between:
        near = did_you_mean(code, between)
        message = f"`{code}` is not a rule between environments" if code else "this exception names no `code`"
        where = find_value(table, "code") if code else place
        return finding_at(
            where, "E131", message, help=f"write `{near}`" if near else f"write one of {', '.join(between)}"
        )
    if not values.get("name") and not values.get("path"):
        message = "this exception has neither `name` nor `path`"
        return finding_at(
            place, "E131", message, help="set one; to admit all differences, turn the rule off under `rules`"
        )
    if not values.get("reason", "").strip():
        return finding_at(place, "E131", "this exception has no reason", help="write it as `reason`")
    return None


def list_between(rules: tuple[str, ...]) -> tuple[str, ...]:
    """List the rules between environments that can have exceptions."""
    return tuple(rule for rule in rules if rule[1] == "7" and rule != "W708")


def is_names(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def find_code_fault(code: str, rules: tuple[str, ...], lint_only: tuple[str, ...]) -> tuple[str, str | None] | None:
    """Find what keeps a word from being the code of a rule, and what to do about it."""
    if code in rules:
        return None
    if code in lint_only:
        return f"only `taskdef lint` has a level for `{code}`, and it knows no environment", "move it to `rules` itself"
    if FIXED.fullmatch(code):
        return f"`{code}` is not a rule, so its severity is fixed", "delete it"
    if code in SETTINGS:
        return f"there is no rule `{code}`", "move it above `rules`: here it belongs to `rules`"
    near = find_near_rule(code, rules)
    return f"there is no rule `{code}`", f"write `{near}`" if near else "`taskdef rules` lists them"


def find_near_rule(code: str, rules: tuple[str, ...]) -> str | None:
    """Find the rule that was meant: rather one with the same digits in another order than one that has another digit."""
    swapped = (rule for rule in rules if sorted(rule) == sorted(code.upper()))
    return next(swapped, None) or did_you_mean(code, rules)


def find_folder_fault(value: Value) -> str | None:
    """Find what keeps a value from naming a folder inside the project."""
    if not isinstance(value, str):
        return f"is a text, not {describe(value)}"
    if "\\" in value:
        return f"is `{value}`, which has a backslash: folders are separated by `/`"
    if not value.isprintable():
        return "has a character that cannot be printed"
    if value.startswith("/") or re.match(r"[A-Za-z]:", value):
        return f"is `{value}`, which is not relative to the project"
    if ".." in value.split("/"):
        return f"is `{value}`, which leads out of a folder with `..`"
    if ".git" in value.casefold().split("/"):
        return f"is `{value}`, and what lies in `.git` belongs to git"
    if not normalize_folder(value):
        return f"is `{value}`, which is not a folder inside the project"
    return None


def normalize_folder(value: str) -> str:
    """Drop the parts of a path that lead nowhere: `./a//b/` is `a/b`."""
    return "/".join(part for part in value.split("/") if part not in ("", "."))


def find_overlap(folders: dict[str, str], table: Table) -> tuple[str, str] | None:
    """Find two settings whose folders are equal or one inside the other; the first of them is one that the table sets."""
    for first in FOLDERS:
        for second in FOLDERS:
            if first != second and first in table.values and is_inside(folders[first], folders[second]):
                return first, second
    return None


def is_inside(one: str, other: str) -> bool:
    """Whether two folders are equal or one of them is inside the other."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def describe(value: Value) -> str:
    """Name the kind of a TOML value."""
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    for kind, name in (
        (str, "a text"),
        (list, "a list"),
        (dict, "a table"),
        ((int, float), "a number"),
    ):
        if isinstance(value, kind):
            return name
    return "a date or time"


def descend(table: Table, key: str) -> Table:
    """Step into a table in a table: its keys are looked for after its header, or from the line on that its own key is in."""
    text = table.source.text
    header = re.compile(rf"^[ \t]*\[[^\]\n]*?(?<![\w-])[\"']?{re.escape(key)}[\"']?[ \t]*\]", re.MULTILINE)
    match = header.search(text, table.start)
    start = match.end() if match else text.rfind("\n", 0, find_key(table, key).start) + 1
    return Table(table.source, start, table.values[key])


def find_key(table: Table, key: str, *, header: bool = False) -> Place:
    """Find where a key of a table is written: tomllib tells no places. A whole header where that is asked for."""
    text = table.source.text
    quoted = rf"[\"']?{re.escape(key)}[\"']?"
    patterns = [
        rf"^[ \t]*(?:[\w.\"' \t-]*\.[ \t]*)?({quoted})[ \t]*[=.]",
        rf"^[ \t]*\[.*?({quoted}).*\]",
        rf"({quoted})[ \t]*=",
    ]
    if header:
        patterns = [rf"^[ \t]*(\[[ \t]*[\"']?tool[\"']?[ \t]*\.[ \t]*{quoted}.*?\])", rf"({quoted})"]
    for pattern in patterns:
        match = re.compile(pattern, re.MULTILINE).search(text, 0 if header else table.start)
        if match:
            return Place(table.source, *match.span(1))
    return Place(table.source, 0, 1)


def find_word(table: Table, key: str, word: str) -> Place:
    """Find where the value of a key has a text, with its quotes; else the value."""
    start = find_key(table, key).end
    match = re.compile(rf"[\"']{re.escape(word)}[\"']").search(table.source.text, start)
    return Place(table.source, *match.span()) if match else find_value(table, key)


def find_value(table: Table, key: str) -> Place:
    """Find where the value of a key is written, its first line where it has several; else the key."""
    place = find_key(table, key)
    value = re.compile(r"[ \t]*=[ \t]*(\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\n#]*[^\s#])").match(
        table.source.text, place.end
    )
    return Place(table.source, *value.span(1)) if value else place
