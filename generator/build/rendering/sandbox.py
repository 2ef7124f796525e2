"""Jinja's environment for templates of task definitions: what they may reach and do, and how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized

from jinja2.environment import Template, TemplateModule
from jinja2.exceptions import TemplateNotFound
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from generator.build.rendering.absent import Absence, Absent
from generator.build.rendering.bounds import MOST_ABSENCES, MOST_PARTIALS, MOST_STEPS, BoundError, limit_range
from generator.build.rendering.failures import (
    FAILURES,
    GLOBALS,
    PartialLoopError,
    explain_absence,
    explain_aws,
    explain_failure,
)
from generator.build.rendering.filters import make_filters, make_tests, report_absent
from generator.build.rendering.frames import count_templates
from generator.build.rendering.helpers import MissingAwsError, MisuseError
from generator.build.rendering.library import Library
from generator.build.rendering.method_costs import charge_call
from generator.build.rendering.output import Output
from generator.build.rendering.plain import PlainTemplate, UnusualError
from generator.build.rendering.sources import Sources
from generator.build.rendering.steps import TAKE_STEPS
from generator.build.rendering.syntax import COUNT_ITEMS
from generator.build.rendering.values import Fragment, MisfitError, name_kind, refuse_objects, settle_pieces
from generator.model.nodes import NO_VALUE, Piece, Value

INCLUDE_STEPS = 500
LOOKUP_STEPS = 400
"""Steps to begin a template within another one, and to find out that a name is not defined."""


class BoundTemplate(Template):
    """A template whose module is made again for every import: Jinja keeps it, and with it the first environment's values."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        environment = self.environment
        assert isinstance(environment, Sandbox)
        return self.make_module(dict(environment.ambient))


