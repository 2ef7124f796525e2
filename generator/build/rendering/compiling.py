"""Jinja's syntax tree to Python that yields pieces: owns where Jinja's code generator is made to differ, and nothing else.

`_output_…`, `visit_…` and `newline` are half internal to Jinja, so `pyproject.toml` bounds its version and
`tests/unit/build/rendering/test_compiling.py` pins what is relied upon here.
"""

# ruff: noqa: N802  # the names are Jinja's

from __future__ import annotations

from contextlib import suppress
from math import isfinite
from typing import TYPE_CHECKING, NoReturn

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, operators
from jinja2.idtracking import VAR_LOAD_PARAMETER

from generator.build.rendering.sources import Sources
from generator.build.rendering.syntax import find_place
from generator.model.nodes import NO_VALUE, Piece, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.environment import Environment

    from generator.model.findings import Place

PLACED = (
    nodes.Call,
    nodes.Filter,
    nodes.Test,
    nodes.Getattr,
    nodes.Getitem,
    nodes.BinExpr,
    nodes.UnaryExpr,
    nodes.Concat,
    nodes.Compare,
    nodes.CondExpr,
)
"""Expressions that can fail. Each begins a line of Python of its own, so that its failure is known by that line."""


class Constants:
    """What compiled templates refer to by number: pieces of template text, and the places of tags. `count` numbers were given."""

    __slots__ = ("count", "tags", "texts")

    def __init__(self) -> None:
        self.count = 0
        self.texts: dict[int, tuple[Piece, ...]] = {}
        self.tags: dict[int, Place] = {}

    def add_text(self, pieces: tuple[Piece, ...]) -> str:
        """Keep pieces of template text, and give the Python expression for them."""
        self.texts[self.count] = pieces
        return f"environment.texts[{self.take_number()}]"

    def add_tag(self, place: Place) -> str:
        """Keep the place of a tag, and give the Python expression for it."""
        self.tags[self.count] = place
        return f"environment.tags[{self.take_number()}]"

    def take_number(self) -> int:
        self.count += 1
        return self.count - 1

    def forget(self, numbers: Iterable[int]) -> None:
        """Forget what has these numbers, as nothing refers to it any more."""
        for number in numbers:
            self.texts.pop(number, None)
            self.tags.pop(number, None)


class PlacedGenerator(CodeGenerator):
    """Generates code of whose lines each has an offset in the template, so that a failure is known by its line."""

    _last_line = -1

    def newline(self, node: nodes.Node | None = None, extra: int = 0) -> None:
        self._new_lines = max(self._new_lines, 1 + extra)
        if node is not None:
            offset = find_place(node)
            if offset != self._last_line:
                self._write_debug_info = self._last_line = offset

    def visit(self, node: nodes.Node, *args: Value, **kwargs: Value) -> Value:
        if not isinstance(node, PLACED):
            return super().visit(node, *args, **kwargs)
        self.write("(")
        self.newline(node)
        super().visit(node, *args, **kwargs)
        self.write(")")
        return None

    def position(self, node: nodes.Node) -> str:
        return "here"

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        ref = frame.symbols.ref(node.name)
        load = frame.symbols.find_load(ref)
        given = load is not None and load[0] == VAR_LOAD_PARAMETER and not self.parameter_is_undeclared(ref)
        if node.ctx != "load" or given:
            super().visit_Name(node, frame)
            return
        self.write("(")
        self.newline(node)
        self.write(f"undefined(name={node.name!r}) if {ref} is missing else {ref})")

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:
        self.newline(node)  # Jinja writes a check of namespaces before the assignment, and gives it no line
        super().visit_Assign(node, frame)

    def find_offset(self, line: int) -> int:
        """Find the template offset of a line of the generated code."""
        offset = 0
        with suppress(StopIteration):
            offset = next(offset for offset, code_line in reversed(self.debug_info) if code_line <= line)
        return offset


