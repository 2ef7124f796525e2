"""`taskdef lint`: checks that task definitions in JSON, from any source, would register and start; with `--fix`, fixes them in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.documents.recognizing import hints_at_task_definition
from generator.ecs.actions import ACTIONS
from generator.ecs.shapes import Model
from generator.model.answers import Linted
from generator.model.events import FileDone, OnEvent, ignore_event
from generator.model.findings import Finding, InputError, Severity, Source, WrongUsage
from generator.model.result import Outcome, Result, are_failing, state_number
from generator.project.loading import TEXT_LIMIT, Document, decode_text, load_documents, load_settings
from generator.review.lint import Linter, report_mark

MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""


def lint(
    root: str,
    *,
    words: Sequence[str],
    stdin: bytes = b"",
    fix: bool = False,
    sort: bool = False,
    diff: bool = False,
    installed: bool = False,
    for_aws: bool = False,
    actions: tuple[str, ...] = (),
    least: Severity = "note",
    strict: bool = False,
    on_event: OnEvent = ignore_event,
) -> Result:
    """Lint files, `-`, folders and matches of patterns, with the settings of a project, if any.

    With `fix`, findings are about the fixed files; with `sort`, these have the canonical form. With `diff`, nothing is
    written. `installed` uses the model of an installed botocore, `for_aws` that of the AWS command line. `actions` are
    those that files go through before they are registered, in place of those in the settings. `least` is the lowest
    severity of rules to look for.
    """
    check_usage(fix=fix, sort=sort, diff=diff)
    settings, findings = load_settings(root)
    if findings:  # their levels of rules may not be the intended ones
        return Result("lint", findings, 1, judging=True)
    model = load_installed_model(for_aws=for_aws) if installed or for_aws else None
    linter = Linter(
        settings.find_levels(),
        allow=settings.allow_members,
        model=model,
        least=least,
        fixing=fix,
        actions=tuple(name for name in ACTIONS if name in (actions or settings.lint_for)),
    )
    run = Run(linter, fix=fix, sort=sort, diff=diff)
    run.take_all(load_documents(words, stdin), on_event)
    run.check_whole()
    return run.make_result(product=diff or (fix and "-" in words), strict=strict)


def check_usage(*, fix: bool, sort: bool, diff: bool) -> None:
    """Refuse options that go with `--fix` only."""
    if diff and not fix:
        raise WrongUsage("`--diff` shows what `--fix` would do: give both")
    if sort and not fix:
        raise WrongUsage("`--sort` changes files as `--fix` does: give both")


class Run:
    """The linting of many files: findings, outcomes, and texts for stdout."""

    def __init__(self, linter: Linter, *, fix: bool, sort: bool, diff: bool) -> None:
        self.linter = linter
        self.fix = fix
        self.sort = sort
        self.diff = diff
        self.findings: list[Finding] = []
        self.outcomes: list[Outcome] = []
        self.rewritten: list[str] = []
        self.unsorted: list[tuple[str, str]] = []
        self.products: list[str] = []
        self.refused: list[str] = []

    def take_all(self, documents: Iterable[Document], on_event: OnEvent) -> None:
        """Lint the files in turn. An interrupt reports the files that were fixed."""
        try:
            for document in documents:
                self.take(document)
                on_event(FileDone(document.path))
        except BaseException as error:  # an interrupt, or the clock
            if self.rewritten:
                error.add_note(f"fixed before that: {', '.join(self.rewritten)}")
            raise

    def take(self, found: Document) -> None:
        """Lint one file, fixing it first if that is asked for."""
        try:
            if found.refusal:
                raise InputError(found.refusal)
            looked = found.named or hints_at_task_definition(found.data)
            if looked and len(found.data) > TEXT_LIMIT:
                raise InputError(f"{found.path}: larger than {TEXT_LIMIT >> 20} MiB, but ECS accepts 64 KiB")
            source = Source(found.path, decode_text(found.path, found.data)) if looked else None
        except InputError as error:
            self.refuse(found, error)
            return
        findings = self.linter.lint(source, sure=found.named) if source else None
        if source is None or findings is None:
            self.outcomes.append(Outcome(found.path, "skipped"))
            return
        if found.data.startswith(MARK) and not self.linter.actions:  # the actions read it
            findings = (report_mark(source), *findings)
        action = "faulty" if findings else "clean"
        if self.fix:
            try:
                fixed = self.mend(source, found)
            except InputError as error:
                self.findings += findings
                self.refuse(found, error)
                return
            if fixed is not None:
                action, findings = "fixed", self.linter.lint(fixed) or ()
        self.findings += findings
        self.outcomes.append(Outcome(found.path, action))

    def refuse(self, found: Document, error: InputError) -> None:
        self.refused.append(str(error))
        self.outcomes.append(Outcome(found.path, "refused"))

    def mend(self, source: Source, found: Document) -> Source | None:
        """Fix one text, in its file or on stdout; None if it stays as it is."""
        text = found.data.decode()
        fixed = self.make_fixed(source, text)
        if self.diff:
            if fixed != text:
                from generator.review.fix import spell_difference

                self.products.append(spell_difference(source.path, text, fixed))
            return None
        if not found.file:
            self.products.append(fixed)
        elif fixed != text:
            from generator.project.writing import rewrite_file

            rewrite_file(found.file, fixed)
            self.rewritten.append(source.path)
        return Source(source.path, decode_text(source.path, fixed.encode())) if fixed != text else None

    def make_fixed(self, source: Source, text: str) -> str:
        """Make the fixed text of a file, in the canonical form if requested."""
        edits = self.linter.find_edits(source)
        if edits:
            from generator.documents.editing import apply_edits

            text = apply_edits(text, edits)
        if not self.linter.actions:
            text = text.removeprefix(MARK.decode())
        if not self.sort:
            return text
        from generator.review.sort import Unsorted, sort_text

        made = sort_text(Source(source.path, decode_text(source.path, text.encode())))
        if not isinstance(made, Unsorted):
            return made
        self.unsorted.append((source.path, made.reason))
        return text

    def make_result(self, *, product: bool, strict: bool) -> Result:
        """Make the result, with the text for stdout if there is a `product`."""
        failed = are_failing(self.findings, strict=strict) or (self.diff and self.products)
        return Result(
            "lint",
            tuple(self.findings),
            2 if self.refused else 1 if failed else 0,
            tuple(self.outcomes),
            product="".join(self.products) if product else None,
            judging=True,
            refused=tuple(self.refused),
            answer=Linted(tuple(self.rewritten), tuple(self.unsorted), self.linter.actions, self.fix and not self.diff),
        )

    def check_whole(self) -> None:
        """Refuse a run that linted nothing: a success would be misleading."""
        if self.outcomes and all(outcome.action == "skipped" for outcome in self.outcomes):
            number = state_number(len(self.outcomes), "file")
            self.refused.append(
                f"nothing was linted: no task definition in {number}; a file that is named itself is always linted"
            )


def load_installed_model(*, for_aws: bool = False) -> Model:
    """Load the model of an installed botocore."""
    from generator.ecs.modelling import reduce_service
    from generator.project.loading import load_installed_service

    try:
        return Model(reduce_service(*load_installed_service(for_aws=for_aws)))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the model of the installed botocore is not as expected: {error}") from None
