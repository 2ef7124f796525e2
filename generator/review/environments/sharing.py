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
from generator.review.environments.evidence import Case, Claim, list_names, make_finding, note_place


class Home(Record):
    """The account and the region of an environment, empty if nothing says which."""

    account: str
    region: str

    @property
    def known(self) -> bool:
        return bool(self.account and self.region)

    def __str__(self) -> str:
        return f"account {self.account}, {self.region}"


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


class Bearer(Record):
    """An artifact that has a family, the place that says so, and its turn among all artifacts."""

    turn: int
    plan: Plan
    place: Place


class Families:
    """The families of artifacts, one after the other."""

    def __init__(self) -> None:
        self.bearers: dict[str, list[Bearer]] = {}

    def see(self, case: Case) -> None:
        """Take the family of an artifact."""
        node = case.artifact.document.items.get("family")
        if isinstance(node, Scalar):
            bearer = Bearer(case.turn, case.plan, place_family(node, case))
            self.bearers.setdefault(node.text, []).append(bearer)

    def find_shared(self) -> Iterator[Claim]:
        """Find families that two artifacts have: in one account and region (E710), or where one of these is not known (W711)."""
        shared = [(family, sorted(bearers)) for family, bearers in self.bearers.items() if len(bearers) > 1]
        for family, group in sorted(shared, key=lambda each: each[1][0].turn):
            told: set[str] = set()
            for home in dict.fromkeys(home for home in (find_home(each.plan) for each in group) if home.known):
                sharing = [each for each in group if find_home(each.plan) == home]
                if len(sharing) > 1:
                    told |= {each.plan.environment for each in sharing}
                    yield report_family("E710", family, sharing, f"in {home}")
            unknown = [each for each in group if may_meet(each, group)]
            if not told and unknown:
                yield report_family("W711", family, unknown, "and not all of them name their account and region")


def may_meet(bearer: Bearer, group: Sequence[Bearer]) -> bool:
    """Whether an artifact may be in one account and region with another, for all that the overlays say."""
    here = find_home(bearer.plan)
    others = [find_home(other.plan) for other in group if other is not bearer]
    return any(
        all(mine == theirs or not mine or not theirs for mine, theirs in zip(here, other, strict=True))
        for other in others
    )


def place_family(node: Scalar, case: Case) -> Place:
    """Find the place that says what a family is: that of a variable where the template takes just one."""
    named = find_variables(node.place, case.artifact.variables)
    return named[0].place if len(named) == 1 else node.place


def report_family(code: str, family: str, sharing: Sequence[Bearer], where: str) -> Claim:
    """Report a family of several artifacts."""
    plans = [each.plan for each in sharing]
    environments = tuple(dict.fromkeys(plan.environment for plan in plans))
    tasks = tuple(dict.fromkeys(plan.task for plan in plans))
    names = list_names(environments if len(tasks) == 1 else [f"{plan.environment}/{plan.task}" for plan in plans])
    message = f"{names} have one family, `{family}`, {where}"
    apart = "`{{ env }}`" if len(tasks) == 1 else "the name of the task"
    help = f"put {apart} into the family; if they share it on purpose, declare an exception"
    return make_claim(code, message, family, environments, [each.place for each in sharing], help)


def make_claim(
    code: str, message: str, name: str, environments: tuple[str, ...], places: Sequence[Place], help: str
) -> Claim:
    """Make a finding at the last place, with notes on the others."""
    different = tuple(dict.fromkeys(places))
    notes: tuple[Note, ...] = tuple(note_place("it is set too in", place) for place in different[:-1])
    path = None if code == "E709" else "family"
    finding = make_finding(different[-1], code, message, path=path, notes=notes, help=help)
    return Claim(finding, name, different, environments)
