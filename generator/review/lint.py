"""Task definitions in JSON from anywhere: text in, findings out. Reads no file, and fixes nothing, but knows what would."""

from __future__ import annotations

from collections.abc import Mapping

from generator.documents.parsing.document import parse_json
from generator.documents.parsing.scalars import to_value
from generator.documents.parsing.values import parse_along, parse_value
from generator.documents.places import locate_problem
from generator.documents.recognizing import (
    ASK_FOR_JSON,
    NO_FAMILY,
    NOT_JSON,
    is_described,
    is_something_else,
    recognize_text,
    recognize_value,
    resembles_task_definition,
    unwrap_node,
    unwrap_value,
)
from generator.ecs.shapes import Model
from generator.model.findings import (
    Edit,
    Finding,
    Level,
    Note,
    Path,
    Place,
    Problem,
    Severity,
    Source,
    find_lines,
    finding_at,
)
from generator.model.gathering import Report, gather
from generator.model.nodes import MapNode, Node, Value
from generator.rules.validating import Validator


class Linter:
    """Lints many texts by one set of settings. `least` is the least severity of rules that is of interest.

    One that is `fixing` says of a finding that it does not fix why, if others of its code can be fixed. `actions` are those that change
    a task definition before it is registered; what is judged is what they leave.
    """

    def __init__(
        self,
        levels: Mapping[str, Level],
        *,
        allow: tuple[str, ...] = (),
        model: Model | None = None,
        least: Severity = "note",
        fixing: bool = False,
        actions: tuple[str, ...] = (),
    ) -> None:
        self.validator = Validator(levels, allow=allow, model=model, least=least, linting=True)
        self.whole = Validator(levels, allow=allow, model=model, linting=True)
        self.fixing = fixing
        self.actions = actions

    def lint(self, source: Source, *, sure: bool = True) -> tuple[Finding, ...] | None:
        """Lint one text; None if nobody is sure that it is a task definition, and it does not look like one.

        Most texts have nothing wrong, so they are parsed without places; in one that has, those that matter are looked up.
        """
        findings = self.look(source, sure=sure)
        if not findings:
            return findings
        if is_something_else(source.text):
            return (disown(findings),)
        from generator.documents.hiding import make_text_secrets  # only when there is something to report

        return make_text_secrets(source).hide_all(findings)

    def look(self, source: Source, *, sure: bool) -> tuple[Finding, ...] | None:
        """Find what is wrong in a text, whatever it shows."""
        try:
            document = parse_value(source.text)
        except ValueError:
            return self.lint_odd(source, sure=sure)
        if not sure and not resembles_task_definition(document):
            return None
        problems, described = self.find_problems(document, source.text)
        if described:
            node, _ = parse_json(source)
            return self.locate(problems, document, node) if node else ()
        if not problems:
            return ()
        paths = [path for problem in problems for path in (problem.path, *(fact.path or () for fact in problem.facts))]
        return self.locate(problems, document, parse_along(source, paths))

    def lint_odd(self, source: Source, *, sure: bool) -> tuple[Finding, ...] | None:
        """Lint a text that is no JSON, or has something in it of which only a reader with places can tell."""
        node, findings = parse_json(source)
        if node is None:
            looks = sure or '"containerDefinitions"' in source.text
            told = tuple(self.keep_unread(explain_text(source, finding)) for finding in findings)
            return told if looks else None
        document = to_value(node)
        if not sure and not resembles_task_definition(document):
            return None
        if any(finding.code != "E106" for finding in findings):  # a value stands for one that could not be read
            return tuple(self.keep_unread(finding) for finding in findings)
        return order_findings((*findings, *self.locate(self.find_problems(document, source.text)[0], document, node)))

    def find_problems(
        self, document: Value, text: str, validator: Validator | None = None
    ) -> tuple[list[Problem], bool]:
        """Find what is wrong in a document, and whether it is the answer of describe-task-definition."""
        validator = validator or self.validator
        if is_described(document):
            problems = self.validate(unwrap_value(document), text, validator)
            return [problem for problem in problems if problem.code != "E305"], True
        problems = self.validate(document, text, validator)
        foreign = recognize_value(document) if problems else None
        return [foreign] if foreign else problems, False

    def validate(self, document: Value, text: str, validator: Validator) -> list[Problem]:
        """Validate a task definition as it would be registered."""
        if not self.actions:
            return advise_nulls(validator.validate(document, text=text))
        from generator.review.actions import apply_actions, move_back

        changed = apply_actions(document, self.actions)
        return [move_back(problem, changed) for problem in validator.validate(changed.document)]

    def locate(self, problems: list[Problem], document: Value, node: Node) -> tuple[Finding, ...]:
        """Make findings of what is wrong in a document, one of all that describe-task-definition has put into it."""
        inner = unwrap_node(node) if isinstance(node, MapNode) else node
        findings = []
        for problem in problems:
            harmless = inner is node and is_harmless(problem.path, document)
            finding = locate_problem(problem, inner, self.validator.weigh(problem.code), harmless=harmless)[0]
            findings.append(self.add_edits(finding, problem, node))
        if isinstance(node, MapNode) and inner is not node and "E305" not in self.validator.off:
            from generator.review.fix import DESCRIBED

            findings.append(self.add_edits(self.report_described(node), DESCRIBED, node))
        return order_findings(tuple(findings))

    def add_edits(self, finding: Finding, problem: Problem, node: Node) -> Finding:
        """Add to a finding the edits that fix it, or where fixing is asked for and others of its code are fixed, why it is not."""
        from generator.review.fix import MENDABLE, explain_left, find_edits

        if finding.code not in MENDABLE:
            return finding
        model = self.validator.checker.model
        edits = find_edits((problem,), node, model) or finding.edits
        reason = explain_left(problem, node, model) if self.fixing and not edits else None
        return finding._replace(
            edits=edits, notes=(*finding.notes, *([Note(f"not mended: {reason}")] if reason else ()))
        )

    def keep_unread(self, finding: Finding) -> Finding:
        """Report for a finding of a text that cannot be read as a whole, where fixing is asked for, that nothing in it is fixed."""
        note = Note("not mended: nothing in a file is while it cannot be read")
        return finding._replace(notes=(*finding.notes, note)) if self.fixing else finding

    def find_edits(self, source: Source) -> tuple[Edit, ...]:
        """Find the edits that fix what can be fixed in a text, however little it weighs."""
        from generator.review.fix import DESCRIBED, find_edits

        node, findings = parse_json(source)
        if node is None or is_something_else(source.text) or any(finding.code != "E106" for finding in findings):
            return ()
        problems, described = self.find_problems(to_value(node), source.text, self.whole)
        wrapped = described and "E305" not in self.whole.off
        return find_edits((*problems, *([DESCRIBED] if wrapped else ())), node, self.whole.checker.model)

    def report_described(self, document: MapNode) -> Finding:
        """State what to delete from the answer of describe-task-definition (E305)."""
        inner = document.items["taskDefinition"]
        assert isinstance(inner, MapNode)
        names = [name for name in inner.items if name in self.validator.checker.model.read_only]
        without = f", without {', '.join(f'`{name}`' for name in names)}" if names else ""
        return finding_at(
            document.keys["taskDefinition"],
            "E305",
            "this is the output of describe-task-definition, and ECS does not register it as it is",
            help=f"keep the content of `taskDefinition`{without}, or let `taskdef lint --fix` do it",
            severity=self.validator.weigh("E305"),
        )


