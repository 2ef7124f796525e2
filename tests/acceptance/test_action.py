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

FIELDS = r'.[] | [.id, .user.login, (.body // "" | split("\n")[0])] | @tsv'
"""What is asked of each comment, a line each."""

FILES = {
    "app/templates/app.json.j2": '{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": [\n'
    '  {"name": "app", "image": "app:{{ tag }}"}]}\n',
    "app/environments/dev.yaml": "vars: {tag: dev}\n",
    "app/environments/prod.yaml": "vars: {tag: v1}\n",
}

# Keeps the comments of a pull request in a folder, a file each: who wrote it, then the body. Speaks to no network.
GH = f"""#!{sys.executable}
import os, sys
from pathlib import Path

folder = Path(os.environ["COMMENTS"])
words = sys.argv[1:]
comments = sorted(folder.iterdir())
if words == ["api", "graphql", "--raw-field", "query={{ viewer {{ login }} }}", "--jq", ".data.viewer.login"]:
    print(os.environ["VIEWER"])
elif "--method" not in words:
    assert words[-1] == {FIELDS!r}, words
    for each in comments:
        author, body = each.read_text().split("\\n", 1)
        first = body.split("\\n")[0]
        print(each.name, author, first.replace("\\t", "\\\\t").replace("\\r", "\\\\r"), sep="\\t")
elif os.environ.get("READ_ONLY"):
    sys.exit("gh: Resource not accessible by integration (HTTP 403)")
else:
    assert words[-2] == "--field" and words[-1].startswith("body=@"), words
    at = words[words.index("--method") + 2]
    name = at.rpartition("/")[2] if "PATCH" in words else str(len(comments) + 1)
    (folder / name).write_text(os.environ["VIEWER"] + "\\n" + Path(words[-1].removeprefix("body=@")).read_text())
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

    def comment(self, text: str, **inputs: str) -> Done:
        """Run the step that comments, with a text as the differences."""
        markdown = self.temporary / "markdown"
        markdown.write_text(text)
        return self.step("comment", PULL_REQUEST="7", MARKDOWN=str(markdown), **inputs)[0]

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
        "VIEWER": "github-actions[bot]",
        "TASKDEF_PYTHON": sys.executable,
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
        "### `prod`",
        "",
        f"**`prod/app, {base} → the work tree: 1 field differs`**",
        "",
        "| container | field | change | where |",
        "|---|---|---|---|",
    ]
    assert "`tag v1 → v2` | `environments/prod.yaml:1:1` |" in pull_request.summary
    assert "<summary>By cause</summary>" in pull_request.summary
    assert Path(outputs["markdown"]).read_text() in pull_request.summary


def test_the_base_is_that_of_the_repository_and_not_of_files_that_look_like_one(pull_request: PullRequest) -> None:
    clone, stranger = pull_request.clone, pull_request.clone._replace(folder=pull_request.temporary / "stranger")
    shutil.copytree(clone.folder / "app", stranger.folder / "app")
    for words in (("init", "-q", "-b", "topic"), ("add", "-A"), ("commit", "-q", "-m", "a stranger's")):
        stranger.demand("git", *words)
    clone.demand("git", "init", "-q", "--bare", "-b", "main", "app")
    clone.demand("git", "config", "--file", "app/config", "remote.origin.url", stranger.folder.as_uri())
    main = pull_request.origin.demand("git", "rev-parse", "--short=12", "main").strip()
    pull_request.origin.demand("git", "checkout", "-q", "-b", "release", "main")
    pull_request.write({"app/environments/prod.yaml": "vars: {tag: v0}\n"})
    release = pull_request.commit()[:12]
    pull_request.origin.demand("git", "branch", "-q", "-f", "topic", "release")
    for base, compared, edit in (("", main, "v1 → v2"), ("topic", release, "v0 → v2")):
        (pull_request.temporary / "summary").write_text("")
        done, outputs = pull_request.step("diff", BASE=base)
        assert (done.status, outputs["different"]) == (0, "true"), done
        assert f"prod/app, {compared} → the work tree" in pull_request.summary and edit in pull_request.summary
    assert not (clone.folder / "app" / "FETCH_HEAD").exists()


def test_no_program_of_the_branch_runs_where_a_base_is_fetched(pull_request: PullRequest) -> None:
    ran = pull_request.temporary / "ran"
    hook = pull_request.clone.folder / "hooks" / "reference-transaction"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    hook.chmod(0o755)
    pull_request.clone.demand("git", "config", "core.hooksPath", "hooks")
    pull_request.clone.demand("git", "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    done, _ = pull_request.step("diff", BASE="topic")
    assert (done.status, ran.exists()) == (0, False), done
    pull_request.clone.demand("git", "fetch", "-q", "origin", "topic")
    assert ran.exists()  # git as it is runs it


def test_without_a_commit_before_there_is_nothing_to_compare_with(pull_request: PullRequest) -> None:
    pull_request.origin.demand("git", "checkout", "-q", "--orphan", "first")
    pull_request.commit()
    pull_request.check_out("first")
    done, outputs = pull_request.step("diff")
    assert (done, outputs) == (Done(0, "::notice::there is no commit before this one to compare with\n", ""), {})


def test_without_a_difference_nothing_is_said_in_a_comment(pull_request: PullRequest) -> None:
    done, outputs = pull_request.step("diff", BASE="HEAD")
    assert (done.status, outputs["different"]) == (0, "false"), done
    pull_request.step("comment", PULL_REQUEST="7", MARKDOWN=outputs["markdown"], DIFFERENT="false")
    assert list((pull_request.temporary.parent / "comments").iterdir()) == []


MARKED = "<!-- taskdef diff: app -->\n## Task definitions\n\n"


@pytest.mark.parametrize("viewer", ["github-actions[bot]", "release-app[bot]", "mona"])
def test_a_comment_is_made_once_and_kept_up_to_date(pull_request: PullRequest, viewer: str) -> None:
    comments = pull_request.temporary.parent / "comments"
    (comments / "1").write_text("somebody\nlooks good\n")
    for different, said in (("true", "first"), ("true", "second"), ("false", "No differences.")):
        done = pull_request.comment(said, VIEWER=viewer, DIFFERENT=different)
        assert (done.status, done.out) == (0, ""), done
        assert {path.name: path.read_text() for path in comments.iterdir()} == {
            "1": "somebody\nlooks good\n",
            "2": f"{viewer}\n{MARKED}{said}",
        }


OTHERS = {
    "somebody": MARKED,
    "other-app[bot]": MARKED,
    "a member of the organisation": f"{MARKED}mine",
    "github-actions": MARKED,
    "": "github-actions[bot]\t<!-- taskdef diff: app -->",
    "github-actions[bot]": "another text\n<!-- taskdef diff: app -->",
}


@pytest.mark.parametrize("author", OTHERS)
def test_a_comment_of_somebody_else_or_without_the_mark_stays(pull_request: PullRequest, author: str) -> None:
    comments = pull_request.temporary.parent / "comments"
    theirs = f"{author}\n{OTHERS[author]}"
    (comments / "1").write_text(theirs)
    pull_request.comment("said", DIFFERENT="true")
    assert {path.name: path.read_text() for path in comments.iterdir()} == {
        "1": theirs,
        "2": f"github-actions[bot]\n{MARKED}said",
    }


def test_a_token_that_only_reads_is_a_warning(pull_request: PullRequest) -> None:
    done = pull_request.comment("said", DIFFERENT="true", READ_ONLY="1")
    assert (done.status, done.out.partition(",")[0]) == (0, "::warning::the comment could not be written"), done


def test_a_check_that_fails_lets_the_other_steps_run(pull_request: PullRequest) -> None:
    done, outputs = pull_request.step("check")
    assert (done.status, outputs["status"]) == (0, "0"), done
    (pull_request.clone.folder / "app/environments/prod.yaml").write_text("vars: {tag: v3}\n")
    done, outputs = pull_request.step("check", STRICT="true")
    assert (done.status, outputs["status"]) == (0, "1"), done
    assert done.out.startswith("::error file=app/environments/prod.yaml,line=1,col=13,title=E801::")
    assert Path(outputs["sarif"]).stat().st_size > 0


def test_sources_that_cannot_be_built_fail_the_job_after_the_other_steps(pull_request: PullRequest) -> None:
    (pull_request.clone.folder / "app/environments/prod.yaml").write_text("vars: {}\n")
    done, outputs = pull_request.step("diff")
    assert (done.status, outputs["different"], outputs["status"]) == (0, "", "2"), done
    assert "::error::not everything could be compared with " in done.out


@pytest.mark.parametrize(
    ("inputs", "status"),
    [
        ({"CHECK": "0", "DIFF": "0", "PAGE": "0"}, 0),
        ({"CHECK": "0", "DIFF": "1", "PAGE": "0"}, 0),
        ({"CHECK": "0", "DIFF": "1", "PAGE": ""}, 0),  # no page was wanted
        ({"CHECK": "0", "DIFF": "", "PAGE": "0"}, 0),  # there is nothing to compare with
        ({"CHECK": "1", "DIFF": "1", "PAGE": "0"}, 1),
        ({"CHECK": "0", "DIFF": "2", "PAGE": "0"}, 2),
        ({"CHECK": "1", "DIFF": "3", "PAGE": "0"}, 3),
        ({"CHECK": "3", "DIFF": "2", "PAGE": "2"}, 3),
        ({"CHECK": "0", "DIFF": "0", "PAGE": "2"}, 2),
        ({"CHECK": "0", "DIFF": "2", "PAGE": "0", "MUST_COMPARE": "false"}, 0),
        ({"CHECK": "1", "DIFF": "2", "PAGE": "0", "MUST_COMPARE": "false"}, 1),
        ({"CHECK": "", "DIFF": "0", "PAGE": "0"}, 2),  # the check told nothing
    ],
    ids=str,
)
def test_the_job_fails_where_something_could_not_be_compared(
    pull_request: PullRequest, inputs: dict[str, str], status: int
) -> None:
    assert pull_request.step("judge", **inputs)[0] == Done(status, "", "")


LACKING = """#!/bin/sh
for word; do
  case $word in {word}) echo "could not" >&2; exit 3;; esac
