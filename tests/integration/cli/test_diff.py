"""`taskdef diff` as people and machines meet it: a real process, real files and a real repository of git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[3]

FILES = {
    "templates/app.json.j2": """\
{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": [
  {"$id": "app", "name": "app-{{ env }}", "image": "app:{{ tag }}", "environment": [{"name": "A", "value": "1"}],
   "healthCheck": {"command": ["CMD", "/check"], "retries": 3}}]}
""",
    "environments/dev.yaml": "vars: {tag: dev}\n",
    "environments/prod.yaml": "vars: {tag: v1}\npatch: {memory: 1 GB}\n",
}


class Done(NamedTuple):
    """What a process left."""

    status: int
    out: str
    err: str


class Project(NamedTuple):
    """A folder with a project in a repository, and ways to run the command in it."""

    folder: Path

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.write({name: text.replace(old, new)})

    def git(self, *words: str) -> None:
        names = {
            f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        environment = clean_environment() | names | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(["git", *words], cwd=self.folder, env=environment, check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def run(self, *words: str, given: str = "") -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "generator", *words],
            cwd=self.folder,
            env=clean_environment() | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            input=given.encode(),
            capture_output=True,
            timeout=60,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def clean_environment() -> dict[str, str]:
    """The environment without what git hands on to hooks."""
    return {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "project")
    made.write(FILES)
    made.git("init", "-q", "-b", "main")
    made.commit()
    return made


BETWEEN = """\
app, dev → prod: 4 fields differ
  the task
    family: app-dev → app-prod
      templates/app.json.j2:1:12
    memory: 512 MiB → 1024 MiB
      templates/app.json.j2:1:39 → environments/prod.yaml:2:17
  container app
    name: app-dev → app-prod
      templates/app.json.j2:2:26
    image tag dev → v1
      environments/dev.yaml:1:13 → environments/prod.yaml:1:13
"""


def test_environments_are_compared_by_id(project: Project) -> None:
    assert project.run("diff", "dev", "prod") == Done(1, BETWEEN, "")
    assert project.run("diff", "dev/app", "prod/app").out == BETWEEN
    assert project.run("diff", "dev", "dev") == Done(0, "app, dev → dev: no difference\n", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_PROFILE", "nowhere"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
    ],
)
def test_what_the_process_was_given_about_aws_is_no_option(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    project.write({"a:b": '{"family": "app"}', "c": '{"family": "app"}'})
    monkeypatch.setenv(name, value)
    assert project.run("diff", "dev", "prod") == Done(1, BETWEEN, "")
    assert project.run("diff", "a:b", "c").status == 0
    assert project.run("diff", "main..").status == 0


def test_the_account_and_what_a_loop_goes_through_are_named(project: Project) -> None:
    project.edit(
        "templates/app.json.j2",
        '{"name": "A", "value": "1"}',
        '{% for name in names %}{"name": "{{ name }}", "value": "1"},{% endfor %}',
    )
    project.edit("templates/app.json.j2", '"memory"', '"taskRoleArn": "{{ role("app") }}", "memory"')
    project.write({"environments/_all.yaml": "aws: {account: '111111111111', region: eu-west-1}\n"})
    project.write({"environments/dev.yaml": "extends: _all\nvars: {tag: v1, names: [A]}\n"})
    project.write(
        {"environments/prod.yaml": "extends: _all\naws: {account: '222222222222'}\nvars: {tag: v1, names: [A, B]}\n"}
    )
    said = project.run("diff", "dev", "prod").out
    arn = "arn:aws:iam::{}:role/app"
    assert (
        f"""\
    taskRoleArn: {arn.format("1" * 12)} → {arn.format("2" * 12)}
      environments/_all.yaml:1:16 → environments/prod.yaml:2:16
"""
        in said
    )
    assert (
        """\
    environment[B].value: – → 1
      environments/dev.yaml:2:24 → environments/prod.yaml:3:24
"""
        in said
    )


EDITED = """\
dev/app, main → the work tree: 1 field differs
  container app
    healthCheck.retries: 3 → 5
      templates/app.json.j2:3:4

