"""What is secret only by its use is masked in findings, wherever it was written, and all else is shown."""

from __future__ import annotations

import re

import pytest

from generator.build.pipeline import build_project
from generator.documents.hiding import make_secrets
from generator.documents.parsing.document import parse_json
from generator.model.findings import Excerpt, Finding, Place, Source, cut_excerpt
from generator.model.nodes import MapNode
from generator.model.project import Project, Settings
from generator.review.check import compare
from tests.support import agree_on, make_project

SECRET = "hunter2"


def write(container: str, before: str = "") -> str:
    """Write a template with a container that has these members."""
    return (
        f'{before}{{"family": "app", "cpu": "256", "memory": "512", "containerDefinitions": [\n'
        f'  {{"name": "app", "image": "app:{{{{ tag }}}}",\n   {container}}}]}}\n'
    )


def variable(value: str) -> str:
    return f'"environment": [{{"name": "DB_PASSWORD", "value": {value}}}]'


PASSED = {
    "as it is": (write(variable('"{{ given }}"')), "given: hunter2"),
    "in value position": (write(variable("{{ given }}")), "given: hunter2"),
    "inside of a text": (write(variable('"sql://{{ who }}:{{ given }}@db"')), "given: hunter2, who: me"),
    "through a filter": (write(variable('"{{ given | default("x") | upper }}"')), "given: hunter2"),
    "as a member": (write(variable('"{{ given.inner }}"')), "given: {inner: hunter2, other: x}"),
    "by a name in brackets": (write(variable("\"{{ given['inner'] }}\"")), "given: {inner: hunter2}"),
    "by way of another name": (
        write(variable('"{{ other }}"'), '{% set other = given ~ "" %}'),
        "given: hunter2",
    ),
    "through a loop": (
        write(
            '"environment": [{% for each in given %}{"name": "TOKEN", "value": "{{ each }}"},{% endfor %}]',
        ),
        "given: [hunter2]",
    ),
    "through a macro": (
        write(
            '"environment": [{{ pair("DB_PASSWORD", given) }}]',
            '{% macro pair(name, value) %}{"name": "{{ name }}", "value": "{{ value }}"}{% endmacro %}',
        ),
        "given: hunter2",
    ),
    "through a macro that is given names": (
        write(
            '"environment": [{{ pair(name="DB_PASSWORD", value=given) }}]',
            '{% macro pair(name, value) %}{"name": "{{ name }}", "value": "{{ value }}"}{% endmacro %}',
        ),
        "given: hunter2",
    ),
    "as a label": (write('"dockerLabels": {"api-token": "{{ given }}"}'), "given: hunter2"),
    "by a name that is given too": (
        write('"environment": [{"name": "{{ called }}", "value": "{{ given }}"}]'),
        "called: DB_PASSWORD, given: hunter2hunter2",
    ),
}


@pytest.mark.parametrize("name", PASSED)
def test_a_secret_that_only_its_use_tells_is_shown_by_no_finding_of_its_line(name: str) -> None:
    template, given = PASSED[name]
    overlays = {
        f"{environment}.yaml": f"vars: {{tag: v1, {given}, idle: x}}\n" for environment in ("dev", "test", "prod")
    }
    project = make_project({"app.json.j2": template}, overlays, rules=True)
    built = build_project(project)
    found = (*built.findings, *agree_on(project).findings, *compare_other(project))
    assert {"W602", "W704", "W705", "E801"} & {finding.code for finding in found} >= {"W705", "E801"}
    assert not [finding for finding in found if SECRET in repr(finding)]
    (unused,) = (finding for finding in found if finding.code == "W705")
    assert unused.excerpt is not None and "idle: x" in unused.excerpt.text and "tag: v1" in unused.excerpt.text
    assert unused.excerpt.text[unused.excerpt.column - 1 :].startswith("idle")


def compare_other(project: Project) -> tuple[Finding, ...]:
    """Compare with artifacts in which every value is another one."""
    built = build_project(project)
    artifacts = {
        artifact.path.removeprefix("rendered/"): artifact.text.replace("app", "other").encode()
        for artifact in built.artifacts
    }
    return compare(project._replace(artifacts=artifacts), built, whole=True)


