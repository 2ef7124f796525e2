"""One self-contained page from data: template, style and program lie beside this module. Escapes everything, and fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from generator.model.findings import Finding
from generator.model.nodes import Value
from generator.reports.matrix.page import describe_page
from generator.review.matrix import Matrix

if TYPE_CHECKING:
    from importlib.machinery import SourceFileLoader


def write_page(matrix: Matrix, findings: tuple[Finding, ...]) -> str:
    """Write the page of a matrix."""
    title = f"Environments side by side: {', '.join(table.task for table in matrix.tables)}"
    data = describe_page(matrix.tables, matrix.origins, findings, whole=matrix.whole)
    return render_page(title, data)


def render_page(title: str, data: Value) -> str:
    """Render the page that shows the data of a matrix. The data stands in it as JSON that no markup can leave."""
    style, program = read_part("page.css"), read_part("page.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    return environment.from_string(read_part("page.html.j2")).render(
        title=title,
        data=data,
        style=Markup(style),  # noqa: S704 - our own files
        program=Markup(program),  # noqa: S704
        policy=state_policy(style, program),
    )


def state_policy(style: str, program: str) -> str:
    """State what a browser is to allow the page: this style, this program, and no request at all."""
    allowed = {"style-src": style, "script-src": program}
    hashes = "; ".join(f"{kind} 'sha256-{digest(text)}'" for kind, text in allowed.items())
    return f"default-src 'none'; {hashes}; base-uri 'none'; form-action 'none'"


def digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def read_part(name: str) -> str:
    """Read a data file beside this module by the loader that found it: also from a zip."""
    assert __spec__ is not None
    loader = cast("SourceFileLoader", __spec__.loader)  # or another with `get_data`
    return loader.get_data(__file__[: -len("html.py")] + name).decode()
