"""What is known of a revision's tags."""

from __future__ import annotations

import pytest

from generator.model.releases import Provenance

STATES = {
    "no tags of ours": (Provenance(), ""),
    "what git has": (Provenance(True, True, None), "confirmed"),
    "what was registered, of another environment": (Provenance(True, False, True), "confirmed"),
    "what git has, and another tool registered": (Provenance(True, True, False), "confirmed"),
    "something else than git has": (Provenance(True, False, None), "contradicted"),
    "something else than was registered": (Provenance(True, None, False), "contradicted"),
    "nobody knows": (Provenance(True, None, None), "unchecked"),
}


@pytest.mark.parametrize(("provenance", "state"), STATES.values(), ids=STATES)
def test_a_revision_is(provenance: Provenance, state: str) -> None:
    assert provenance.state == state
