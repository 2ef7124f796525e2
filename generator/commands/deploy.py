"""`taskdef deploy`: services are brought to what is committed, and waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from generator.aws.calls.clients import Clients
from generator.aws.calls.revisions import find_revision
from generator.build.planning import PlannedProject
from generator.commands.account.deliveries import (
    Move,
    Patience,
    Screen,
    deliver_all,
    examine_failed,
    judge_all,
    plan_rollout,
)
from generator.commands.account.orders import Confirm, ask_once, load_order
from generator.commands.account.registrations import (
    carry_out_all,
    compare_with,
    find_uncommitted,
    list_warnings,
    make_refusal,
    plan,
    state_planned,
)
from generator.commands.account.services import find_other_families, spell_command, survey
from generator.model.account import Access, Service
from generator.model.releases import Registration, Release
from generator.model.result import Result
from generator.project.history import read_checkout
from generator.reports.differences.text import format_comparison
from generator.reports.registrations import state_action
from generator.reports.rollouts import make_halted, make_result


def deploy(
    root: str,
    *,
    words: Sequence[str],
    access: Access,
    confirm: Confirm,
    patience: Patience,
    screen: Screen,
    cluster: str | None = None,
    service: str | None = None,
    force: bool = False,
    allow_stale: bool = False,
    strict: bool = False,
    dry_run: bool = False,
    json: bool = False,
    color: bool = False,
) -> Result:
    """Register what is committed where it differs from the newest revision, bring the services to just these revisions, and wait.

    Nothing is changed where something is wrong with one of them. With `force` ECS deploys anew what runs already.
    """
    order = load_order(root, words, allow_stale=allow_stale, strict=strict)
    if order.failed:
        return make_refusal(order, "deploy")
    order, clients, services = survey(order, access, partial(screen.say, ""), cluster=cluster, service=service)
    if order.failed:
        return make_refusal(order, "deploy")
    checkout = read_checkout(root)
    planned = tuple(plan(clients, checkout, order.planned, release, force=False) for release in order.releases)
    stale = "--allow-stale" if allow_stale else ""

    def spell(command: str, name: str) -> str:
        more = stale if command == "deploy" else ""
        return spell_command(command, name, root, access, cluster=cluster, service=service, more=more)

    moves = make_moves(planned, services, spell, force=force)
    strange = find_other_families(order.releases, services)
    order = order._replace(findings=(*order.findings, *strange, *find_uncommitted(checkout, planned)))
    if order.failed:
        return make_refusal(order, "deploy")
    if dry_run:
        would = tuple(map(plan_rollout, moves.values()))
        return make_result("deploy", would, order.findings, 0, registrations=planned, json=json, dry_run=True)
    deeds = ("update", "force", "wait") if patience.takes_back else ("update", "force")
    changing = [each.release for each in planned if moves[each.release.name].deed in deeds]
    for line in list_warnings(order.findings):  # in time, for whoever is asked, or watches
        screen.say("", line)
    ask_once(
        order._replace(releases=tuple(changing)),
        "deploy",
        confirm,
        partial(state_move, clients, order.planned, planned, services),
    )
    done, halt = carry_out_all(clients, planned, partial(tell_registered, screen))
    if halt is not None:
        return drop_told(make_halted(done, order.findings, halt, json=json))
    moves = make_moves(done, services, spell, force=force)
    documents = [document for each in done for document in each.documents]
    rollouts, interrupted = deliver_all(clients, tuple(moves.values()), patience, screen, documents)
    examined, left = ({}, True) if interrupted else examine_failed(clients, order, rollouts, screen)
    status = judge_all(rollouts, interrupted=left)
    result = make_result(
        "deploy", rollouts, order.findings, status, registrations=done, examined=examined, json=json, color=color
    )
    return drop_told(result)


def drop_told(result: Result) -> Result:
    """Leave out the warnings, which were told before anything changed."""
    return result._replace(findings=tuple(each for each in result.findings if each.severity != "warning"))


def state_move(
    clients: Clients,
    project: PlannedProject,
    planned: Sequence[Registration],
    services: Mapping[str, Service],
    release: Release,
) -> Iterator[str]:
    """Say how what a service runs differs from what it is brought to."""
    arn = services[release.name].revision
    newest = next(each for each in planned if each.release is release)
    if newest.revision is not None and newest.revision.arn == arn:
        yield from state_planned(planned, release)
    else:
        running = find_revision(clients.within(release.region), arn) if arn else None
        if running is not None:
            yield from format_comparison(compare_with(running, release, project), color=False)


def tell_registered(screen: Screen, done: Registration) -> None:
    """Tell of a new revision as soon as it is there."""
    if done.action == "registered":
        screen.say("", state_action(done))


def make_moves(
    done: Sequence[Registration], services: Mapping[str, Service], spell: Callable[[str, str], str], *, force: bool
) -> dict[str, Move]:
    """Say of each release what there is to do with its service, by the release's name. `spell` writes a command about one."""
    moves: dict[str, Move] = {}
    for each in done:
        release = each.release
        moves[release.name] = Move(
            release.name,
            release.region,
            services[release.name],
            "" if each.revision is None or each.action == "planned" else each.revision.arn,
            force=force,
            again=spell("deploy", release.name),
            back=spell("rollback", release.name),
        )
    return moves
