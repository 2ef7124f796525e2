"""Where the comments of a YAML file are. Reads none."""

from __future__ import annotations

import re

import yaml
from yaml.tokens import ScalarToken

from generator.model.findings import Place, Source

COMMENT = re.compile(r"(?<![^ \t\n])#[^\n]*")


def find_comments(source: Source) -> tuple[Place, ...]:
    """Find the comments of a YAML file: what begins with `#` after a blank, and is in no scalar. None if the file is broken."""
    text = source.text
    try:
        # The pure scanner: the marks of libyaml take what follows a block scalar as a part of it.
        spans = [
            (token.start_mark.index, token.end_mark.index)
            for token in yaml.scan(text, Loader=yaml.SafeLoader)
            if isinstance(token, ScalarToken)
        ]
    except (yaml.YAMLError, ValueError, OverflowError):  # told by who parses it
        return ()
    places = []
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        while (match := COMMENT.search(text, at)) and match.start() < start:
            places.append(Place(source, *match.span()))
            at = match.end()
        at = max(at, end)
    return tuple(places)
