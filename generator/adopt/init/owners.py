"""Who reviews production in a new project: `CODEOWNERS`, as GitHub reads it."""

from __future__ import annotations

from generator.model.new_project import NewProject
from generator.model.project import OVERLAY_SUFFIX

HEAD = """\
# Who reviews what: the last line that matches a file counts. The rules of the branch need "Require review from Code Owners".
# The artifacts alone show a change in a template or overlay: `taskdef check` fails until they are rendered again.
"""

EXAMPLE = "@example-org/production"


def write_owners(project: NewProject) -> str:
    """Write the lines for the environments of production; they are comments until somebody is named."""
    mark, owners = ("", " ".join(project.owners)) if project.owners else ("# ", EXAMPLE)
    paths = [
        path for env in project.production for path in (f"/rendered/{env}/", f"/environments/{env}{OVERLAY_SUFFIX}")
    ]
    paths += ["/taskdef.toml", "/.github/CODEOWNERS"]
    width = max(map(len, paths))
    return HEAD + "".join(f"{mark}{path.ljust(width)}  {owners}\n" for path in paths)
