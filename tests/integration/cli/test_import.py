"""`taskdef import`: on files with environments, on patterns, into empty folders and into projects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.cli.process import FILES, Project


def make_file(env: str, tag: str, **more: object) -> str:
    container = {"name": f"web-{env}", "image": f"registry.example.com/web:{tag}", "memory": 128, **more}
    document = {"family": f"web-{env}", "requiresCompatibilities": ["EC2"], "containerDefinitions": [container]}
    return json.dumps(document, indent=2) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Project:
    """A folder with the files of two environments, and no project."""
    made = Project(tmp_path)
    made.write({"ecs/dev.json": make_file("dev", "main"), "ecs/prod.json": make_file("prod", "v1")})
    return made


NAMED = ("import", "--env", "dev=ecs/dev.json", "--env", "prod=ecs/prod.json")
SAID = """\
dev and prod: 2 of 2 artifacts equal their files
  templates 12 lines, overlays 4: 62 % of the 26 lines in the files
  2 of 5 values are shared; 2 differ by `{{ env }}`, 1 by variables (image_tag)
wrote templates/web.json.j2
wrote environments/dev.yaml
wrote environments/prod.yaml
wrote rendered/dev/web.json
wrote rendered/prod/web.json
next: taskdef check
"""


def list_files(folder: Project) -> list[str]:
    return sorted(path.relative_to(folder.folder).as_posix() for path in folder.folder.rglob("*") if path.is_file())


def test_files_become_a_project_that_check_finds_up_to_date(folder: Project) -> None:
    done = folder.run(*NAMED)
    assert (done.status, done.err) == (0, "") and done.out == SAID
    assert (folder.folder / "environments" / "prod.yaml").read_text() == "vars:\n  image_tag: v1\n"
    assert folder.run("check").status == 0
    assert folder.run("render", "--exit-code").status == 0


def test_a_pattern_names_the_environments_and_the_order_of_options_changes_nothing(folder: Project) -> None:
    assert folder.run("import", "ecs/{env}.json").out == SAID
    made = {path: (folder.folder / path).read_bytes() for path in list_files(folder)}
    for path in made:
        if not path.startswith("ecs/"):
            (folder.folder / path).unlink()
    assert folder.run("import", *NAMED[3:], *NAMED[1:3]).out == SAID
    assert {path: (folder.folder / path).read_bytes() for path in list_files(folder)} == made


def test_nothing_is_written_over(folder: Project) -> None:
    folder.run(*NAMED)
    done = folder.run(*NAMED)
    assert done.status == 2 and done.out == ""
    assert done.err.startswith(
        "error: templates/web.json.j2, rendered/dev/web.json, rendered/prod/web.json: already there"
    )


def test_a_dry_run_shows_every_file_and_writes_none(folder: Project) -> None:
    before = list_files(folder)
    done = folder.run(*NAMED, "--dry-run")
    assert done.status == 0 and list_files(folder) == before
    shown = [line for line in done.out.splitlines() if line.startswith("==> ")]
    assert shown == [
        f"==> {path} <=="
        for path in (
            "templates/web.json.j2",
            "environments/dev.yaml",
            "environments/prod.yaml",
            "rendered/dev/web.json",
            "rendered/prod/web.json",
        )
    ]
    assert done.err.startswith("dev and prod: 2 of 2 artifacts equal their files\n")


def test_a_dry_run_and_reasons_show_no_secret(folder: Project) -> None:
    for env, word in (("dev", "Tr0ub4dor-one"), ("prod", "Tr0ub4dor-two")):
        given = [{"name": name, "value": word} for name in ("DB_PASSWORD", "OTHER_PASSWORD")]
        folder.write({f"ecs/{env}.json": make_file(env, "v1", environment=given)})
    done = folder.run(*NAMED, "--dry-run", "--why")
    assert done.status == 0 and "Tr0ub4dor" not in done.out + done.err and "***" in done.out


def test_an_item_without_a_name_is_reported_in_its_file_and_shows_no_secret(folder: Project) -> None:
    given = [{"value": "x"}, {"name": "DB_PASSWORD", "value": "Tr0ub4dor-one"}]
    folder.write({"ecs/dev.json": make_file("dev", "v1", environment=given)})
    done = folder.run(*NAMED)
    assert done.status == 1 and list_files(folder) == ["ecs/dev.json", "ecs/prod.json"]
    assert (
        "ecs/dev.json:12:9: error[E206]: item 0 of `containerDefinitions[web-dev].environment` has no identity"
        in done.out
    )
    assert "help: give it `name`\n" in done.out and "Tr0ub4dor" not in done.out + done.err


def test_an_empty_list_is_reported_only_where_it_stays(folder: Project) -> None:
    for path in ("ecs/dev.json", "ecs/prod.json"):
        document = json.loads((folder.folder / path).read_text())
        folder.write({path: json.dumps({**document, "tags": []})})
    assert "E404" not in folder.run(*NAMED, "--dry-run").err
    assert "error[E404]: `tags` is an empty list" in folder.run(*NAMED, "--exact", "--dry-run").err


def test_why_names_the_values_that_led_to_variables_and_identities(folder: Project) -> None:
    lines = folder.run(*NAMED, "--why").out.splitlines()
    assert "variable image_tag: containerDefinitions/*/image (dev main, prod v1)" in lines
    assert "$id web: the names differ by the environment (dev web-dev, prod web-prod)" in lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ecs/prod.json:1:1: error[E104]: this file is empty"),
        ("// later\n/* all */\n", "ecs/prod.json:1:1: error[E104]: this file has only comments in it"),
        ('{"family": "a", "family": "b", "containerDefinitions": []}', "ecs/prod.json:1:17: error[E106]"),
        ('{"family": "a", "containerDefinitions": [], "tags": {"a": "b"}}', "ecs/prod.json:1:53: error[E302]"),
        ('[{"name": "web", "image": "web:1"}]', "ecs/prod.json:1:1: error[E302]: this is a list of containers"),
        ('{"Family": "a", "ContainerDefinitions": []}', "ecs/prod.json:1:17: error[E301]"),
        (
            '{"Resources": {}}',
            "ecs/prod.json:1:2: error[E138]: this template has no task definition",
        ),
        ("family: web\n", "ecs/prod.json:1:1: error[E104]: this is YAML, not JSON"),
        (
            '{"services": {"web": {}}}',
            "ecs/prod.json:1:2: error[E301]: this is a Compose file: it lacks the family",
        ),
        ("version: '3'\nservices:\n  web: {}\n", "ecs/prod.json:2:1: error[E104]: this is a Compose file"),
        ('{"family": "a"}', "ecs/prod.json:1:1: error[E304]"),
    ],
)
def test_what_is_no_task_definition_is_refused_by_line_and_nothing_is_written(
    folder: Project, text: str, said: str
) -> None:
    folder.write({"ecs/prod.json": text})
    done = folder.run(*NAMED)
    assert done.status == 1 and done.out.startswith(said), done
    assert list_files(folder) == ["ecs/dev.json", "ecs/prod.json"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import",), "error: name the files"),
        (("import", "ecs/*.json"), "error: `ecs/*.json` does not say where the environment's name stands"),
        (("import", "none/{env}.json"), "error: none/{env}.json: no file matches"),
        (("import", "--env", "dev"), "error: --env takes ENV=FILE"),
        (("import", "--env", "_a=ecs/dev.json"), "error: `_a` cannot be the name of an environment"),
        ((*NAMED, "--env", "dev=ecs/prod.json"), "error: `ecs/dev.json` and `ecs/prod.json` are both for `dev`"),
        (("import", "--env", "dev=none.json"), "error: none.json: no such file"),
        (("import", "--env", "dev=web:live"), "error: web:live: no such file"),
        ((*NAMED, "--region", "eu-west-1"), "error: options about AWS are for revisions, like `--env prod=prod-web:7`"),
        (("import", "--env", "_a=web:1"), "error: `_a` cannot be the name of an environment"),
    ],
)
def test_wrong_words_are_wrong_usage(folder: Project, words: tuple[str, ...], said: str) -> None:
    done = folder.run(*words)
    assert done.status == 2 and done.err.startswith(said), done


def test_what_render_refuses_is_told_and_can_be_kept(folder: Project) -> None:
    for env in ("dev", "prod"):
        folder.write({f"ecs/{env}.json": make_file(env, "v1", image="<IMAGE>" if env == "prod" else "web:1")})
    done = folder.run(*NAMED, "--dry-run")
    assert "`render` will refuse E425 and E517: fix it, or import with --keep-findings" in done.err.splitlines()
    assert folder.run(*NAMED, "--keep-findings").status == 0
    settings = (folder.folder / "taskdef.toml").read_text()
    assert settings.partition("\n")[2].startswith(
        '[rules.prod]\nE425 = "off"  # `containerDefinitions[web].image` is `<IMAGE>`'
    )
    assert folder.run("check").status == 0


def test_an_import_into_a_project_adds_entries_and_changes_no_other_byte(folder: Project) -> None:
    folder.write(FILES)
    folder.write({"environments/prod.yaml": "vars:\n  image: v1  # the release\ntasks:\n    other: null\n"})
    folder.write({"templates/other.json.j2": FILES["templates/app.json.j2"]})
    assert folder.run("render").status == 0
    before = folder.read()
    done = folder.run(*NAMED)
    assert done.status == 0, done
    assert (folder.folder / "environments" / "dev.yaml").read_text() == (
        "vars: {image: dev}\ntasks:\n  web:\n    vars:\n      image_tag: main\n"
    )
    assert (folder.folder / "environments" / "prod.yaml").read_text() == (
        "vars:\n  image: v1  # the release\ntasks:\n    web:\n      vars:\n        image_tag: v1\n    other: null\n"
    )
    assert folder.run("check").status == 0
    assert before.items() <= folder.read().items()


def test_a_new_environment_of_a_project_has_no_other_task(folder: Project) -> None:
    folder.write(FILES)
    assert folder.run("import", "--env", "qa=ecs/dev.json", "--task", "web").status == 0
    assert (folder.folder / "environments" / "qa.yaml").read_text() == "tasks:\n  app: null\n"
    assert (folder.folder / "environments" / "dev.yaml").read_text() == "vars: {image: dev}\ntasks:\n  web: null\n"
    assert folder.run("render").status == 0


def test_tasks_on_one_line_get_an_entry_there(folder: Project) -> None:
    folder.write(FILES | {"environments/dev.yaml": "vars: {image: dev}\ntasks: {app: {vars: {image: x}}}  # all\n"})
    assert folder.run("render").status == 0
    done = folder.run(*NAMED)
    assert done.status == 0, done
    assert (folder.folder / "environments" / "dev.yaml").read_text() == (
        "vars: {image: dev}\ntasks: {web: {vars: {image_tag: main}}, app: {vars: {image: x}}}  # all\n"
    )
    assert folder.run("check").status == 0


def test_an_overlay_whose_tasks_are_no_mapping_is_left_alone(folder: Project) -> None:
    folder.write(FILES | {"environments/dev.yaml": "vars: {image: dev}\ntasks: null\n"})
    done = folder.run(*NAMED)
    assert done.status == 2
    assert done.err.startswith("error: environments/dev.yaml:2: `tasks` is not a mapping of its own")


def test_the_last_line_counts_what_check_will_report(folder: Project) -> None:
    for env in ("dev", "prod"):
        given = [{"name": "STAGE_URL", "value": "https://dev.example.com"}]
        folder.write({f"ecs/{env}.json": make_file(env, "v1", environment=given)})
    done = folder.run(*NAMED)
    assert done.out.splitlines()[-1] == "next: taskdef check    (it compares environments: W702 ×1)"
    report = json.loads(folder.run("check", "--format", "json").out)
    assert [each["code"] for each in report["findings"] if each["code"].startswith("W7")] == ["W702"]


def test_the_report_for_programs_lists_the_files(folder: Project) -> None:
    report = json.loads(folder.run(*NAMED, "--format", "json").out)
    assert [each["action"] for each in report["artifacts"]] == ["wrote"] * 5
    assert report["summary"]["status"] == 0


def test_settings_in_a_file_that_others_own_stay_there(folder: Project) -> None:
    folder.write({"pyproject.toml": '[project]\nname = "x"\n\n[tool.taskdef]\nrendered = "ecs/made"\n'})
    folder.write({"ecs/prod.json": make_file("prod", "v1", image="<IMAGE>")})
    done = folder.run(*NAMED, "--keep-findings")
    assert done.status == 0 and "changed pyproject.toml" in done.out.splitlines(), done
    assert not (folder.folder / "taskdef.toml").exists()
    assert folder.run("check").status == 0


STACK = """\
Parameters:
  Tag: {Type: String, Default: main}
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: !Sub "web-${Stage}"
      RequiresCompatibilities: [EC2]
      ContainerDefinitions:
        - Name: !Sub "web-${Stage}"
          Image: !Sub "registry.example.com/web:${Tag}"
          Memory: 128