class PieceGenerator(PlacedGenerator):
    """Generates code whose output is tuples of pieces: template text by its place, and every value through `emit`."""

    filter_operand: str | None = None
    """What the filters of the `{% filter %}` tag being compiled are applied to."""

    def __init__(self, environment: Environment, name: str, sources: Sources, constants: Constants) -> None:
        super().__init__(environment, name, name, optimized=False)
        self.sources = sources
        self.constants = constants

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> Value:
        if isinstance(node, nodes.TemplateData):
            return Piece(self.sources.make_place(self.name, node.lineno, len(node.data)), node.data, NO_VALUE)
        raise nodes.Impossible

    def _output_const_repr(self, group: Iterable[Value]) -> str:
        return self.constants.add_text(tuple(group))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.emit(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(f", {self.add_tag(node)})")

    def add_tag(self, node: nodes.Node) -> str:
        return self.constants.add_tag(self.sources.find_tag(self.name, find_place(node)))

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:
        call_frame, macro_ref = self.macro_body(node, frame)
        self.writeline("caller = ")
        self.macro_def(macro_ref, call_frame)
        self.start_write(frame, node)
        self.write("environment.emit((")
        self.newline(node.call)
        self.visit_Call(node.call, frame, forward_caller=True)
        self.write(f"), {self.add_tag(node)})")
        self.end_write(frame)

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:
        filter_frame = frame.inner()
        filter_frame.symbols.analyze_node(node)
        self.enter_frame(filter_frame)
        self.buffer(filter_frame)
        self.blockvisit(node.body, filter_frame)
        self.start_write(frame, node)
        outer, self.filter_operand = self.filter_operand, self.temporary_identifier()
        self.write(f"environment.emit_filtered(lambda {self.filter_operand}: ")
        self.visit(node.filter, filter_frame)
        self.write(f", concat({filter_frame.buffer}), {self.add_tag(node)})")
        self.filter_operand = outer
        self.end_write(frame)
        self.leave_frame(filter_frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        # The operand is absent in the first filter of a `{% filter %}` or `{% set x | f %}` tag only.
        operand: nodes.Expr | None = node.node
        if operand is not None or self.filter_operand is None:
            super().visit_Filter(node, frame)
            return
        with self._filter_test_common(node, frame, True):
            self.write(self.filter_operand)

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:
        outer, self.filter_operand = self.filter_operand, None
        super().visit_AssignBlock(node, frame)
        self.filter_operand = outer

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        # Without `else` Jinja's own Undefined is written, which prints nothing and does nothing else.
        soft = frame.soft()
        self.write("(")
        self.visit(node.expr1, soft)
        self.write(" if ")
        self.visit(node.test, soft)
        self.write(" else ")
        if node.expr2 is None:
            self.write("cond_expr_undefined('a conditional without `else` has no value here')")
        else:
            self.visit(node.expr2, soft)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.join_text((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        self.write("(")
        self.write_weighed(node.expr, frame)
        for operand in node.ops:
            self.write(f" {operators[operand.op]} ")
            self.write_weighed(operand.expr, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self.write("{")
        for pair in node.items:
            self.write_weighed(pair.key, frame)
            self.write(": ")
            self.visit(pair.value, frame)
            self.write(", ")
        self.write("}")

    def write_weighed(self, node: nodes.Expr, frame: Frame) -> None:
        """Write an expression that Python compares or hashes: the environment counts that first."""
        if isinstance(node, nodes.Const):
            self.visit(node, frame)
            return
        self.write("environment.weigh(")
        self.visit(node, frame)
        self.write(")")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        # Jinja leaves slices to Python, which copies.
        self.write("environment.take_slice(")
        self.visit(node.node, frame)
        for bound in (node.arg.start, node.arg.stop, node.arg.step):
            self.write(", ")
            self.write("None") if bound is None else self.visit(bound, frame)
        self.write(")")

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        value: Value = node.value
        if isinstance(value, float) and not isfinite(value):
            self.fail("this number is too large", node.lineno)
        super().visit_Const(node, frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        if node.with_context or frame.buffer is None:
            super().visit_Include(node, frame)
            return
        # Jinja yields here whether or not the frame has a buffer, which makes a generator of a macro.
        if node.ignore_missing:
            self.writeline("try:")
            self.indent()
        self.writeline("template = environment.get_or_select_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        if node.ignore_missing:
            self.outdent()
            self.writeline("except TemplateNotFound:")
            self.indent()
            self.writeline("pass")
            self.outdent()
            self.writeline("else:")
            self.indent()
        self.writeline("for event in template._get_default_module()._body_stream:")
        self.indent()
        self.simple_write("event", frame)
        self.outdent()
        if node.ignore_missing:
            self.outdent()

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier, frame: Frame) -> NoReturn:
        raise AssertionError("the parser refuses the only tag that gives this node")
