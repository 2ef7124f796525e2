"""Jinja's environment for templates of task definitions: what they may reach and do, how much, and what becomes of their output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized

from jinja2.environment import Template, TemplateModule
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.lexer import Lexer
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.build.rendering.absent import Absence, Absent
from generator.build.rendering.bounds import (
    MOST_PARTIALS,
    Meter,
    check_method,
    check_operation,
    check_size,
    limit_range,
)
from generator.build.rendering.compiling import PieceGenerator
from generator.build.rendering.failures import (
    FAILURES,
    PartialLoopError,
    explain_absence,
    explain_failure,
    explain_missing,
)
from generator.build.rendering.filters import make_filters, make_tests, report_absent
from generator.build.rendering.frames import count_templates, find_frames
from generator.build.rendering.helpers import MissingAwsError, MisuseError
from generator.build.rendering.places import OffsetLexer
from generator.build.rendering.syntax import (
    Fault,
    Reference,
    TagParser,
    explain_syntax,
    find_references,
    find_unknown,
    prepare_tree,
)
from generator.build.rendering.values import (
    Filtered,
    Fragment,
    JsonText,
    MisfitError,
    RawText,
    make_value,
    name_kind,
    settle_pieces,
    simplify_value,
    write_json,
    write_source,
    write_text,
)
from generator.model.findings import Finding, Note, Place, Source, finding_at
from generator.model.nodes import NO_VALUE, Piece, Value

GLOBALS = ("range", "dict", "namespace", "cycler", "joiner")


class BoundTemplate(Template):
    """A template whose module is made anew for every import: Jinja keeps it, and with it the first environment's values."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        environment = self.environment
        assert isinstance(environment, Sandbox)
        return self.make_module(dict(environment.ambient))


