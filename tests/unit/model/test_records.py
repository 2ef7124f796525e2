"""Records do what `typing.NamedTuple` does."""

from __future__ import annotations

import pickle
from typing import NamedTuple

import pytest

from generator.model.records import Record


class Made(Record):
    """A record."""

    name: str
    items: tuple[int, ...] = ()
    below: Made | None = None

    def count_items(self) -> int:
        """Count the items."""
        return len(self.items)


class Named(NamedTuple):
    """The named tuple like it."""

    name: str
    items: tuple[int, ...] = ()
    below: Named | None = None


def test_a_record_has_what_a_named_tuple_has() -> None:
    for one, two in [
        (Made("a"), Named("a")),
        (Made("a", (1, 2)), Named("a", (1, 2))),
        (Made(below=None, name="a"), Named(below=None, name="a")),
        (Made("a", items=(3,)), Named("a", items=(3,))),
    ]:
        assert tuple(one) == tuple(two)
        assert hash(one) == hash(two)
        assert (one.name, one.items, one.below) == (two.name, two.items, two.below)
        assert repr(one) == repr(two).replace("Named", "Made")
        assert one._asdict() == two._asdict()
        assert tuple(one._replace(name="b")) == tuple(two._replace(name="b"))
        assert type(one._replace(name="b")) is Made
    assert Made._fields == Named._fields
    assert Made._field_defaults == Named._field_defaults
    assert Made.__match_args__ == Named.__match_args__
    assert tuple(Made._make(["a", (), None])) == tuple(Named._make(["a", (), None]))
    assert Made("a", (1, 2)).count_items() == 2
    assert Made.__doc__ == "A record."


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a", (), None, 4), {}), (("a",), {"name": "b"}), ((), {"items": ()}), (("a",), {"colour": "red"})],
)
def test_a_record_is_not_made_of_other_fields(values: tuple[object, ...], named: dict[str, object]) -> None:
    for kind in (Made, Named):
        with pytest.raises(TypeError):
            kind(*values, **named)  # type: ignore[arg-type]


def test_a_field_that_is_not_there_is_not_replaced() -> None:
    with pytest.raises(TypeError, match="Made has no field colour"):
        Made("a")._replace(colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Made has 3 fields, and 2 were given"):
        Made._make(["a", ()])


def test_a_record_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Made("a").name = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Made("a").colour = "red"  # type: ignore[attr-defined]


def test_a_record_matches_by_position() -> None:
    match Made("a", (1,)):
        case Made(name, (first,)):
            assert (name, first) == ("a", 1)
        case _:
            pytest.fail("no match")


def test_a_record_survives_pickling() -> None:
    made = Made("a", (1,), Made("b"))
    again = pickle.loads(pickle.dumps(made))
    assert again == made
    assert type(again) is Made


def test_a_subclass_of_a_record_is_made_like_it() -> None:
    class Below(Made):
        """One with a method more."""

    assert type(Below("a")._replace(name="b")) is Below


def test_a_field_without_a_default_stands_before_those_with_one() -> None:
    with pytest.raises(TypeError, match="a field without a default"):

        class Wrong(Record):
            first: int = 1
            second: int  # type: ignore[misc]