class Sandbox(ImmutableSandboxedEnvironment):
    """Renders templates as pieces, one render at a time. Compiled templates ask it for what they refer to and call."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "**", "%"})
    template_class = BoundTemplate

    def __init__(self, sources: Sources, most: int = MOST_STEPS) -> None:
        # Nothing is computed while compiling: constants pass through `emit` and the bounds like all values.
        super().__init__(optimized=False, cache_size=0, auto_reload=False, undefined=Absent)
        self.sources = sources
        self.library = Library(self, sources)
        self.output = output = Output(most)
        self.texts, self.tags = self.library.constants.texts, self.library.constants.tags
        self.emit, self.emit_filtered = output.emit, output.emit_filtered
        self.join_text = output.join_text
        self.globals = {name: self.globals[name] for name in GLOBALS} | {"range": limit_range}
        self.filters = make_filters(output) | {COUNT_ITEMS: self.count_items, TAKE_STEPS: self.take_steps}
        self.tests = make_tests(output)
        self.start({}, {})

    def start(self, variables: dict[str, Value], ambient: dict[str, Value]) -> None:
        """Forget the last render. `ambient` is what imported partials see too, which see no variables."""
        self.variables = variables
        self.ambient = ambient
        self.absences: set[tuple[Value, ...]] = set()
        self.output.start()

    def render(self, name: str) -> tuple[Piece, ...] | None:
        """Render a checked template with the values of `start`, or None if that is not possible."""
        names = self.ambient | self.variables
        plain = self.library.find_plain(name)
        pieces = plain and self.run_plain(plain, names)
        pieces = pieces or self.run(name, names)
        if self.output.findings or pieces is None:
            return None
        return settle_pieces(pieces) or (Piece(self.sources.make_place(name, 0, 0), "", NO_VALUE),)

    def run_plain(self, plain: PlainTemplate, names: dict[str, Value]) -> tuple[Piece, ...] | None:
        """Run a template that only prints variables; None if the compiled one has to find out what comes of it."""
        try:
            return plain.run(names, self.output)
        except (UnusualError, *FAILURES):
            self.output.start()
            return None

    def run(self, name: str, names: dict[str, Value], cost: int = 0) -> tuple[Piece, ...] | None:
        """Run a checked template with the names that it sees, or None if it fails. `cost` are steps to count first."""
        output = self.output
        template = self.library.load(name)
        try:
            output.meter.take(cost, self.sources.make_place(name, 0, 0))
            return output.gather(template.root_render_func(template.new_context(names)))
        except FAILURES as error:
            output.report(explain_failure(error, self.sources), None)
            return None

    def report_absence(self, absence: Absence) -> None:
        # Explaining it searches all names for a near one; the finding of the same name at the same place is kept once anyway.
        key = (
            absence.template,
            absence.offset,
            absence.name,
            absence.hint,
            absence.owner is missing,
            absence.forbidden,
        )
        if isinstance(absence.name, str):
            if key in self.absences:
                return
            self.absences.add(key)
        place = self.sources.find_place(absence.template, absence.offset)
        if len(self.absences) > MOST_ABSENCES:
            raise BoundError(
                f"more than {MOST_ABSENCES} names are not defined, and what follows was not rendered", place
            )
        self.output.report(explain_absence(absence, place, self.sources, self.variables), place)

    def report_settings(self, members: tuple[str, ...]) -> None:
        """Report that a helper lacks members of `aws`."""
        place = self.sources.find_here()
        for member in members:
            self.output.report(explain_aws(place, member, self.variables), place)

    # What Jinja asks of an environment

    def concat(self, parts: Iterable[Value]) -> Fragment:
        return self.output.concat(parts)

    def join_path(self, template: str, parent: str) -> str:
        name: Value = template
        if isinstance(name, Undefined):
            str(name)
            raise TemplateNotFound("")
        if not isinstance(name, str):
            raise MisfitError("the name of a template is not text")
        return self.sources.find_name(name, parent) or str(name)

    def _load_template(self, name: str, globals: Value = None) -> Template:
        self.output.meter.take(INCLUDE_STEPS + len(self.variables))
        if name not in self.sources.texts:
            raise TemplateNotFound(name)
        depth, same = count_templates(name)
        if depth > MOST_PARTIALS and same > 1:
            raise PartialLoopError(f"`{name}` includes itself, without end")
        template = self.library.load(name)
        self.output.meter.take(self.sources.read(name).steps)
        return template

    def getitem(self, obj: Value, argument: Value) -> Value:
        if isinstance(argument, Absent):
            return argument._go_on()
        if not isinstance(argument, (str, int)):
            self.output.meter.weigh(argument)
        return super().getitem(obj, argument)

    def wrap_str_format(self, value: Value) -> Callable[..., str] | None:
        wrapped = super().wrap_str_format(value)
        if wrapped is not None:
            self.output.meter.take(LOOKUP_STEPS)
        return wrapped

    def call_binop(self, context: Context, operator: str, left: Value, right: Value) -> Value:
        from generator.build.rendering.operator_costs import charge_operation  # only if a template has an operator

        charge_operation(self.output.meter, operator, left, right)
        if operator == "%" and isinstance(left, str):
            refuse_objects(right if isinstance(right, tuple) else (right,), self.output.meter)
        result = super().call_binop(context, operator, left, right)
        if not isinstance(result, (list, tuple)):  # whose members are those of others, and are counted
            self.output.meter.spend_on(result)
        return result

    # What compiled templates ask besides

    def charge_lookup(self, names: int) -> None:
        self.output.meter.take(LOOKUP_STEPS + 4 * names)

    def take_steps(self, steps: int) -> bool:
        self.output.meter.take(steps)
        return True

    def weigh(self, value: Value) -> Value:
        """Count what it takes to compare or hash a value. Gives it, so that of a series each value is counted."""
        if isinstance(value, Iterator):
            return self.output.meter.weigh_each(value)
        self.output.meter.weigh(value)
        return value

    def take_slice(self, value: Value, start: Value, stop: Value, step: Value) -> Value:
        if isinstance(value, (str, bytes, list, tuple)):
            self.output.meter.take(len(value))
        return value[start:stop:step]

    def count_items(self, items: Value) -> Value:
        # Python's versions disagree on the line a loop is at when its iterator fails, so its place is taken beforehand.
        return self.output.meter.count_items(items, None if isinstance(items, Sized) else self.sources.find_here())

    def call(self, context: Context, obj: Value, /, *args: Value, **kwargs: Value) -> Value:
        if isinstance(obj, Absent):
            return obj._go_on()
        if isinstance(obj, (Macro, LoopContext, BlockReference)):
            if isinstance(obj, LoopContext):
                args = tuple(self.count_items(items) for items in args)
            self.output.meter.enter_call()
            result = super().call(context, obj, *args, **kwargs)
            self.output.meter.leave_call()
            return result
        if not callable(obj):
            raise MisuseError(f"{name_kind(obj)} is called as if it were a function")
        if not isinstance(obj, type):
            report_absent((*args, *(value for name, value in kwargs.items() if not name.startswith("_"))))
        args = charge_call(self.output.meter, obj, args, kwargs)
        if isinstance(getattr(getattr(obj, "__wrapped__", obj), "__self__", None), str):
            refuse_objects((*args, *kwargs.values()), self.output.meter)
        try:
            result = super().call(context, obj, *args, **kwargs)
        except MissingAwsError as error:
            self.report_settings(error.members)
            return ""
        self.output.meter.spend_on(result)
        return result
