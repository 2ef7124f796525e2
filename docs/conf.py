"""Configures the documentation site, which `make site` builds into `build/site`.

`-D repository=ADDRESS` names the address below which the files of the repository are. Links to files that are no page of the site lead
there; without an address they are text that names its file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments.lexers.templates import JavascriptDjangoLexer
from sphinx import addnodes

from generator import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent

project = "taskdef"
release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["examples", "schemas"]
default_role = "code"  # docstrings have code in single backticks
smartquotes = False  # what is quoted here is mostly typed

myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"

nitpick_ignore_regex = [
    ("py:class", r"collections\.abc\..*"),  # the documentation of Python, which is not here
    ("py:class", r"generator\.model\.(events\.\w+|nodes\.MapNode|secrecy\.Secrets)"),  # of these nothing is promised
]
suppress_warnings = [
    "misc.highlighting_failure",  # examples are wrong on purpose
]

html_theme = "furo"
html_title = f"taskdef {release}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_copy_source = False
html_show_copyright = False


def link_files(app: Sphinx, document: nodes.document) -> None:
    """Link what is no page: a file below `docs` is copied to the site, all else is in the repository only."""
    folder = Path(app.env.doc2path(app.env.docname)).parent
    for node in [*document.findall(addnodes.download_reference), *document.findall(addnodes.pending_xref)]:
        if node["reftype"] != "myst":
            continue
        document_named = node.get("refdomain") == "doc"  # then MyST took the ending off, outside of `docs` too
        target = (DOCS / f"{node['reftarget']}.md" if document_named else folder / node["reftarget"]).resolve()
        in_site = target.is_file() and target.is_relative_to(DOCS)
        if target.exists() and target.is_relative_to(ROOT) and not in_site:
            node.replace_self(link_file(target.relative_to(ROOT).as_posix(), node.children, app.config.repository))


def link_file(path: str, children: list[nodes.Node], repository: str) -> nodes.Element:
    """Make a link to a file of the repository, or text that names it where the address of the repository is not known."""
    if repository:
        return nodes.reference("", "", *children, refuri=f"{repository.rstrip('/')}/{path}")
    return nodes.abbreviation("", "", *children, explanation=path)


def describe_member(app: Sphinx, what: str, name: str, member: object, options: object, lines: list[str]) -> None:
    """Remove what Python says of each field of a named tuple, which is its number."""
    if lines and lines[0].startswith("Alias for field number"):
        lines.clear()


def shorten_sidebar(
    app: Sphinx, page: str, template: str, context: dict[str, Any], document: nodes.document | None
) -> None:
    """Show the pages of the index in the sidebar, and not those below them: the codes alone are two hundred."""
    make_tree: Callable[..., str] = context["toctree"]

    def make_short_tree(**options: object) -> str:
        tree = make_tree(**{**options, "collapse": True, "maxdepth": 1})
        return tree.replace(
            'role="heading"', 'role="heading" aria-level="2"'
        )  # a heading without a level is none to a screen reader

    context["toctree"] = make_short_tree


def setup(app: Sphinx) -> None:
    """Connect the above, the links before files to copy are collected."""
    app.add_config_value("repository", "", "env", types=str)
    app.add_lexer("jinja", JavascriptDjangoLexer)  # our templates are JSON with Jinja in it
    app.connect("doctree-read", link_files, priority=100)
    app.connect("html-page-context", shorten_sidebar, priority=100)
    app.connect("autodoc-process-docstring", describe_member)
