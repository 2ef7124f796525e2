"""The action for pull requests: its steps, run as GitHub would, on a clone as shallow as GitHub's, and the forms of its files."""

from __future__ import annotations

import os
import re
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest

import generator
from tests.acceptance.running import BIN, ROOT, Done, Runner

SCRIPTS = ROOT / "scripts" / "action"

FILES = {
    "app/templates/app.json.j2": '{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": [\n'
    '  {"name": "app", "image": "app:{{ tag }}"}]}\n',
    "app/environments/dev.yaml": "vars: {tag: dev}\n",
    "app/environments/prod.yaml": "vars: {tag: v1}\n",
}

# Keeps the comments of a pull request in a folder, a file each, and speaks to no network.
GH = f"""#!{sys.executable}
import os, sys
from pathlib import Path

folder = Path(os.environ["COMMENTS"])
words = sys.argv[1:]
method = words[words.index("--method") + 1] if "--method" in words else "GET"
comments = sorted(folder.iterdir())
if method == "GET":
    found = [each.name for each in comments if each.read_text().startswith(os.environ["mark"])]
    print("\\n".join(found))
else:
    name = words[-3].rpartition("/")[2] if method == "PATCH" else str(len(comments) + 1)
    assert words[-2] == "--field" and words[-1].startswith("body=@"), words
    (folder / name).write_text(Path(words[-1].removeprefix("body=@")).read_text())
"""

PYTHON = f"""#!{sys.executable}
import subprocess, sys
from pathlib import Path

assert sys.argv[1:3] == ["-m", "venv"] and len(sys.argv) == 4, sys.argv
subprocess.run([sys.executable, *sys.argv[1:]], check=True)
(site,) = Path(sys.argv[3]).glob("lib/python*/site-packages")
(site / "borrowed.pth").write_text({sysconfig.get_path("purelib")!r} + "\\n")
"""
"""Makes a virtual environment that finds our libraries, and what builds us, in this one: so that no network is needed."""


class PullRequest(NamedTuple):
    """A repository, a shallow clone of a pull request's merge into it, and what the runner gives to steps."""

    origin: Runner
    clone: Runner
    temporary: Path

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.origin.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def commit(self) -> str:
        self.origin.demand("git", "add", "-A")
        self.origin.demand("git", "commit", "-q", "-m", "x")
        return self.origin.demand("git", "rev-parse", "HEAD").strip()

    def check_out(self, reference: str) -> None:
        """Clone as `actions/checkout` does: one commit, and none of its parents."""
        shutil.rmtree(self.clone.folder, ignore_errors=True)
        url = self.origin.folder.as_uri()
        self.origin.demand("git", "clone", "-q", "--depth=1", "--branch", reference, url, str(self.clone.folder))

    def step(self, name: str, **inputs: str) -> tuple[Done, dict[str, str]]:
        """Run the script of a step, and read its outputs."""
        output = self.temporary / "output"
        output.write_text("")
        runner = self.clone._replace(environment=self.clone.environment | inputs)
        done = runner.run("bash", SCRIPTS / f"{name}.sh")
        lines = output.read_text().splitlines()
        return done, dict(line.split("=", 1) for line in lines)

    @property
    def summary(self) -> str:
        return (self.temporary / "summary").read_text()


