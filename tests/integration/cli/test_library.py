"""The package as a library: it builds and compares without the command line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import generator
from tests.integration.cli.process import DEV, PROD, ROOT, Project


def test_the_package_offers_its_names_and_imports_nothing_for_it() -> None:
    program = "import sys, generator; print(sorted(name for name in sys.modules if name.startswith('generator.')))"
    done = Project(ROOT).run(cwd=ROOT, env=os.environ)  # the command itself, without words
    assert done.status == 2
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
    assert {name: getattr(generator, name).__name__ for name in generator.__all__ if name != "__version__"} == {
        name: name for name in generator.__all__ if name != "__version__"
    }
    with pytest.raises(AttributeError):
        generator.nothing  # noqa: B018 - that is the point


def test_the_package_renders_and_compares(project: Project) -> None:
    loaded = generator.load_project(str(project.folder))
    computed = generator.build_project(loaded)
    assert [(artifact.path, artifact.text) for artifact in computed.artifacts] == [
        ("rendered/dev/app.json", DEV),
        ("rendered/prod/app.json", PROD),
    ]
    assert [finding.code for finding in generator.compare(loaded, computed, whole=True)] == ["E803", "E803"]
    written = generator.write_artifacts(str(project.folder), computed.artifacts, loaded.artifacts)
    assert [done.action for done in written] == ["wrote", "wrote"]
    assert generator.compare(generator.load_project(str(project.folder)), computed, whole=True) == ()
