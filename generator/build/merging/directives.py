"""Words that begin with `$` in a patch, and what is reported of a patch: one list of findings for all who view it."""

from __future__ import annotations

from generator.documents.changing import make_edits
from generator.documents.parsing.sections import DIRECTIVES, RENDER
from generator.ecs.paths import Step, format_path
from generator.model.findings import Change, Finding, Place, finding_at
from generator.model.misspelling import find_misspelt
from generator.model.nodes import MapNode, Node, Scalar, describe_kind

PORTS_HELP = "write it as `8080/tcp`, `8080` or `8000-8010/udp`"
"""How the identity of a port is spelt."""


def may_render(patch: MapNode) -> bool:
    """Whether a patch may have a text to render: the file names the directive, has an expression, or an escape that can spell one."""
    text = patch.place.source.text
    return RENDER in text or "{{" in text or "\\" in text


class Reports:
    """What is wrong with one patch. `allow` are members that the repository admits beyond the shapes."""

    __slots__ = ("allow", "findings")

    def __init__(self, allow: tuple[str, ...]) -> None:
        self.allow = allow
        self.findings: list[Finding] = []

    def report(
        self, place: Place, code: str, message: str, path: list[Step], help: str | None = None, name: str | None = None
    ) -> None:
        """Report something; `name` is what the help says that the key there certainly means."""
        edits = make_edits(Change("rename", name), place) if name else ()
        self.findings.append(finding_at(place, code, message, path=format_path(path) or None, help=help, edits=edits))

    def read_flag(self, node: Node, name: str, path: list[Step]) -> bool:
        """Read the value of `$replace` in a mapping, which can only be `true`."""
        if isinstance(node, Scalar) and node.text == "true":
            return True
        wanted = "`true`, or a list for a list"
        self.report(
            node.place,
            "E205",
            f"`{name}` here takes {wanted}, not {describe_kind(node)}",
            path,
            f"write `{name}: true`, or delete it",
        )
        return False

    def report_directive(self, place: Place, name: str, path: list[Step]) -> None:
        """Report a `$name` that is no directive (E204), or is none here (E205)."""
        if name in DIRECTIVES:
            kinds = {"$add": "a new container or volume", RENDER: "the text of a value"}.get(name, "a plain list")
            self.report(place, "E205", f"`{name}` is for {kinds}, and has no meaning here", path, f"delete `{name}`")
            return
        near = find_misspelt(name, DIRECTIVES)
        help = (
            f"write `{near}`"
            if near
            else f"to mean the key itself, write `${name}`; the directives are {', '.join(f'`{each}`' for each in DIRECTIVES)}"
        )
        self.report(place, "E204", f"`{name}` is not a directive", path, help, near)
