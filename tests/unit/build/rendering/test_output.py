"""What printing is charged, to the step, and what is never put together."""

from __future__ import annotations

import pytest

from generator.build.rendering.bounds import MOST_TEXT, BoundError
from generator.build.rendering.output import Output
from generator.build.rendering.values import Filtered, Fragment, JsonText, make_value
from generator.model.findings import Place, Source
from generator.model.nodes import NO_VALUE, Piece, Value

PLACE = Place(Source("templates/web.json.j2", "{{ x }}"), 0, 7)

PIECES: list[tuple[Piece, int]] = [
    (Piece(PLACE, "ab", NO_VALUE), 3),
    (Piece(PLACE, "", "ab"), 2),
    (Piece(PLACE, "", 2**30), 1 + 10),
    (Piece(PLACE, "", ["a"]), 4 + 2),
    (Piece(PLACE, "", Filtered(["a"], "xyz")), 3 + 6),
]


@pytest.mark.parametrize(("piece", "steps"), PIECES)
def test_a_piece_is_charged_when_it_is_put_together_with_others(piece: Piece, steps: int) -> None:
    output = Output()
    assert output.gather([(piece,), Fragment((piece, piece))]) == (piece, piece, piece)
    assert output.meter.steps == 3 * steps


def test_no_more_pieces_are_put_together_than_a_text_may_have() -> None:
    part = (Piece(PLACE, "", "x" * (MOST_TEXT // 2)),)
    made = iter([part] * 9)
    with pytest.raises(BoundError) as caught:
        Output().gather(made)
    assert (caught.value.place, len(list(made))) == (PLACE, 6)


VALUES: list[tuple[Value, int]] = [("ab", 0), (2**30, 0), (["ab", 2**30], 2 * 16 + 2 + 10), ({"a": 1}, 16)]


@pytest.mark.parametrize(("value", "steps"), VALUES)
def test_a_printed_value_is_charged_for_its_copy(value: Value, steps: int) -> None:
    output = Output()
    assert output.emit(value, PLACE) == (Piece(PLACE, "", value),)
    assert output.meter.steps == steps


def test_no_value_is_printed_that_is_larger_than_a_text_may_be() -> None:
    part = "x" * (MOST_TEXT // 2)
    with pytest.raises(BoundError) as caught:
        Output().emit([part, part], PLACE)
    assert caught.value.place == PLACE


TEXTS: list[tuple[tuple[Value, ...], str, int]] = [
    (("ab", 1.5, True), "ab1.5true", 9),
    (("", 2**30), "1073741824", 10 + 10),
]


@pytest.mark.parametrize(("parts", "text", "steps"), TEXTS)
def test_what_is_joined_is_charged_for_its_digits_and_its_text(parts: tuple[Value, ...], text: str, steps: int) -> None:
    output = Output()
    assert (output.join_text(parts), output.meter.steps) == (text, steps)


def test_the_body_of_a_filter_is_charged_for_its_json() -> None:
    output = Output()
    (piece,) = output.emit_filtered(str.upper, Fragment((make_value(PLACE, "ab"),)), PLACE)
    assert isinstance(piece.value, Filtered)
    assert (piece.value.inside, piece.value.outside, output.meter.steps) == ("AB", '"AB"', 4)


def test_the_filter_tojson_leaves_json_in_the_body_of_a_filter_as_it_is() -> None:
    (piece,) = Output().emit_filtered(lambda text: JsonText([text], "[]"), Fragment((make_value(PLACE, "ab"),)), PLACE)
    assert isinstance(piece.value, Filtered)
    assert piece.value.outside == '["\\"ab\\""]'
