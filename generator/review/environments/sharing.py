"""E709, E710 and W711: environments that share what belongs to one of them, a service or a family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.build.layering import Plan
from generator.build.planning import PlannedProject
from generator.build.services import read_home
from generator.documents.variables import find_variables
from generator.model.findings import Note, Place
from generator.model.nodes import Scalar
from generator.model.records import Record
from generator.review.environments.evidence import Case, Claim, Evidence, list_names, make_finding, note_place


class Home(Record):
    """The account and the region of an environment, empty where nothing says which."""

    account: str
    region: str

    @property
    def known(self) -> bool:
        return bool(self.account and self.region)

    def __str__(self) -> str:
        return f"account {self.account}, {self.region}"


def find_shared_places(evidence: Evidence) -> Iterator[Claim]:
    """Find services and families that more than one artifact has."""
    yield from find_shared_services(evidence.planned, [case.plan for case in evidence.cases])
    yield from find_shared_families(evidence)


def find_home(plan: Plan) -> Home:
    """Find where the overlays say an environment is."""
    return Home(plan.aws.get("account", ""), plan.aws.get("region", ""))


def find_shared_services(planned: PlannedProject, plans: Iterable[Plan]) -> Iterator[Claim]:
    """Find services of one cluster that two environments of one account and region name (E709)."""
    found: dict[tuple[Home, str, str], list[tuple[Plan, Scalar]]] = {}
    for plan in plans:
        own = planned.find_places(plan.environment)
        service, cluster = own.find_service(plan.task), own.find_cluster()
        if service is None:
            continue
        home, name, within = read_service(service.text, find_home(plan), cluster.text if cluster is not None else "")
        if home.known and within:
            found.setdefault((home, within, name), []).append((plan, service))
    for (home, within, name), group in found.items():
        environments = tuple(dict.fromkeys(plan.environment for plan, _ in group))
        if len(environments) > 1:
            message = f"{list_names(environments)} have one service: `{name}` in the cluster `{within}` of {home}"
            places = [service.place for _, service in group]
            help = (
                f"name the service of `{group[-1][0].environment}`; if they share it on purpose, declare an exception"
            )
            yield make_claim("E709", message, name, environments, places, help)


def read_service(text: str, home: Home, cluster: str) -> tuple[Home, str, str]:
    """Read which service of which cluster a name or an ARN means. An ARN names its account and region, and the cluster with it."""
    named = read_home(text)
    if named:
        home, cluster = Home(named["account"], named["region"]), named.get("cluster", cluster)
    return home, text.rpartition("/")[2], cluster.rpartition("/")[2]


def find_shared_families(evidence: Evidence) -> Iterator[Claim]:
    """Find families that two artifacts have: in one account and region (E710), or where one of these is not known (W711)."""
    families: dict[str, list[tuple[Case, Place]]] = {}
    for case in evidence.cases:
        node = case.artifact.document.items.get("family")
        if isinstance(node, Scalar):
            families.setdefault(node.text, []).append((case, place_family(node, case)))
    for family, group in families.items():
        told: set[str] = set()
        for home in dict.fromkeys(home for home in (find_home(case.plan) for case, _ in group) if home.known):
            sharing = [(case, place) for case, place in group if find_home(case.plan) == home]
            if len(sharing) > 1:
                told |= {case.environment for case, _ in sharing}
                yield report_family("E710", family, sharing, f"in {home}")
        unknown = [(case, place) for case, place in group if may_meet(case, group)]
        if not told and unknown:
            yield report_family("W711", family, unknown, "and not all of them name their account and region")


def may_meet(case: Case, group: Sequence[tuple[Case, Place]]) -> bool:
    """Whether an artifact may be in one account and region with another, for all that the overlays say."""
    here = find_home(case.plan)
    others = [find_home(other.plan) for other, _ in group if other is not case]
    return any(
        all(mine == theirs or not mine or not theirs for mine, theirs in zip(here, other, strict=True))
        for other in others
    )


def place_family(node: Scalar, case: Case) -> Place:
    """Find the place that says what a family is: that of a variable where the template takes just one."""
    named = find_variables(node.place, case.artifact.variables)
    return named[0].place if len(named) == 1 else node.place


def report_family(code: str, family: str, sharing: Sequence[tuple[Case, Place]], where: str) -> Claim:
    """Report a family of several artifacts."""
    environments = tuple(dict.fromkeys(case.environment for case, _ in sharing))
    tasks = tuple(dict.fromkeys(case.task for case, _ in sharing))
    names = list_names(environments if len(tasks) == 1 else [f"{case.environment}/{case.task}" for case, _ in sharing])
    message = f"{names} have one family, `{family}`, {where}"
    apart = "`{{ env }}`" if len(tasks) == 1 else "the name of the task"
    help = f"put {apart} into the family; if they share it on purpose, declare an exception"
    return make_claim(code, message, family, environments, [place for _, place in sharing], help)


def make_claim(
    code: str, message: str, name: str, environments: tuple[str, ...], places: Sequence[Place], help: str
) -> Claim:
    """Make a finding at the last place, with notes on the others."""
    different = tuple(dict.fromkeys(places))
    notes: tuple[Note, ...] = tuple(note_place("it is set too in", place) for place in different[:-1])
    path = None if code == "E709" else "family"
    finding = make_finding(different[-1], code, message, path=path, notes=notes, help=help)
    return Claim(finding, name, different, environments)