prod/app, main → the work tree: 2 fields differ
  container app
    image tag v1 → v2
      environments/prod.yaml:1:1
    healthCheck.retries: 3 → 5
      templates/app.json.j2:3:4
"""

CAUSES = """\
environments/prod.yaml:1:1 changes 1 field in prod
  1 | vars: {tag: v2}
    app: containerDefinitions[app].image tag v1 → v2

templates/app.json.j2:3:4 changes 1 field in dev and prod
  3 | "healthCheck": {"command": ["CMD", "/check"], "retries": 5}}]}
    app: containerDefinitions[app].healthCheck.retries: 3 → 5
"""


def test_a_revision_is_compared_with_the_work_tree(project: Project) -> None:
    assert project.run("diff", "main..").status == 0
    project.edit("templates/app.json.j2", '"retries": 3', '"retries": 5')
    project.edit("environments/prod.yaml", "v1", "v2")
    assert project.run("diff", "main..") == Done(1, EDITED, "")
    assert project.run("diff", "main..", "--by-cause") == Done(1, CAUSES, "")
    assert project.run("diff", "main..HEAD").status == 0
    project.git("checkout", "-q", "-b", "topic")
    project.commit()
    assert project.run("diff", "main..topic").out == EDITED.replace("the work tree", "topic").replace(
        "      templates", "      topic:templates"
    ).replace("      environments", "      topic:environments")
    forked = project.run("diff", "main...", "--by-cause").out
    assert forked == CAUSES


def test_a_new_environment_is_compared_with_the_one_that_it_extends(project: Project) -> None:
    project.write({"environments/blue.yaml": "extends: green\nvars: {tag: v2}\n"})
    project.write({"environments/green.yaml": "extends: prod\n"})
    new = """\
blue/app: only in the work tree; 3 fields differ from `green`
  the task
    family: app-green → app-blue
      templates/app.json.j2:1:12
  container app
    name: app-green → app-blue
      templates/app.json.j2:2:26
    image tag v1 → v2
      environments/prod.yaml:1:13 → environments/blue.yaml:2:13

green/app: only in the work tree; 2 fields differ from `prod`
"""
    done = project.run("diff", "main..")
    assert done.status == 1 and new in done.out
    assert new in project.run("diff", "main..", "--by-cause").out
    report = json.loads(project.run("diff", "main..", "--format", "json").out)
    parents = {each["environment"]: each["parent"] for each in report["comparisons"]}
    assert parents == {"blue": "green", "dev": None, "green": "prod", "prod": None}
    assert "3 fields differ from `green`" in project.run("diff", "main..", "--format", "markdown", "--by-cause").out


def test_files_that_look_like_a_repository_hide_no_difference(tmp_path: Path) -> None:
    outer, project = Project(tmp_path), Project(tmp_path / "app")
    project.write(FILES)
    outer.git("init", "-q", "-b", "main")
    outer.commit()
    project.edit("environments/prod.yaml", "v1", "v2")
    outer.git("init", "-q", "--bare", "-b", "main", "app")
    for words in (("add", "templates", "environments"), ("commit", "-q", "-m", "the edit")):
        project.git("--git-dir=.", "--work-tree=.", *words)
    edited = """\
prod/app, main → the work tree: 1 field differs
  container app
    image tag v1 → v2
      environments/prod.yaml:1:1