@pytest.fixture
def pull_request(tmp_path: Path) -> PullRequest:
    """A project on `main`, and on `topic` an edit of prod's tag; `merge` is the one merged into the other."""
    for name in ("origin", "temporary", "programs", "comments"):
        (tmp_path / name).mkdir()
    programs = tmp_path / "programs"
    (programs / "taskdef").symlink_to(BIN / "taskdef")
    (programs / "gh").write_text(GH)
    (programs / "gh").chmod(0o755)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(tmp_path),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "RUNNER_TEMP": str(tmp_path / "temporary"),
        "GITHUB_OUTPUT": str(tmp_path / "temporary" / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "temporary" / "summary"),
        "GITHUB_REPOSITORY": "example/app",
        "COMMENTS": str(tmp_path / "comments"),
        "PROJECT": "app",
    }
    environment |= {
        f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    made = PullRequest(
        Runner(tmp_path / "origin", environment), Runner(tmp_path / "clone", environment), tmp_path / "temporary"
    )
    made.origin.demand("git", "init", "-q", "-b", "main")
    made.write(FILES)
    made.origin.demand("taskdef", "render", "--project", "app")
    made.commit()
    made.origin.demand("git", "checkout", "-q", "-b", "topic")
    made.write({"app/environments/prod.yaml": "vars: {tag: v2}\n"})
    made.origin.demand("taskdef", "render", "--project", "app")
    made.commit()
    made.origin.demand("git", "checkout", "-q", "-b", "merge", "main")
    made.write({"README.md": "meanwhile on main\n"})
    made.commit()
    made.origin.demand("git", "branch", "-q", "-f", "main")
    made.origin.demand("git", "merge", "-q", "--no-ff", "-m", "merge", "topic")
    made.check_out("merge")
    return made


def test_the_summary_has_what_changes_against_the_base(pull_request: PullRequest) -> None:
    done, outputs = pull_request.step("diff")
    assert (done.status, outputs["different"]) == (0, "true"), done
    base = pull_request.origin.demand("git", "rev-parse", "--short=12", "main").strip()
    assert pull_request.summary.splitlines()[:8] == [
        "## Task definitions",
        "",
        "### prod",
        "",
        f"**<code>prod/app, {base} → the work tree</code>: 1 field differs**",
        "",
        "| container | field | change | where |",
        "|---|---|---|---|",
    ]
    assert "<code>tag v1 → v2</code> | <code>environments/prod.yaml&#58;1&#58;1</code> |" in pull_request.summary
    assert "<summary>By cause</summary>" in pull_request.summary
    assert Path(outputs["markdown"]).read_text() in pull_request.summary


def test_without_a_difference_nothing_is_said_in_a_comment(pull_request: PullRequest) -> None:
    done, outputs = pull_request.step("diff", BASE="HEAD")
    assert (done.status, outputs["different"]) == (0, "false"), done
    pull_request.step("comment", PULL_REQUEST="7", MARKDOWN=outputs["markdown"], DIFFERENT="false")
    assert list((pull_request.temporary.parent / "comments").iterdir()) == []


def test_a_comment_is_made_once_and_kept_up_to_date(pull_request: PullRequest) -> None:
    comments = pull_request.temporary.parent / "comments"
    (comments / "1").write_text("looks good\n")
    for different, said in (("true", "first"), ("true", "second"), ("false", "No differences.")):
        markdown = pull_request.temporary / "markdown"
        markdown.write_text(said)
        done, _ = pull_request.step("comment", PULL_REQUEST="7", MARKDOWN=str(markdown), DIFFERENT=different)
        assert done.status == 0, done
        assert {path.name: path.read_text() for path in comments.iterdir()} == {
            "1": "looks good\n",
            "2": f"<!-- taskdef diff: app -->\n## Task definitions\n\n{said}",
        }


def test_a_check_that_fails_lets_the_other_steps_run(pull_request: PullRequest) -> None:
    done, outputs = pull_request.step("check")
    assert (done.status, outputs["status"]) == (0, "0"), done
    (pull_request.clone.folder / "app/environments/prod.yaml").write_text("vars: {tag: v3}\n")
    done, outputs = pull_request.step("check", STRICT="true")
    assert (done.status, outputs["status"]) == (0, "1"), done
    assert done.out.startswith("::error file=app/environments/prod.yaml,line=1,col=13,title=E801::")
    assert Path(outputs["sarif"]).stat().st_size > 0


def test_sources_that_cannot_be_built_are_a_warning_of_the_comparison(pull_request: PullRequest) -> None:
    (pull_request.clone.folder / "app/environments/prod.yaml").write_text("vars: {}\n")
    done, outputs = pull_request.step("diff")
    assert (done.status, outputs["different"]) == (0, ""), done
    assert "::warning::not everything could be compared with " in done.out


def test_it_is_installed_in_an_environment_of_its_own_and_only_its_command_is_on_the_path(
    pull_request: PullRequest,
) -> None:
    python, path = pull_request.temporary / "python", pull_request.temporary / "path"
    python.write_text(PYTHON)
    python.chmod(0o755)
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0"}  # to pip, 0 is no isolation
    done, _ = pull_request.step(
        "install", PYTHON=str(python), GITHUB_ACTION_PATH=str(ROOT), GITHUB_PATH=str(path), **offline
    )
    assert (done.status, done.out) == (0, ""), done
    (folder,) = path.read_text().splitlines()
    assert os.listdir(folder) == ["taskdef"]
    bare = Runner(pull_request.clone.folder, {"PATH": folder})
    assert bare.demand("taskdef", "--version").split()[-1] == generator.__version__
    assert "all as the sources say" in bare.demand("taskdef", "check", "--project", "app")
    own = [
        str(pull_request.temporary / "taskdef" / "bin" / "python"),
        "-c",
        "import generator; print(generator.__file__)",
    ]
    assert bare.demand(*own).startswith(f"{pull_request.temporary}{os.sep}")


def test_the_page_has_every_environment_side_by_side(pull_request: PullRequest) -> None:
    done, outputs = pull_request.step("page")
    assert (done.status, done.out) == (0, ""), done
    page = Path(outputs["page"])
    assert page.parent == pull_request.temporary
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>") and '"environments":["dev","prod"]' in text and "app:v2" in text


def test_without_a_page_there_is_none_to_keep_not_even_that_of_another_project(pull_request: PullRequest) -> None:
    assert "page" in pull_request.step("page")[1]
    done, outputs = pull_request.step("page", PROJECT="nowhere")
    assert (done.status, outputs) == (0, {}), done


@pytest.mark.parametrize("base", ["--upload-pack=touch pwned", "$(touch pwned)", "nowhere; touch pwned"])
def test_a_hostile_base_does_nothing(pull_request: PullRequest, base: str) -> None:
    done, _ = pull_request.step("diff", BASE=base)
    assert done.status != 0
    assert not list(pull_request.clone.folder.rglob("pwned"))


@pytest.mark.parametrize(
    "name", ["action.yml", ".github/workflows/check.yml", ".github/workflows/tests.yml", "docs/examples/release.yml"]
)
def test_the_files_for_github_have_the_form_it_wants(name: str) -> None:
    kind = "vendor.github-actions" if name == "action.yml" else "vendor.github-workflows"
    command = BIN / "check-jsonschema"
    Runner(ROOT, {"PATH": os.environ["PATH"]}).demand(command, "--builtin-schema", kind, name)


def test_every_script_is_a_step_and_can_be_run() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    scripts = sorted(SCRIPTS.iterdir())
    assert [path.name for path in scripts] == ["check.sh", "comment.sh", "diff.sh", "install.sh", "page.sh"]
    assert all(f"/scripts/action/{path.name}" in text and os.access(path, os.X_OK) for path in scripts)


def test_the_example_of_a_release_types_commands_that_there_are(runner: Runner) -> None:
    text = (ROOT / "docs" / "examples" / "release.yml").read_text(encoding="utf-8")
    typed = re.findall(r"run: taskdef (\w+) (.*)$", text, re.MULTILINE)
    assert [name for name, _ in typed] == ["verify", "diff", "deploy", "diagnose"]
    for name, words in typed:
        options = set(re.findall(r"--[\w-]+", words))
        assert options <= set(re.findall(r"--[\w-]+", runner.demand("taskdef", name, "--help"))), words
