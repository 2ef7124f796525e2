"""Names that nothing defines: benign to go on with, so that one render finds them all; every use is reported with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.runtime import Undefined
from jinja2.utils import missing

from generator.build.rendering.frames import find_frames
from generator.model.nodes import Value
from generator.model.records import Record


class Absence(Record):
    """What was looked up in vain, where, and among which names."""

    template: str
    offset: int
    name: Value
    owner: Value
    hint: str | None
    forbidden: bool
    known: tuple[str, ...]


class Reporter(Protocol):
    """The environment of a template, which absences are reported to."""

    def report_absence(self, absence: Absence) -> None: ...

    def charge_lookup(self, names: int) -> None: ...


class Absent(Undefined):
    """The value of a name that nothing defines. `is defined` and `| default` do not count as uses."""

    __slots__ = ("_absence", "_reporter")
    _absence: Absence
    _reporter: Reporter | None

    def __init__(
        self,
        hint: str | None = None,
        obj: Value = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        frames = find_frames()
        # What a macro is not given is missing at its call, which is the next frame but one.
        depth = 1 if (hint or "").startswith("parameter ") and len(frames) > 1 else 0
        self._reporter = cast("Reporter", frames[depth].template.environment) if frames else None
        self._absence = Absence(
            template=frames[depth].name if frames else "",
            offset=frames[depth].offset if frames else 0,
            name=name,
            owner=obj,
            hint=hint,
            forbidden=exc is not UndefinedError,
            known=frames[0].names if frames else (),
        )
        if self._reporter is not None:
            self._reporter.charge_lookup(len(self._absence.known))

    def _report(self) -> None:
        if self._reporter is not None:
            self._reporter.report_absence(self._absence)

    def _go_on(self, *_: Value, **__: Value) -> Value:
        self._report()
        return self

    def __getattr__(self, name: str) -> Value:
        if name[:2] == "__":
            raise AttributeError(name)
        return self._go_on()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _go_on
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _go_on
    __mod__ = __rmod__ = __pow__ = __rpow__ = __pos__ = __neg__ = _go_on
    __call__ = __getitem__ = _go_on

    def _deny(self, *_: Value) -> bool:
        self._report()
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _deny  # type: ignore[assignment]  # Jinja's own never return
    __bool__ = __contains__ = _deny

    def __eq__(self, other: object) -> bool:
        return self._deny()

    def __ne__(self, other: object) -> bool:
        return not self._deny()

    def __hash__(self) -> int:
        self._report()
        return 0

    __int__ = __len__ = __index__ = __hash__  # type: ignore[assignment]  # Jinja's own never return

    def __float__(self) -> float:  # type: ignore[override]  # Jinja's own never return
        self._report()
        return 0.0

    def __str__(self) -> str:
        self._report()
        return ""

    __repr__ = __str__

    def __iter__(self) -> Iterator[Value]:
        self._report()
        return iter(())