"""
    assert project.run("diff", "main..") == Done(1, f"dev/app, main → the work tree: no difference\n\n{edited}", "")
    shutil.rmtree(tmp_path / ".git")
    said = f"`{project.folder}` looks like a bare repository, and files of a project are never taken for one"
    assert project.run("diff", "main..") == Done(2, "", f"error: {said}\n")


def test_an_artifact_is_compared_with_what_aws_describes(project: Project) -> None:
    assert project.run("render").status == 0
    definition = json.loads((project.folder / "rendered/prod/app.json").read_text())
    definition["containerDefinitions"][0] |= {"cpu": 0, "essential": True, "mountPoints": [], "portMappings": []}
    definition["containerDefinitions"][0]["healthCheck"] |= {"interval": 30, "timeout": 5}
    definition |= {"revision": 7, "status": "ACTIVE", "networkMode": "bridge", "volumes": []}
    project.write({"live.json": json.dumps({"taskDefinition": definition})})
    assert project.run("diff", "prod", "live.json") == Done(0, "prod → live.json: no difference\n", "")
    assert project.run("diff", "rendered/prod/app.json", "live.json").status == 0
    named = "counted as not set, without proof from ECS: networkMode = bridge"
    explained = project.run("diff", "prod", "live.json", "--why")
    assert explained == Done(0, f"prod → live.json: no difference\n  {named}\n", "")
    report = json.loads(project.run("diff", "prod", "live.json", "--why", "--format", "json").out)
    assert report["comparisons"][0]["assumed"] == [{"path": "networkMode", "value": "bridge"}]
    sources = json.loads((project.folder / "rendered/prod/app.json").read_text()) | {"networkMode": "bridge"}
    project.write(
        {
            "written.json": json.dumps(sources),
            "answer.json": json.dumps({"taskDefinition": {**definition, "networkMode": None}}),
        }
    )
    assert project.run("diff", "answer.json", "written.json").status == 1
    definition["containerDefinitions"][0]["image"] = "app:v0"
    said = project.run("diff", "-", "prod", given=json.dumps(definition))
    assert said.out == (
        "<stdin> → prod: 1 field differs\n  container app\n    image tag v0 → v1\n"
        f"      {said.out.split('      ')[1].partition(' ')[0]} → environments/prod.yaml:1:13\n"
    )


def test_files_need_no_project(tmp_path: Path) -> None:
    made = Project(tmp_path)
    made.write({"a.json": '{"family": "a", "cpu": "256"}', "b.json": '{"cpu": 256, "family": "b"}'})
    said = "a.json → b.json: 1 field differs\n  the task\n    family: a → b\n      a.json:1:12 → b.json:1:24\n"
    assert made.run("diff", "a.json", "b.json") == Done(1, said, "")


def test_an_environment_goes_before_a_file_of_its_name(project: Project) -> None:
    project.write({"prod": '{"family": "x"}'})
    assert project.run("diff", "dev", "prod").out == BETWEEN
    assert project.run("diff", "dev", "./prod").out.startswith("dev → ./prod: ")


REFUSED = {
    ("test",): (
        "compare `test` with what? A single word is a git range, like `main..`, or a registered revision, like `prod:live`"
    ),
    ("dev", "prd"): "there is no environment or file `prd`; did you mean `prod`? (there is `dev`, `prod`)",
    ("dev", "nothing.json"): "nothing.json: no such file or directory",
    ("dev", "main.."): "`main..` is a git range, which has two sides already",
    ("nowhere..",): "git knows no revision `nowhere`",
    ("-", "-"): "stdin can be one side only",
    ("dev", "prod", "--task", "ap"): "there is no task `ap`; did you mean `app`? (there is `app`)",
    ("dev", "prod", "--by-cause"): "`--by-cause` groups by the edits of a git range, like `main..`",
    ("dev", "environments/dev.yaml"): "environments/dev.yaml:1:1: this is YAML, not JSON",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_compared_exits_with_2(project: Project, words: tuple[str, ...]) -> None:
    assert project.run("diff", *words) == Done(2, "", f"error: {REFUSED[words]}\n")


def test_sources_that_cannot_be_built_exit_with_2_and_say_why(project: Project) -> None:
    project.edit("environments/prod.yaml", "memory", "memroy")
    done = project.run("diff", "main..")
    assert (done.status, done.out) == (2, "dev/app, main → the work tree: no difference\n")
    assert done.err.startswith("environments/prod.yaml:2:9: error[E301]: ")
    assert done.err.endswith("1 error: not everything could be compared\n")
    project.commit()
    project.edit("environments/prod.yaml", "memroy", "memory")
    assert project.run("diff", "main..").err.startswith("main:environments/prod.yaml:2:9: error[E301]: ")


def test_markdown_and_json_are_products(project: Project) -> None:
    project.edit("environments/prod.yaml", "v1", "v2")
    written = project.run("diff", "main..", "--format", "markdown")
    assert (written.status, written.err) == (1, "")
    assert written.out.startswith(
        "### `prod`\n\n**`prod/app, main → the work tree: 1 field differs`**\n\n| container |"
    )
    assert written.out.endswith("1 task definition without differences.\n")
    report = json.loads(project.run("diff", "main..", "--format", "json", "--by-cause").out)
    assert [cause["environments"] for cause in report["causes"]] == [["prod"]]
    assert project.run("diff", "main..", "--format", "sarif").status == 2


def test_the_work_tree_is_left_alone(project: Project) -> None:
    project.edit("environments/prod.yaml", "v1", "v2")
    before = {path: path.stat().st_mtime_ns for path in project.folder.rglob("*")}
    project.run("diff", "main..")
    assert {path: path.stat().st_mtime_ns for path in project.folder.rglob("*")} == before


def test_a_file_is_compared_with_the_task_of_its_family(project: Project) -> None:
    project.write({"templates/web.json.j2": FILES["templates/app.json.j2"].replace("app-{{", "web-{{")})
    project.write({"live.json": '{"family": "web-dev"}'})
    assert "family" not in project.run("diff", "live.json", "dev").out
    assert project.run("diff", "live.json", "dev/app").out.startswith("live.json → dev/app: ")
    project.write({"live.json": '{"family": "other"}'})
    assert project.run("diff", "live.json", "dev") == Done(
        2, "", "error: `dev` has 2 tasks: name one, like `dev/app`\n"
    )


def test_no_line_with_a_secret_is_shown_as_a_cause(project: Project) -> None:
    project.edit(
        "templates/app.json.j2", '"name": "A", "value": "1"', '"name": "DB_PASSWORD", "value": "{{ harmless }}"'
    )
    project.edit("environments/prod.yaml", "tag: v1", "tag: v1, harmless: hunter2")
    project.edit("environments/dev.yaml", "tag: dev", "tag: dev, harmless: hunter3")
    project.commit()
    project.edit("environments/prod.yaml", "hunter2", "hunter4")
    project.edit("environments/dev.yaml", "tag: dev", "tag: dev2")
    for words in (("main~1..",), ("main..",), ("dev", "prod")):
        for more in ((), ("--format", "markdown"), ("--format", "json")):
            for causes in ((), ("--by-cause",) if "prod" not in words else ()):
                done = project.run("diff", *words, *more, *causes)
                assert done.status == 1 and "hunter" not in done.out + done.err


MISTAKEN = {
    "capitals": '{"environment": [{"Name": "DB_PASSWORD", "Value": "correct-horse"}]}',
    "a misspelt member": '{"environment": [{"nmae": "DB_PASSWORD", "value": "correct-horse"}]}',
    "other words": '{"environment": [{"key": "DB_PASSWORD", "val": "correct-horse"}]}',
    "a list in a list": '{"environment": [[{"name": "DB_PASSWORD", "value": "correct-horse"}]]}',
    "another list": '{"env": [{"name": "DB_PASSWORD", "value": "correct-horse"}]}',
    "a mapping": '{"secrets": {"DB_PASSWORD": "correct-horse:x"}}',
    "labels as a list": '{"dockerLabels": [{"name": "password", "value": "correct-horse"}]}',
    "no quotes": '{"environment": [{"name": "DB_PASSWORD", "value": correct-horse}]}',
}


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("container", MISTAKEN.values(), ids=MISTAKEN)
def test_a_secret_beside_a_mistake_in_a_file_is_masked(project: Project, container: str, form: str) -> None:
    project.write({"a.json": f'{{"family": "w", "containerDefinitions": [{container}]}}', "b.json": '{"family": "w"}'})
    done = project.run("diff", "a.json", "b.json", "--format", form)
    assert done.status in (1, 2)
    assert "correct-horse" not in done.out + done.err
