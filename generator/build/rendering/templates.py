"""All templates of a project, ready to be rendered for one environment after the other. Owns which names are not the user's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.build.rendering.bounds import MOST_ABSENCES, MOST_STEPS
from generator.build.rendering.failures import GLOBALS
from generator.build.rendering.helpers import HELPERS, make_helpers
from generator.build.rendering.reading import TemplateReader
from generator.build.rendering.sandbox import Sandbox
from generator.build.rendering.sources import Sources
from generator.model.findings import Finding, Source
from generator.model.nodes import Piece, Value

if TYPE_CHECKING:
    from generator.build.rendering.texts import TextRenderer

CONSTANTS = ("true", "false", "none", "True", "False", "None", "self")
"""Names that Jinja never looks up."""

RESERVED = frozenset(("env", "task", "aws", *HELPERS, *GLOBALS, *CONSTANTS))
"""Names that no variable may have."""


class Templates:
    """Templates by their file names. Each is compiled when it is first needed, once. Other looks at the same texts share `sources`."""

    def __init__(
        self, sources: Mapping[str, Source], reader: TemplateReader | None = None, most: int = MOST_STEPS
    ) -> None:
        self.sources = Sources(sources, reader)
        self._sandbox = Sandbox(self.sources, most)

    def render(self, name: str, variables: dict[str, Value]) -> tuple[tuple[Piece, ...] | None, tuple[Finding, ...]]:
        """Render a template. The variables include `env`, `task` and `aws`. No pieces where a finding is an error."""
        sandbox = self._sandbox
        aws = variables.get("aws", {})
        ambient: dict[str, Value] = {key: variables[key] for key in ("env", "task", "aws") if key in variables}
        ambient.update(make_helpers(aws.get("account"), aws.get("region")))
        sandbox.start(variables, ambient)
        faults = sandbox.library.check(name)
        if faults:
            return None, faults
        pieces = sandbox.render(name)
        findings = tuple(sandbox.output.findings.values())
        # What is undefined is benign, but all that follows from it is not worth telling.
        absent = tuple(finding for finding in findings if finding.code == "E102")
        return pieces, findings if len(absent) >= MOST_ABSENCES else absent or findings

    def forget(self, name: str) -> None:
        """Forget what was read of a template that is needed no longer. Anyone who asks for it after all reads it again."""
        self._sandbox.library.forget(name)
        self.sources.forget(name)

    def render_texts(self) -> TextRenderer:
        """Make what renders texts of overlays with the values of the last render, on its meter."""
        from generator.build.rendering.texts import TextRenderer  # only if an overlay has one

        return TextRenderer(self._sandbox)
