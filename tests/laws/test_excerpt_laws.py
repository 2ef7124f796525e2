"""Laws of excerpts: what is masked is masked where it stands and nowhere else, and what is underlined stays so, however wide it is."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given, strategies as st

from generator.documents.hiding import make_text_secrets
from generator.model.findings import Place, Source, cut_excerpt, finding_at
from generator.reports.text import format_excerpt, measure


class Part(NamedTuple):
    """A stretch of a line, and whether it is secret."""

    text: str
    secret: bool


TEXTS = st.text("ab :,é說\u0301🎲\t", min_size=1, max_size=4)
PARTS = st.lists(st.builds(Part, TEXTS, st.booleans()), min_size=1, max_size=6)


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[Part], int, int]:
    """Draw the parts of a line, no two secrets side by side, and the parts that are underlined: from one up to another."""
    parts = draw(PARTS)
    parts = [
        part._replace(secret=part.secret and not (number and parts[number - 1].secret))
        for number, part in enumerate(parts)
    ]
    first = draw(st.integers(0, len(parts) - 1))
    return parts, first, draw(st.integers(first, len(parts) - 1)) + 1


def show(parts: list[Part]) -> str:
    return "".join("***" if part.secret else part.text for part in parts).replace("\t", " ")


@given(lines(), st.sampled_from(["", "a: b\n"]), st.sampled_from(["", "\nb: a"]))
def test_a_mask_and_what_is_underlined_stand_where_the_text_does(
    line: tuple[list[Part], int, int], before: str, after: str
) -> None:
    parts, first, last = line
    ends = [len(before) + sum(len(part.text) for part in parts[:number]) for number in range(len(parts) + 1)]
    spans = [(ends[number], ends[number + 1]) for number, part in enumerate(parts) if part.secret]
    source = Source("a.yaml", before + "".join(part.text for part in parts) + after)
    excerpt = cut_excerpt(Place(source, ends[first], ends[last]), spans)
    assert excerpt.text == show(parts)
    assert excerpt.text[excerpt.column - 1 :][: excerpt.length] == show(parts[first:last])
    text, carets = format_excerpt(excerpt, 7)
    assert text == f"  7 | {show(parts)}".rstrip()
    assert carets == f"    | {' ' * measure(show(parts[:first]))}{'^' * max(1, measure(show(parts[first:last])))}"


SECRETS = st.text("abz09說🎲", min_size=1, max_size=8)
LINES = st.sampled_from(
    [
        '{"environment": [{"name": "DB_PASSWORD", "value": "SECRET"}, {"name": "a", "value": "b"}], "user": "a"}',
        '{"command": ["run", "--password", "SECRET", "a"], "x": "a"}',
        '{"command": ["mysql -pSECRET -h 說", "--token=SECRET"], "user": "a", "api-token": "SECRET"}',
        '{"環境": "postgres://u:SECRET@host/db", "b": "{\\\\"password\\\\": \\\\"SECRET\\\\"}"}',
    ]
)


@given(LINES, SECRETS, st.data())
def test_a_finding_underlines_the_same_once_all_that_is_secret_is_known(
    line: str, secret: str, data: st.DataObject
) -> None:
    source = Source("a.json", line.replace("SECRET", secret))
    start = data.draw(st.integers(0, len(source.text) - 1))
    place = Place(source, start, data.draw(st.integers(start + 1, len(source.text))))
    secrets = make_text_secrets(source)
    (hidden,) = secrets.hide_all([finding_at(place, "E104", "x")])
    assert hidden.excerpt == secrets.cut(place)
    plain = line.replace("SECRET", "***")
    if secret not in plain:
        assert secret not in hidden.excerpt.text