class Sandbox(ImmutableSandboxedEnvironment):
    """Compiles each source once, and renders it as pieces, one render at a time."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    code_generator_class = PieceGenerator

    def __init__(self, sources: Mapping[str, Source]) -> None:
        # Nothing is computed while compiling: constants pass through `emit` and the bounds like all values.
        super().__init__(optimized=False, cache_size=0, auto_reload=False, undefined=Absent)
        self.sources = sources
        self.by_path = {source.path: name for name, source in sources.items()}
        self.tokenizer = OffsetLexer(self)
        self.globals = {name: self.globals[name] for name in GLOBALS} | {"range": limit_range}
        self.texts: list[tuple[Piece, ...]] = []
        self.tags: list[Place] = []
        self.owners: dict[str, dict[int, str]] = {}
        self.compiled: dict[str, Template] = {}
        self.references: dict[str, tuple[Reference, ...]] = {}
        self.checked: dict[str, tuple[Finding, ...]] = {}
        self.start({}, {})
        self.filters = make_filters(self)
        self.tests = make_tests()

    def start(self, variables: dict[str, Value], ambient: dict[str, Value]) -> None:
        """Forget the last render. `ambient` is what imported partials see too, which see no variables."""
        self.variables = variables
        self.ambient = ambient
        self.meter = Meter()
        self.findings: dict[tuple[str, Place | None, str], Finding] = {}

    def report(self, finding: Finding, place: Place | None) -> None:
        """Keep a finding, once a place."""
        self.findings.setdefault((finding.code, place, finding.message), finding)

    def report_absence(self, absence: Absence) -> None:
        self.report(explain_absence(absence, self), self.find_place(absence.template, absence.offset))

    # Sources, compiled

    @property
    def lexer(self) -> Lexer:
        return self.tokenizer

    def find_name(self, name: str, parent: str | None = None) -> str | None:
        """Find the template that is meant: by its name, its path, or its name in the folder of the one that asks."""
        name = name.removeprefix("./")
        if name in self.sources:
            return name
        beside = f"{parent.rpartition('/')[0]}/{name}" if parent and "/" in parent else name
        return beside if beside in self.sources else self.by_path.get(name)

    def join_path(self, template: str, parent: str) -> str:
        name: Value = template
        if isinstance(name, Undefined):
            str(name)
            raise TemplateNotFound("")
        if not isinstance(name, str):
            raise MisfitError("the name of a template is not text")
        return self.find_name(name, parent) or str(name)

    def _load_template(self, name: str, globals: Value = None) -> Template:
        if name not in self.sources:
            raise TemplateNotFound(name)
        depth, same = count_templates(name)
        if depth > MOST_PARTIALS and same > 1:
            raise PartialLoopError(f"`{name}` includes itself, without end")
        return self.load(name)

    def load(self, name: str) -> Template:
        """Compile a template, or find it compiled. Raises TemplateSyntaxError."""
        if name not in self.compiled:
            self.compiled[name] = self.compile_source(name)
        return self.compiled[name]

    def compile_source(self, name: str) -> Template:
        text = self.sources[name].text
        tree = TagParser(self, text, name).parse()
        self.references[name] = tuple(find_references(tree))
        faults = tuple(find_unknown(tree, self, text))
        if faults:
            raise FaultsError(faults)
        self.owners[name] = prepare_tree(tree, text, self.tokenizer.tokens[name])
        generator = PieceGenerator(self, name, name, optimized=False)
        generator.visit(tree)
        try:
            code = compile(generator.stream.getvalue(), name, "exec")  # type: ignore[attr-defined]  # it is a StringIO
        except SyntaxError as error:
            fault = Fault(generator.find_offset(error.lineno or 0), "this cannot be compiled", (str(error.msg),))
            raise FaultsError((fault,)) from error
        return BoundTemplate.from_code(self, code, self.make_globals(None))

    def check(self, name: str) -> tuple[Finding, ...]:
        """Find what is wrong with the text of a template and of all it names, without rendering any."""
        if name not in self.checked:
            findings: list[Finding] = []
            reached = [name]
            for each in reached:
                findings += self.check_source(each)
                for reference in self.references.get(each, ()):
                    found = [self.find_name(target, each) for target in reference.names]
                    if not any(found) and not reference.optional:
                        place = self.find_place(each, reference.offset)
                        findings.append(explain_missing(place, reference.names, self))
                    reached += [target for target in found if target and target not in reached]
            self.checked[name] = tuple(findings)
        return self.checked[name]

    def check_source(self, name: str) -> list[Finding]:
        try:
            self.load(name)
        except TemplateSyntaxError as error:
            return [self.make_fault(name, explain_syntax(error))]
        except FaultsError as error:
            return [self.make_fault(name, fault) for fault in error.faults]
        except ValueError:  # Python refuses to read a number of more than 4300 digits
            return [self.make_fault(name, Fault(0, "a number in this template is too large"))]
        except (RecursionError, MemoryError):
            return [self.make_fault(name, Fault(0, "this template nests too deeply to be compiled"))]
        return []

    def make_fault(self, name: str, fault: Fault) -> Finding:
        notes = tuple(Note(note) for note in fault.notes)
        return finding_at(self.find_place(name, fault.offset), "E101", fault.message, notes=notes, help=fault.help)

    # Places

    def make_place(self, name: str | None, start: int, length: int) -> Place:
        return Place(self.sources[name or ""], start, start + length)

    def find_place(self, name: str, offset: int) -> Place:
        """Find the place of the token at an offset."""
        tokens = self.tokenizer.tokens.get(name)
        end = tokens.ends.get(offset, offset + 1) if tokens else offset + 1
        return self.make_place(name, offset, end - offset)

    def find_owner(self, name: str, offset: int) -> str | None:
        """Find the expression whose member is asked for at an offset."""
        return self.owners.get(name, {}).get(offset)

    def register_text(self, pieces: tuple[Piece, ...]) -> str:
        """Keep pieces of template text, and give the Python expression for them."""
        self.texts.append(pieces)
        return f"environment.texts[{len(self.texts) - 1}]"

    def register_tag(self, name: str | None, offset: int) -> str:
        """Keep the place of a tag, and give the Python expression for it."""
        start, end = self.tokenizer.tokens[name or ""].find_tag(offset)
        self.tags.append(self.make_place(name, start, end - start))
        return f"environment.tags[{len(self.tags) - 1}]"

    # Rendering

    def render(self, name: str) -> tuple[Piece, ...] | None:
        """Render a checked template with the values of `start`, or None where that is not possible."""
        template = self.load(name)
        pieces: tuple[Piece, ...] | None = None
        try:
            context = template.new_context(self.ambient | self.variables)
            pieces = settle_pieces(self.gather(template.root_render_func(context)))
        except FAILURES as error:
            finding = explain_failure(error, self)
            self.report(finding, None)
        if self.findings or pieces is None:
            return None
        return pieces or (Piece(self.make_place(name, 0, 0), "", NO_VALUE),)

    def emit(self, value: Value, place: Place) -> tuple[Piece, ...]:
        """Make the pieces of what an expression gave."""
        if isinstance(value, Fragment):
            return value._pieces
        if isinstance(value, RawText):
            return (Piece(place, str(value), NO_VALUE),)
        if isinstance(value, JsonText):
            return (Piece(place, "", value),)
        if isinstance(value, Undefined):
            str(value)
            return ()
        try:
            before = self.meter.work
            plain = simplify_value(value, self.meter)
            check_size(self.meter.work - before, place)
            return (Piece(place, "", plain),)
        except MisfitError as error:
            self.report(finding_at(place, "E103", str(error), help=error.help), place)
            return ()

    def emit_filtered(self, apply: Callable[[Value], Value], body: Fragment, place: Place) -> tuple[Piece, ...]:
        """Make the piece of a `{% filter %}` tag: which of its two forms it has is known when it is assembled."""
        inside = apply(str(body))
        if isinstance(inside, RawText):
            return body._pieces
        outside = apply(write_source(body._pieces))
        text = str(outside) if isinstance(outside, str) else write_json(simplify_value(outside, self.meter))
        if not isinstance(inside, JsonText):
            inside = simplify_value(inside, self.meter)
        elif isinstance(outside, JsonText):
            text = write_json(outside._value) if not isinstance(outside._value, str) else str(outside)
        return (make_value(place, Filtered(inside, text)),)

    def gather(self, parts: Iterable[Value]) -> tuple[Piece, ...]:
        """Put the output of a template, a macro or a block together."""
        pieces: list[Piece] = []
        size = 0
        for part in parts:
            new: tuple[Piece, ...] = part._pieces if isinstance(part, Fragment) else part
            for piece in new:
                size += len(piece.value) if isinstance(piece.value, str) else len(piece.text) + 1
            pieces += new
            check_size(size, new[0].place if new else None)
        self.meter.spend(size)
        return tuple(pieces)

    def concat(self, parts: Iterable[Value]) -> Fragment:
        return Fragment(self.gather(parts))

    def join_text(self, parts: tuple[Value, ...]) -> str:
        """Do the operator `~`."""
        texts = [write_text(part) for part in parts]
        self.meter.spend(sum(map(len, texts)))
        return "".join(texts)

    def getitem(self, obj: Value, argument: Value) -> Value:
        if isinstance(argument, Absent):
            return argument._go_on()
        return super().getitem(obj, argument)

    def count_items(self, items: Value) -> Value:
        # Python's versions disagree on the line a loop is at when its iterator fails, so its place is taken beforehand.
        return self.meter.count_items(items, None if isinstance(items, Sized) else self.find_here())

    def find_here(self) -> Place | None:
        """Find the place that the innermost template has come to."""
        frames = find_frames()
        return self.find_place(frames[0].name, frames[0].offset) if frames else None

    def call_binop(self, context: Context, operator: str, left: Value, right: Value) -> Value:
        check_operation(operator, left, right)
        if operator == "%" and isinstance(left, str):
            self.weigh(right if isinstance(right, tuple) else (right,))
        result = super().call_binop(context, operator, left, right)
        self.meter.spend_on(result)
        return result

    def weigh(self, values: Iterable[Value]) -> None:
        """Refuse lists and mappings that Python would write out at any length, or that hold objects."""
        for value in values:
            if isinstance(value, (list, tuple, dict)):
                simplify_value(value, self.meter)

    def call(self, context: Context, obj: Value, /, *args: Value, **kwargs: Value) -> Value:
        if isinstance(obj, Absent):
            return obj._go_on()
        if isinstance(obj, (Macro, LoopContext, BlockReference)):
            if isinstance(obj, LoopContext):
                args = tuple(self.count_items(items) for items in args)
            self.meter.enter_call()
            result = super().call(context, obj, *args, **kwargs)
            self.meter.leave_call()
            return result
        if not callable(obj):
            raise MisuseError(f"{name_kind(obj)} is called as if it were a function")
        if not isinstance(obj, type):
            report_absent((*args, *(value for name, value in kwargs.items() if not name.startswith("_"))))
            method = getattr(obj, "__wrapped__", obj)
            owner, name = getattr(method, "__self__", None), getattr(method, "__name__", "")
            check_method(owner, name, args, kwargs)
            if isinstance(owner, str):
                self.weigh((*args, *kwargs.values()))
        try:
            result = super().call(context, obj, *args, **kwargs)
        except MissingAwsError as error:
            self.report_settings(error.members)
            return ""
        self.meter.spend_on(result)
        return result

    def report_settings(self, members: tuple[str, ...]) -> None:
        """Report that a helper lacks members of `aws`."""
        place = self.find_here()
        for member in members:
            help = f"set `{member}` under `aws:` in the environment's overlay"
            self.report(finding_at(place, "E102", f"`aws` has no `{member}`", help=help), place)


class FaultsError(Exception):
    """A template has faults that Jinja's compiler does not see, or sees only while rendering."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults
