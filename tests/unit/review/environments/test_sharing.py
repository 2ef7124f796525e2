"""Services and families that environments share: where it is a mistake, and where it is right."""

from __future__ import annotations

import pytest

from generator.model.findings import Place, Source
from generator.model.project import DeclaredException, Project, Settings
from tests.support import agree_on, make_project

SHARING = ("E709", "E710", "W711")
OWN = """{"family": "%s-{{ env }}", "containerDefinitions": [{"name": "web", "image": "web:1", "memory": 256}]}"""
SAME = OWN.replace("-{{ env }}", "")
ONE, OTHER = (f'account: "{account}", region: eu-west-1' for account in ("111122223333", "444455556666"))
AWAY = 'account: "111122223333", region: eu-west-2'
RUNS = "cluster: main, service: web"
ARN = "arn:aws:ecs:eu-west-1:111122223333:service/main/web"


def tell(project: Project) -> list[tuple[str, str, str]]:
    """Tell what is shared, as (code, file:line, message)."""
    found = agree_on(project, least="note").findings
    return [
        (each.code, f"{each.location.file.rpartition('/')[2]}:{each.location.line}", each.message)
        for each in found
        if each.location and each.code in SHARING
    ]


def make(template: str, environments: dict[str, str], settings: Settings | None = None) -> Project:
    """Make a project of one task, or of two with the same template but for the name in its family."""
    overlays = {f"{name}.yaml": f"aws: {{{aws}}}\n" if aws else "# Nothing.\n" for name, aws in environments.items()}
    return make_project({"web.json.j2": template % "web"}, overlays, settings=settings or Settings(), rules=True)


PASSES: dict[str, tuple[str, dict[str, str]]] = {
    "services of their own": (OWN, {"dev": f"{ONE}, cluster: main, service: web-dev", "prod": f"{ONE}, {RUNS}"}),
    "clusters of their own": (OWN, {"dev": f"{ONE}, cluster: dev, service: web", "prod": f"{ONE}, {RUNS}"}),
    "one name in two accounts": (OWN, {"dev": f"{ONE}, {RUNS}", "prod": f"{OTHER}, {RUNS}"}),
    "one name in two regions": (OWN, {"dev": f"{ONE}, {RUNS}", "prod": f"{AWAY}, {RUNS}"}),
    "no account is named": (OWN, {"dev": RUNS, "prod": RUNS}),
    "no cluster is named": (OWN, {"dev": f"{ONE}, service: web", "prod": f"{ONE}, service: web"}),
    "an ARN of another account": (OWN, {"dev": f"{OTHER}, {RUNS}", "prod": f"service: '{ARN}'"}),
    "no service at all": (OWN, {"dev": f"{ONE}, cluster: main, service: null", "prod": f"{ONE}, {RUNS}"}),
    "one family in two accounts": (SAME, {"dev": ONE, "prod": OTHER}),
    "one family in two regions": (SAME, {"dev": ONE, "prod": AWAY}),
    "a region that is not the other's, and no account": (
        SAME,
        {"dev": "region: eu-west-1", "prod": "region: eu-west-2"},
    ),
    "one environment": (SAME, {"dev": f"{ONE}, {RUNS}"}),
}


@pytest.mark.parametrize("name", PASSES)
def test_what_is_right_is_not_reported(name: str) -> None:
    assert tell(make(*PASSES[name])) == []


HERE = "of account 111122223333, eu-west-1"
FAILS: dict[str, tuple[str, dict[str, str], list[tuple[str, str, str]]]] = {
    "one service": (
        OWN,
        {"dev": f"{ONE}, {RUNS}", "prod": f"{ONE}, {RUNS}"},
        [("E709", "prod.yaml:1", f"`dev` and `prod` have one service: `web` in the cluster `main` {HERE}")],
    ),
    "one service, once by its ARN": (
        OWN,
        {"dev": f"{ONE}, {RUNS}", "prod": f"service: '{ARN}'"},
        [("E709", "prod.yaml:1", f"`dev` and `prod` have one service: `web` in the cluster `main` {HERE}")],
    ),
    "one service of three environments": (
        OWN,
        {"dev": f"{ONE}, {RUNS}", "prod": f"{OTHER}, {RUNS}", "test": f"{ONE}, {RUNS}"},
        [("E709", "test.yaml:1", f"`dev` and `test` have one service: `web` in the cluster `main` {HERE}")],
    ),
    "one family": (
        SAME,
        {"dev": ONE, "prod": ONE, "test": OTHER},
        [("E710", "web.json.j2:1", "`dev` and `prod` have one family, `web`, in account 111122223333, eu-west-1")],
    ),
    "one family, and no accounts": (
        SAME,
        {"dev": "", "prod": ""},
        [
            (
                "W711",
                "web.json.j2:1",
                "`dev` and `prod` have one family, `web`, and not all of them name their account and region",
            )
        ],
    ),
    "one family, and an account is missing": (
        SAME,
        {"dev": ONE, "prod": "region: eu-west-1"},
        [
            (
                "W711",
                "web.json.j2:1",
                "`dev` and `prod` have one family, `web`, and not all of them name their account and region",
            )
        ],
    ),
    "a family that a variable gives": (
        SAME.replace("%s", "{{ family }}").replace("{{ family }}", "{{ family }}%.0s"),
        {"dev": f"{ONE}}}\nvars: {{family: web", "prod": f"{ONE}}}\nvars: {{family: web"},
        [("E710", "prod.yaml:2", "`dev` and `prod` have one family, `web`, in account 111122223333, eu-west-1")],
    ),
}


@pytest.mark.parametrize("name", FAILS)
def test_what_is_shared_is_reported_at_its_line(name: str) -> None:
    template, environments, wanted = FAILS[name]
    assert tell(make(template, environments)) == wanted


def test_two_tasks_of_one_family_are_reported() -> None:
    overlays = {"dev.yaml": f"aws: {{{ONE}}}\n"}
    project = make_project(
        {f"{task}.json.j2": SAME % "web" for task in ("api", "web")}, overlays, settings=Settings(), rules=True
    )
    message = "`dev/api` and `dev/web` have one family, `web`, in account 111122223333, eu-west-1"
    assert tell(project) == [("E710", "web.json.j2:1", message)]


@pytest.mark.parametrize(("code", "name", "template"), [("E709", "web", OWN), ("E710", "web", SAME)])
def test_an_exception_allows_it(code: str, name: str, template: str) -> None:
    place = Place(Source("taskdef.toml", ""), 0, 0)
    allowed = DeclaredException(code, name, "", ("dev", "prod"), "one canary", place)
    environments = dict.fromkeys(("dev", "prod"), f"{ONE}, {RUNS if code == 'E709' else ''}")
    project = make(template, environments, Settings(exceptions=(allowed,)))
    assert tell(project) == []
    assert [code for code, _, _ in tell(project._replace(settings=Settings()))] == [code]