def lint_document(linter: Linter, document: MapNode, text: str) -> tuple[Finding, ...]:
    """Lint a document whose places are in a file of another tool. `text` is the document as JSON. The findings have no edits."""
    value = to_value(document)
    findings = linter.locate(linter.find_problems(value, text)[0], value, document)
    if not findings:
        return ()
    from generator.documents.hiding import make_secrets  # only when there is something to report

    return tuple(each._replace(edits=()) for each in make_secrets([document]).hide_all(findings))


def report_mark(source: Source) -> Finding:
    """Report that a file begins with a byte order mark, which its source has no more (E134)."""
    message = "the file begins with a byte order mark, which the AWS command line reads as text before the JSON"
    return finding_at(
        Place(source, 0, 0), "E134", message, help="save it as UTF-8 without one, or run `taskdef lint --fix`"
    )


MOST_MEMBERS = 200
"""Of a mapping with more than ECS has members for it is not worth to look at each, for every finding again."""

LONGEST_TEXT = 1000
"""Characters of a text that is searched for hints, for every finding again."""


def is_harmless(path: Path, document: Value) -> bool:
    """Whether no name on the way to a value, nor what stands beside one, hints at a secret, and no option stands there."""
    from generator.model.secrets.names import may_name_secret  # only when there is something to report

    for part in path:
        if isinstance(document, dict) and len(document) > MOST_MEMBERS:
            return False
        texts = [text for text in document.values() if isinstance(text, str)] if isinstance(document, dict) else []
        texts.append(str(part))
        words = document if isinstance(document, list) and len(document) <= MOST_MEMBERS else []
        if any(isinstance(word, str) and word.startswith("-") for word in words):
            return False
        if max(map(len, texts)) > LONGEST_TEXT or may_name_secret("\n".join(texts)):
            return False
        try:
            document = document[part]
        except (KeyError, IndexError, TypeError):
            break
    return True


def explain_text(source: Source, finding: Finding) -> Finding:
    """Report for a text that is no JSON what it seems to be, if that is plain."""
    location = finding.location
    if location is None or finding.code != "E104":
        return finding
    guess = recognize_text(source.text, find_lines(source.text)[location.line - 1] + location.column - 1)
    if guess is None:
        return finding
    return finding_at(Place(source, guess.start, guess.end), "E104", guess.message, help=guess.help)


def disown(findings: tuple[Finding, ...]) -> Finding:
    """Give one finding of a file that is no task definition at all: where that shows, and nothing that stands in it."""
    finding = next((each for each in findings if each.code == "E304"), findings[0])
    bare = Finding(finding.code, finding.severity, finding.message, finding.location, help=finding.help)
    if finding.code in ("E301", "E302") or (finding.code == "E104" and finding.message.startswith("this ")):
        return bare._replace(message=finding.message.partition(": it begins")[0])
    message = NOT_JSON if finding.code == "E104" else NO_FAMILY
    return bare._replace(message=message, help=ASK_FOR_JSON)


def advise_nulls(problems: list[Problem]) -> list[Problem]:
    """Say of several nulls what removes all."""
    if sum(problem.cause == NULL for problem in problems) < 2:
        return problems
    return [each._replace(help=NULLS) if each.cause == NULL else each for each in problems]


NULL = "null"
NULLS = (
    "remove them, or run `taskdef lint --fix`; if the deploy action registers the file, lint with `--for deploy-action`"
)
"""What to do about a file that is full of nulls, as some programs write them."""


def order_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Bring the findings of one text into the order of their places, each once."""
    return gather([Report(finding, None, None) for finding in findings])