"""
GIVEN = ("--set", "dev:Stage=dev", "--set", "prod:Stage=prod", "--set", "dev:Tag=main", "--set", "prod:Tag=v1")
BOTH = ("import", "--env", "dev=stack.yaml", "--env", "prod=stack.yaml")


def make_show(env: str, tag: str) -> str:
    document = json.loads(make_file(env, tag))
    arguments = {"family": document["family"], "requires_compatibilities": ["EC2"], "revision": 3}
    arguments["container_definitions"] = json.dumps(document["containerDefinitions"])
    resource = {"address": "aws_ecs_task_definition.web", "mode": "managed", "type": "aws_ecs_task_definition"}
    resources = [{**resource, "values": arguments, "sensitive_values": {"container_definitions": True}}]
    return json.dumps({"format_version": "1.0", "values": {"root_module": {"resources": resources}}})


def read_sources(folder: Project) -> dict[str, bytes]:
    names = [name for name in list_files(folder) if name.startswith(("templates/", "environments/", "rendered/"))]
    return {name: (folder.folder / name).read_bytes() for name in names}


def test_all_forms_of_a_file_become_the_same_project(folder: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder.run(*NAMED)
    others = Project(tmp_path_factory.mktemp("stack")), Project(tmp_path_factory.mktemp("state"))
    others[0].write({"stack.yaml": STACK})
    assert others[0].run(*BOTH, *GIVEN).status == 0
    others[1].write({"dev.json": make_show("dev", "main"), "prod.json": make_show("prod", "v1")})
    done = others[1].run("import", "{env}.json#aws_ecs_task_definition.web")
    assert done.status == 0, done
    assert "skipped in dev: 1 argument that only Terraform has" in done.out.splitlines()
    assert (
        "Terraform marks `container_definitions` of prod as sensitive, and its values are now in the sources"
        in done.out.splitlines()
    )
    assert read_sources(others[0]) == read_sources(folder) == read_sources(others[1])


def test_what_one_environment_lacks_is_said_with_its_name(folder: Project) -> None:
    folder.write({"stack.yaml": STACK})
    done = folder.run(*BOTH, *GIVEN[:4], *GIVEN[4:6])
    assert done.status == 1
    assert (
        done.out
        == """\
