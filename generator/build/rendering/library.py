"""The templates of a project, each compiled once: owns what is wrong with their texts. Renders none."""

from __future__ import annotations

from jinja2.environment import Environment, Template

from generator.build.rendering.compiling import Constants, PieceGenerator
from generator.build.rendering.failures import explain_missing
from generator.build.rendering.places import MOST_TOGETHER
from generator.build.rendering.plain import PlainTemplate, read_plain
from generator.build.rendering.reading import UNREADABLE, explain_unreadable
from generator.build.rendering.sources import Sources
from generator.build.rendering.syntax import Fault, find_unknown
from generator.model.findings import Finding, Note, finding_at


class FaultsError(Exception):
    """A template has faults that Jinja's compiler does not see, or sees only while rendering."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


class Library:
    """Templates by name, compiled and checked when they are first asked for."""

    __slots__ = ("checked", "compiled", "constants", "environment", "faults", "numbers", "plain", "reached", "sources")

    def __init__(self, environment: Environment, sources: Sources) -> None:
        self.environment = environment
        self.sources = sources
        self.constants = Constants()
        self.compiled: dict[str, Template] = {}
        self.numbers: dict[str, range] = {}
        self.plain: dict[str, PlainTemplate | None] = {}
        self.checked: dict[str, tuple[Finding, ...]] = {}
        self.reached: dict[str, tuple[str, ...]] = {}
        self.faults: dict[str, tuple[Finding, ...]] = {}

    def load(self, name: str) -> Template:
        """Compile a template, or find it compiled. Raises FaultsError."""
        if name not in self.compiled:
            self.compiled[name] = self.compile_source(name)
        return self.compiled[name]

    def forget(self, name: str) -> None:
        """Forget a template, whatever is known of it."""
        for known in (self.compiled, self.plain, self.checked, self.reached, self.faults):
            known.pop(name, None)
        self.constants.forget(self.numbers.pop(name, ()))

    def find_plain(self, name: str) -> PlainTemplate | None:
        """Find a template that only prints variables, in which nothing can be wrong that its parser did not see."""
        if name not in self.plain:
            self.plain[name] = read_plain(self.sources, name)
        return self.plain[name]

    def compile_source(self, name: str) -> Template:
        environment, sources = self.environment, self.sources
        parsed = sources.read(name)
        if parsed.tree is None:
            raise FaultsError((parsed.fault,) if parsed.fault else ())
        faults = tuple(find_unknown(parsed.named, environment, sources.get_source(name).text))
        if faults:
            raise FaultsError(faults)
        first = self.constants.count
        generator = PieceGenerator(environment, name, sources, self.constants)
        generator.visit(parsed.tree)
        self.numbers[name] = range(first, self.constants.count)
        try:
            code = compile(generator.stream.getvalue(), name, "exec")  # type: ignore[attr-defined]  # it is a StringIO
        except SyntaxError as error:
            fault = Fault(generator.find_offset(error.lineno or 0), "this cannot be compiled", (str(error.msg),))
            raise FaultsError((fault,)) from error
        return environment.template_class.from_code(environment, code, environment.make_globals(None))

    def check(self, name: str) -> tuple[Finding, ...]:
        """Find what is wrong with the text of a template and of all it names, without rendering any."""
        if name not in self.checked:
            findings: list[Finding] = []
            reached, waiting = {name: True}, [name]
            tokens = 0
            for each in waiting:
                tokens += self.sources.read(each).tokens.count
                if tokens > MOST_TOGETHER:
                    message = f"`{name}` and what it includes have more than {MOST_TOGETHER} names, values and signs"
                    findings.append(finding_at(self.sources.find_place(each, 0), "E109", message))
                    break
                findings += self.check_source(each)
                for reference in self.sources.read(each).references:
                    found = [self.sources.find_name(target, each) for target in reference.names]
                    if not any(found) and not reference.optional:
                        place = self.sources.find_place(each, reference.offset)
                        findings.append(explain_missing(place, reference.names, self.sources))
                    for target in found:
                        if target and target not in reached:
                            reached[target] = True
                            waiting.append(target)
            self.checked[name], self.reached[name] = tuple(findings), tuple(reached)
        return self.checked[name]

    def check_source(self, name: str) -> tuple[Finding, ...]:
        """Find the faults of one text, only once: many templates may name it."""
        if name not in self.faults:
            faults: tuple[Fault, ...] = ()
            try:
                if self.find_plain(name) is None:
                    self.load(name)
            except FaultsError as error:
                faults = error.faults
            except UNREADABLE as error:
                faults = (explain_unreadable(error),)
            self.faults[name] = tuple(self.make_fault(name, fault) for fault in faults)
        return self.faults[name]

    def make_fault(self, name: str, fault: Fault) -> Finding:
        notes = tuple(Note(note) for note in fault.notes)
        place = self.sources.find_place(name, fault.offset)
        return finding_at(place, fault.code, fault.message, notes=notes, help=fault.help)
