"""Documents that come from code are those that the code gives now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Protocol, cast

ROOT = Path(__file__).resolve().parents[2]


class Script(Protocol):
    """What `scripts/generate_docs.py` offers."""

    def generate_documents(self) -> dict[str, str]: ...


def load_script() -> Script:
    """Load the script as a module; `scripts` is no package."""
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "scripts" / "generate_docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Script, module)


def test_documents_equal_a_fresh_generation() -> None:
    generated = load_script().generate_documents()
    assert {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in generated} == generated