stack.yaml:11:49: error[E137]: `Tag` is a parameter of the template: `main` is its default
  11 |           Image: !Sub "registry.example.com/web:${Tag}"
     |                                                 ^^^^^^
  note: in prod
  help: give its value: `--set Tag=main`
1 error: nothing was written
"""
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "Tga=1"), "error: nothing uses `Tga` from `--set`: did you mean `Tag`?"),
        (("--set", "Tag"), "error: --set takes NAME=VALUE or ENV:NAME=VALUE, not `Tag`"),
        (("--env", "dev=stack.yaml#Web"), "error: `stack.yaml` and `stack.yaml#Web` are both for `dev`"),
    ],
)
def test_wrong_values_are_wrong_usage(folder: Project, words: tuple[str, ...], said: str) -> None:
    folder.write({"stack.yaml": STACK.replace("${Stage}", "x").replace("${Tag}", "main")})
    if words[1] != "dev=stack.yaml#Web":
        folder.write({"stack.yaml": STACK})
    done = folder.run(*BOTH, *words)
    assert done.status == 2 and done.err.startswith(said), done


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (STACK.replace("Resources:", "Resources: ["), "E111"),
        (STACK + "  Api: {Type: 'AWS::ECS::TaskDefinition'}\n", "E138"),
    ],
)
def test_mistakes_of_a_file_come_before_values_that_nothing_uses(folder: Project, text: str, code: str) -> None:
    folder.write({"stack.yaml": text})
    done = folder.run("import", "--env", "dev=stack.yaml", "--set", "Tag=main")
    assert done.status == 1 and f"error[{code}]" in done.out, done


def test_rules_and_secrets_of_a_converted_file_have_its_lines(folder: Project) -> None:
    text = STACK.replace("${Stage}", "x").replace('!Sub "registry.example.com/web:${Tag}"', "<IMAGE>")
    folder.write({"stack.yaml": f"{text}          Environment: [{{Name: DB_PASSWORD, Value: Tr0ub4dor-one}}]\n"})
    done = folder.run("import", "--env", "dev=stack.yaml", "--dry-run")
    assert done.status == 0 and "stack.yaml:11:18: error[E517]" in done.err
    assert "Tr0ub4dor" not in done.out + done.err and "***" in done.out
    folder.write(
        {
            "state.json": make_show("dev", "main").replace(
                "128", '128, \\"environment\\": [{\\"name\\": \\"DB_PASSWORD\\", \\"value\\": \\"Tr0ub4dor-one\\"}]'
            )
        }
    )
    done = folder.run("import", "--env", "dev=state.json", "--dry-run")
    assert done.status == 0 and "Tr0ub4dor" not in done.out + done.err and "***" in done.out


def test_a_file_with_a_hash_in_its_name_goes_first(folder: Project) -> None:
    folder.write({"ecs/web#1.json": make_file("dev", "main")})
    assert folder.run("import", "--env", "dev=ecs/web#1.json").status == 0


LINE = "# yaml-language-server: $schema=../taskdef.schema.json\n"


def test_schema_begins_overlays_with_the_line_for_editors_and_writes_the_schema(folder: Project) -> None:
    done = folder.run(*NAMED, "--schema")
    assert done.status == 0 and "wrote taskdef.schema.json\n" in done.out
    overlays = {env: (folder.folder / "environments" / f"{env}.yaml").read_text() for env in ("dev", "prod")}
    assert overlays["prod"] == f"{LINE}vars:\n  image_tag: v1\n"
    assert overlays["dev"].startswith(LINE)
    schema = folder.folder / "taskdef.schema.json"
    assert schema.read_text(encoding="utf-8") == folder.run("schema").out
    assert folder.run("check").status == 0


def test_schema_changes_no_overlay_and_no_schema_that_is_there(folder: Project) -> None:
    folder.run(*NAMED)
    folder.write({"taskdef.schema.json": "{}\n", "jobs/dev.json": make_file("dev", "v2")})
    before = (folder.folder / "environments" / "dev.yaml").read_text()
    done = folder.run("import", "--env", "dev=jobs/dev.json", "--task", "job", "--schema")
    assert done.status == 0 and "schema" not in done.out
    assert (folder.folder / "taskdef.schema.json").read_text() == "{}\n"
    after = (folder.folder / "environments" / "dev.yaml").read_text()
    assert after.startswith(before) and LINE not in after