BROKEN = {
    "what ECS refuses": ("memory: 1", "E402"),
    "a list in a text": ("tag: [a]", "E103"),
    "what is not defined": ("tagg: v1", "E102"),
    "what a size refuses": ("memory: x", "E412"),
    "what nothing matches": ("tag: v1}\npatch: {containerDefinitions: {web: {cpu: 1}}", "E201"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_where_something_is_wrong_it_is_not_shown_either(name: str) -> None:
    said, code = BROKEN[name]
    template = write(variable('"{{ given }}"')).replace('"512"', "{{ memory }}").replace("v1", "{{ tag }}")
    template = template.replace('"memory"', '"requiresCompatibilities": ["FARGATE"], "memory"')
    given = {"memory": "512", "tag": "v1"} | {said.partition(":")[0]: said.partition(": ")[2]}
    wrong = {"tagg": "v1", "memory": "512"} if code == "E102" else given
    listed = ", ".join(f"{key}: {value}" for key, value in {"given": "hunter2", **wrong}.items())
    project = make_project({"app.json.j2": template}, {"dev.yaml": f"vars: {{{listed}}}\n"}, rules=True)
    findings = build_project(project).findings
    assert code in [finding.code for finding in findings]
    assert not [finding for finding in findings if SECRET in repr(finding)]


def test_an_anchor_that_is_a_secret_elsewhere_is_masked() -> None:
    overlay = (
        "vars: {tag: v1, idle: &it hunter2}\npatch: {containerDefinitions: {app: {environment: {DB_PASSWORD: *it}}}}\n"
    )
    project = make_project({"app.json.j2": write('"essential": true')}, {"dev.yaml": overlay}, rules=True)
    built = build_project(project)
    (unused,) = (each for each in agree_on(project).findings if each.code == "W705")
    assert unused.excerpt is not None and unused.excerpt.text == "vars: {tag: v1, idle: &it ***}"
    assert not [finding for finding in built.findings if SECRET in repr(finding)]


SAID = {
    "an option": '"command": ["run", "--password", "hunter2"]',
    "an option with its value": '"command": ["run", "--password=hunter2"]',
    "an option of a program": '"command": ["mysql", "-phunter2"]',
    "a line for a shell": '"command": ["sh", "-c", "PGPASSWORD=hunter2 psql -h db"]',
    "an address": '"environment": [{"name": "DB", "value": "postgres://me:hunter2@db"}]',
    "a parameter of an address": '"environment": [{"name": "DB", "value": "postgres://db?user=me&password=hunter2&a=b"}]',
    "a header": '"healthCheck": {"command": ["CMD-SHELL", "curl -H \'X-Api-Key: hunter2\' http://localhost"]}',
    "a bearer": '"dockerLabels": {"auth-header": "Authorization: Bearer hunter2"}',
    "JSON in a value": '"environment": [{"name": "CONFIG", "value": "{\\"user\\": \\"me\\", \\"password\\": \\"hunter2\\"}"}]',
}


@pytest.mark.parametrize("name", SAID)
@pytest.mark.parametrize("given", [False, True], ids=["literal", "variable"])
def test_a_secret_that_a_value_says_is_hidden_there_and_elsewhere(name: str, given: bool) -> None:
    container = SAID[name].replace("hunter2", "{{ given }}") if given else SAID[name]
    template = write(f'{container}, "user": "at-hunter2-x"')
    overlay = f"vars: {{tag: v1, {'given: hunter2, ' if given else ''}idle: x, other: hunter2}}\n"
    project = make_project({"app.json.j2": template}, {"dev.yaml": overlay}, rules=True)
    broken = project._replace(
        templates={"app.json.j2": Source("templates/app.json.j2", template.replace('"user"', '"cpuu": 1, "user"'))}
    )
    found = (*build_project(broken).findings, *agree_on(project).findings, *compare_other(project))
    shown = [(finding._replace(edits=()), [edit.text for edit in finding.edits]) for finding in found]
    assert [each for each in shown if SECRET in repr(each)] == []
    assert {"E301", "W705", "E801"} <= {finding.code for finding in found}


IDENTITIES = {
    "a port": ('"portMappings": [{"containerPort": "{{ given }}"}]', "portMappings[***].containerPort"),
    "a limit": ('"ulimits": [{"name": "{{ given }}", "softLimit": 1}]', "ulimits[***]"),
    "a variable": ('"environment": [{"name": "{{ given }}", "value": ["x"]}]', "environment[***].value"),
    "a label": ('"dockerLabels": {"{{ given }}": ["x"]}', "dockerLabels.***"),
    "a label with a dot": ('"dockerLabels": {"a.{{ given }}": ["x"]}', "dockerLabels[***]"),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_no_path_shows_a_short_secret_that_a_variable_writes(name: str) -> None:
    member, shown = IDENTITIES[name]
    template = write(f'{member}, "entryPoint": ["--token={{{{ given }}}}"]')
    project = make_project({"app.json.j2": template}, {"dev.yaml": "vars: {tag: v1, given: zq7}\n"})
    findings = build_project(project).findings
    paths = [finding.path or "" for finding in findings]
    assert [path for path in paths if path.startswith(f"containerDefinitions[app].{shown}")] != []
    assert "zq7" not in repr(findings)


def test_a_secret_of_one_letter_is_masked_where_it_stands_and_nowhere_else() -> None:
    pair = '"environment": [{"name": "DB_PASSWORD", "value": "a"}, {"name": "a", "value": "a"}], "cpuu": 1'
    project = make_project({"app.json.j2": write(pair)}, {"dev.yaml": "vars: {tag: v1}\n"})
    (finding,) = build_project(project).findings
    said = f"   {pair}}}]}}".replace('PASSWORD", "value": "a"', 'PASSWORD", "value": "***"')
    assert finding.excerpt == Excerpt(said, said.index('"cpuu"') + 1, 6)


def test_a_long_secret_is_masked_in_what_is_said() -> None:
    overlay = "vars: {tag: v1, password: correct-horse-battery}\npatch: {correct-horse-battery: 1}\n"
    template = write(variable('"{{ password }}"'))
    project = make_project({"app.json.j2": template}, {"dev.yaml": overlay})
    (finding,) = build_project(project).findings
    assert (finding.message, finding.excerpt and finding.excerpt.text) == (
        "a task definition has no member `***`",
        "patch: {***: 1}",
    )


@pytest.mark.parametrize(
    ("marked", "secrets", "wanted"),
    [
        ("a: «x», b: yy", ("yy",), Excerpt("a: x, b: ***", 4, 1)),
        ("a: x, b: «yy»", ("x",), Excerpt("a: ***, b: yy", 12, 2)),
        ("a: x, «b»: xx", ("x", "xx"), Excerpt("a: ***, b: ***", 9, 1)),
        ("a: x, b: «yy»", ("yy",), Excerpt("a: x, b: ***", 10, 3)),
        ("«a: x, b: yy»", ("x",), Excerpt("a: ***, b: yy", 1, 13)),
        ("«a»: x", (), Excerpt("a: x", 1, 1)),
        ("«a: »x", ("x",), Excerpt("a: ***", 1, 3)),
    ],
)
def test_what_is_underlined_stays_underlined(marked: str, secrets: tuple[str, ...], wanted: Excerpt) -> None:
    text = marked.replace("«", "").replace("»", "")
    place = Place(Source("a.yaml", text), marked.index("«"), marked.index("»") - 1)
    spans = sorted((match.start(), match.end()) for each in secrets for match in re.finditer(rf"\b{each}\b", text))
    assert cut_excerpt(place, spans) == wanted


def test_without_a_secret_nothing_changes() -> None:
    project = make_project({"app.json.j2": write('"cpu": 1')}, {"dev.yaml": "vars: {tag: v1, idle: x}\n"}, rules=True)
    project = project._replace(settings=Settings())
    (unused,) = (each for each in agree_on(project).findings if each.code == "W705")
    assert unused.excerpt == Excerpt("vars: {tag: v1, idle: x}", 17, 4)


MACRO = '{% macro db(user, password) %}{"name": "A", "value": "{{ password }}"}{% endmacro %}'


def test_a_text_that_is_passed_to_a_macro_of_another_template_is_hidden_however_short() -> None:
    template = write('"environment": [{{ lib.db("me", "zQ7") }}], "cpuu": 1', '{% import "_lib.j2" as lib %}')
    project = make_project({"app.json.j2": template, "_lib.j2": MACRO}, {"dev.yaml": "vars: {tag: v1}\n"})
    (finding,) = (each for each in build_project(project).findings if each.code == "E301")
    assert finding.excerpt is not None and 'lib.db("me", "***")' in finding.excerpt.text


SHORT = {
    "a pair that is a list": '"environment": [["DB_PASSWORD", "zQ7"]]',
    "a text": '"environment": ["DB_PASSWORD zQ7"]',
    "a default": '"environment": [{"name": "A", "value": "{{ db_password | default("zQ7") }}"}]',
    "a literal": '"environment": [{"name": "DB_PASSWORD", "value": "{{ "a\\"zQ7" }}"}]',
}


@pytest.mark.parametrize("name", SHORT)
def test_a_short_secret_of_a_template_is_hidden_at_its_place(name: str) -> None:
    project = make_project({"app.json.j2": write(f'{SHORT[name]}, "cpuu": 1')}, {"dev.yaml": "vars: {tag: v1}\n"})
    built = build_project(project)
    assert "E301" in [finding.code for finding in built.findings]
    assert "zQ7" not in repr([finding._replace(edits=()) for finding in built.findings])


def test_pairs_in_a_member_that_nobody_knows_are_secrets_where_aws_answers_them() -> None:
    pairs = '[{"name": "A", "value": "b", "kind": "c"}, {"name": "DB_PASSWORD", "value": "blue-whale"}]'
    document, _ = parse_json(Source("", f'{{"family": "w", "newMember": {{"environment": {pairs}}}}}'))
    assert isinstance(document, MapNode)
    assert make_secrets([document]).says("blue-whale")
