"""Records: named tuples that cost next to nothing to define. A type checker reads `Record` as `typing.NamedTuple`.

`typing.NamedTuple` compiles each annotation and a constructor while a module loads: 0.11 ms a class on Python 3.11, and a small run
loads ninety. A record borrows its getters and the code of its constructor from a named tuple with as many fields, which is made once, and
shares its methods with all others. It does what a named tuple does: fields, defaults, unpacking, `_replace`, `_asdict`, patterns, pickling.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, cast

__all__ = ["Record"]


class Fields(tuple[object, ...]):
    """The methods that all records share."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    @classmethod
    def _make(cls, values: Iterable[object]) -> Fields:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, and {len(made)} were given")
        return made

    def _replace(self, /, **changes: object) -> Fields:
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(changes)}")
        return made

    __replace__ = _replace

    def _asdict(self) -> dict[str, object]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({fields})"

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)


@cache
def make_lender(count: int) -> tuple[tuple[object, ...], FunctionType]:
    """Make the getters of so many fields, and a constructor for them."""
    names = [f"field_{number}" for number in range(count)]
    lender: type = namedtuple("lender", names)  # type: ignore[misc]  # the names are known at run time only
    return tuple(vars(lender)[name] for name in names), cast("FunctionType", lender.__new__)


def make_constructor(lent: FunctionType, fields: tuple[str, ...], defaults: Iterable[object]) -> Callable[..., object]:
    """Make a constructor with the names and defaults of these fields."""
    code = lent.__code__.replace(co_varnames=("_cls", *fields))
    return FunctionType(code, lent.__globals__, "__new__", tuple(defaults))


class RecordType(type):
    """Makes a class of tuples of the annotations in the body of a class."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: Mapping[str, object]) -> type:
        """Make the class; that of `Record` itself is an ordinary one."""
        if not bases:
            return super().__new__(cls, name, bases, dict(body))
        fields = tuple(cast("Mapping[str, object]", body.get("__annotations__", {})))
        defaults = {field: body[field] for field in fields if field in body}
        if fields[len(fields) - len(defaults) :] != tuple(defaults):
            raise TypeError(f"{name} has a field without a default behind one that has it")
        getters, lent = make_lender(len(fields))
        members = {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
        constructor = make_constructor(lent, fields, defaults.values())
        return type(
            name, (Fields,), {**body, **dict(zip(fields, getters, strict=True)), **members, "__new__": constructor}
        )


if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:

    class Record(metaclass=RecordType):
        """The base of every record."""