done
exec {real} "$@"
"""
"""A `taskdef` that cannot do one of the things that a step asks for."""


@pytest.mark.parametrize(
    ("name", "word", "status"), [("check", "sarif", "3"), ("diff", "--by-cause", "3"), ("page", "matrix", "3")]
)
def test_a_part_of_a_step_that_fails_is_not_passed_over(
    pull_request: PullRequest, name: str, word: str, status: str
) -> None:
    program = pull_request.temporary.parent / "programs" / "taskdef"
    program.unlink()
    program.write_text(LACKING.format(word=word, real=BIN / "taskdef"))
    program.chmod(0o755)
    done, outputs = pull_request.step(name)
    assert (done.status, outputs["status"]) == (0, status), done


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL"])
def test_a_job_that_has_credentials_of_aws_compares_all_the_same(pull_request: PullRequest, name: str) -> None:
    for step in ("check", "diff", "page"):
        before = pull_request.step(step)[1]
        assert pull_request.step(step, **{name: "http://127.0.0.1:1"})[1] == before
    assert pull_request.step("diff", **{name: "http://127.0.0.1:1"})[1]["different"] == "true"


def test_it_is_installed_in_an_environment_of_its_own_and_only_its_command_is_on_the_path(
    pull_request: PullRequest,
) -> None:
    python, path = pull_request.temporary / "python", pull_request.temporary / "path"
    python.write_text(PYTHON)
    python.chmod(0o755)
    for name in ("venv", "pip"):  # a file of the branch is no part of what installs us
        (pull_request.clone.folder / f"{name}.py").write_text("raise SystemExit('a program of the branch')\n")
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0"}  # to pip, 0 is no isolation
    done, _ = pull_request.step(
        "install", PYTHON=str(python), GITHUB_ACTION_PATH=str(ROOT), GITHUB_PATH=str(path), **offline
    )
    assert (done.status, done.out) == (0, ""), done
    (folder,) = path.read_text().splitlines()
    assert os.listdir(folder) == ["taskdef"]
    bare = Runner(pull_request.clone.folder, {"PATH": folder})
    assert pull_request.step("diff", TASKDEF_PYTHON="")[1]["different"] == "true"  # the one that it is installed in
    assert bare.demand("taskdef", "--version").split()[-1] == generator.__version__
    assert "all up to date" in bare.demand("taskdef", "check", "--project", "app")
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
    assert (done.status, outputs) == (0, {"status": "2"}), done


HOSTILE = ["--upload-pack=touch pwned", "$(touch pwned)", "nowhere; touch pwned", "+topic", "topic:refs/heads/main"]


@pytest.mark.parametrize("base", HOSTILE)
def test_a_hostile_base_does_nothing(pull_request: PullRequest, base: str) -> None:
    references = pull_request.clone.demand("git", "for-each-ref")
    done, _ = pull_request.step("diff", BASE=base)
    assert done.status == 2 and done.err.startswith("::error::"), done
    assert not list(pull_request.clone.folder.rglob("pwned"))
    assert pull_request.clone.demand("git", "for-each-ref") == references


FOR_GITHUB = [
    "action.yml",
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs" / "examples").glob("*.yml"))),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "generator" / "adopt" / "init" / "files").glob("*.yml"))),
]


def test_the_files_for_github_are_found() -> None:
    assert {"action.yml", ".github/workflows/check.yml", "docs/examples/pull-request.yml"} <= set(FOR_GITHUB)
    assert "generator/adopt/init/files/workflow.yml" in FOR_GITHUB
    assert not list((ROOT / ".github").rglob("*.yaml"))


@pytest.mark.parametrize("name", FOR_GITHUB)
def test_an_action_of_somebody_else_is_named_by_hash_and_version(name: str) -> None:
    lines = re.findall(r"^.*\buses:\s*(.*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    others = [line for line in lines if not line.startswith("example-org/taskdef@")]
    assert others
    form = re.compile(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in others if not form.fullmatch(line)] == []


def test_one_version_of_an_action_is_one_commit() -> None:
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in FOR_GITHUB)
    named = {
        (name, version): commit
        for name, commit, version in re.findall(r"uses: (\S+)@(\S+) # (v[\d.]+)$", text, re.MULTILINE)
    }
    assert len({name for name, _ in named}) == len(named) == len(set(named.values())) == 5


def test_no_workflow_runs_with_the_permissions_of_the_base() -> None:
    for name in FOR_GITHUB:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "pull_request_target:" not in text
        assert name == "action.yml" or "\npermissions:\n  contents: read\n" in text, name


FORMS = {
    **{name: "github-actions" if name == "action.yml" else "github-workflows" for name in FOR_GITHUB},
    ".github/dependabot.yml": "dependabot",
    ".github/ISSUE_TEMPLATE/bug.yml": "github-issue-forms",
    ".github/ISSUE_TEMPLATE/rule.yml": "github-issue-forms",
    ".github/ISSUE_TEMPLATE/config.yml": "github-issue-config",
}


@pytest.mark.parametrize("name", FORMS)
def test_the_files_for_github_have_the_form_it_wants(name: str) -> None:
    kind = f"vendor.{FORMS[name]}"
    command = BIN / "check-jsonschema"
    Runner(ROOT, {"PATH": os.environ["PATH"]}).demand(command, "--builtin-schema", kind, name)


def test_every_script_is_a_step_and_can_be_run() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    scripts = sorted(SCRIPTS.glob("*.sh"))
    assert [path.name for path in scripts] == [
        f"{name}.sh" for name in ("check", "comment", "diff", "install", "judge", "page")
    ]
    assert all(f"/scripts/action/{path.name}" in text and os.access(path, os.X_OK) for path in scripts)


def test_the_example_of_a_release_types_commands_that_there_are(runner: Runner) -> None:
    text = (ROOT / "docs" / "examples" / "release.yml").read_text(encoding="utf-8")
    typed = re.findall(r"run: taskdef (\w+) (.*)$", text, re.MULTILINE)
    assert [name for name, _ in typed] == ["verify", "diff", "deploy", "diagnose"]
    for name, words in typed:
        options = set(re.findall(r"--[\w-]+", words))
        assert options <= set(re.findall(r"--[\w-]+", runner.demand("taskdef", name, "--help"))), words
