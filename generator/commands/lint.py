"""`taskdef lint`: whether task definitions in JSON, from anywhere, would register and start; with `--fix`, mended where that is certain."""

from __future__ import annotations

from collections.abc import Sequence

from generator.documents.recognizing import hints_at_task_definition
from generator.ecs.shapes import Model
from generator.model.answers import Linted
from generator.model.events import FileDone, OnEvent, ignore_event
from generator.model.findings import Finding, InputError, Severity, Source, WrongUsage
from generator.model.result import Outcome, Result, are_failing, state_number
from generator.project.loading import TEXT_LIMIT, Document, decode_text, load_documents, load_settings
from generator.review.lint import Linter


def lint(
    root: str,
    *,
    words: Sequence[str],
    stdin: bytes = b"",
    fix: bool = False,
    diff: bool = False,
    installed: bool = False,
    least: Severity = "note",
    strict: bool = False,
    on_event: OnEvent = ignore_event,
) -> Result:
    """Lint files, `-`, folders and what patterns match, by the settings of a project if it has any.

    With `fix`, findings are of what is there afterwards. With `diff` too, nothing is written. `installed` goes by the model
    of an installed botocore. `least` is the least severity of rules to look for.
    """
    if diff and not fix:
        raise WrongUsage("`--diff` shows what `--fix` would do: give both")
    settings, findings = load_settings(root)
    if findings:  # what they say of rules may not be what was meant
        return Result("lint", findings, 1, judging=True)
    model = load_installed_model() if installed else None
    linter = Linter(settings.find_levels(), allow=settings.allow_members, model=model, least=least)
    run = Run(linter, fix=fix, diff=diff)
    for document in load_documents(words, stdin):
        run.take(document)
        on_event(FileDone(document.path))
    run.check_whole()
    failed = are_failing(run.findings, strict=strict) or (diff and run.products)
    return Result(
        "lint",
        tuple(run.findings),
        2 if run.refused else 1 if failed else 0,
        tuple(run.outcomes),
        product="".join(run.products) if diff or (fix and "-" in words) else None,
        judging=True,
        refused=tuple(run.refused),
        answer=Linted(tuple(run.rewritten)),
    )


class Run:
    """The linting of many files: what was found, what became of each, what was made for stdout."""

    def __init__(self, linter: Linter, *, fix: bool, diff: bool) -> None:
        self.linter = linter
        self.fix = fix
        self.diff = diff
        self.findings: list[Finding] = []
        self.outcomes: list[Outcome] = []
        self.rewritten: list[str] = []
        self.products: list[str] = []
        self.refused: list[str] = []

    def take(self, found: Document) -> None:
        """Lint one file, mending it first if that is asked for."""
        try:
            if found.refusal:
                raise InputError(found.refusal)
            looked = found.named or hints_at_task_definition(found.data)
            if looked and len(found.data) > TEXT_LIMIT:
                raise InputError(f"{found.path}: larger than {TEXT_LIMIT >> 20} MiB, and ECS takes 64 KiB")
            source = Source(found.path, decode_text(found.path, found.data)) if looked else None
        except InputError as error:
            self.refuse(found, error)
            return
        findings = self.linter.lint(source, sure=found.named) if source else None
        if source is None or findings is None:
            self.outcomes.append(Outcome(found.path, "skipped"))
            return
        action = "faulty" if findings else "clean"
        if self.fix:
            try:
                fixed = self.mend(source, found)
            except InputError as error:
                self.findings += findings
                self.refuse(found, error)
                return
            if fixed is not None:
                action, findings = "fixed", self.linter.lint(Source(found.path, fixed)) or ()
        self.findings += findings
        self.outcomes.append(Outcome(found.path, action))

    def refuse(self, found: Document, error: InputError) -> None:
        self.refused.append(str(error))
        self.outcomes.append(Outcome(found.path, "refused"))

    def mend(self, source: Source, found: Document) -> str | None:
        """Mend one text, where it was found or on stdout; None where it stays as it is, and findings are of what is there."""
        from generator.review.fix import fix_text, spell_difference

        fixed = fix_text(source)
        changed = fixed is not None and fixed.encode() != found.data
        if self.diff:
            self.products += (
                [spell_difference(source.path, found.data.decode(), fixed)] if fixed is not None and changed else []
            )
            return None
        if not found.file:
            self.products.append(source.text if fixed is None else fixed)
        elif fixed is not None and changed:
            from generator.project.writing import rewrite_file

            rewrite_file(found.file, fixed)
            self.rewritten.append(source.path)
        return fixed if changed else None

    def check_whole(self) -> None:
        """Refuse a run that looked at nothing: whoever reads that it is well would be misled."""
        if self.outcomes and all(outcome.action == "skipped" for outcome in self.outcomes):
            number = state_number(len(self.outcomes), "file")
            self.refused.append(
                f"nothing was linted: no task definition in {number}; a file that is named itself is always linted"
            )


def load_installed_model() -> Model:
    """Load the model of an installed botocore."""
    from generator.ecs.modelling import reduce_service
    from generator.project.loading import load_installed_service

    try:
        return Model(reduce_service(*load_installed_service()))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the model of the installed botocore is not as expected: {error}") from None
