"""The examination for `diagnose` and `deploy`: the stopped tasks of a service or of a family, and the causes found."""

from __future__ import annotations

from generator.aws.calls.clients import Clients
from generator.aws.calls.tasks import Gathered, Scope, gather
from generator.aws.diagnose import diagnose as find_cause
from generator.aws.diagnose.blaming import blame_line
from generator.aws.diagnose.clearing import clear_evidence
from generator.documents.hiding import make_secrets
from generator.documents.parsing.scalars import to_value
from generator.documents.tree import read_text
from generator.model.diagnosis import Examination
from generator.model.findings import Note
from generator.model.project import Artifact, Project
from generator.model.records import Record
from generator.model.releases import Claim
from generator.model.secrecy import NO_SECRETS, Secrets


class Subject(Record):
    """One task of one environment and where it runs. Without a name, all of it comes from options. `artifact` is rendered from the sources.

    `faulty` means that the sources have errors: `artifact` is then rendered without the rules, or None. `secrets` are those of the sources.
    """

    name: str = ""
    claim: Claim = Claim()
    cluster: str = ""
    service: str = ""
    artifact: Artifact | None = None
    project: Project | None = None
    secrets: Secrets = NO_SECRETS
    faulty: bool = False


def examine(clients: Clients, subject: Subject, task: str) -> Examination:
    """Gather the messages of AWS about one task, and find the cause and the line."""
    artifact = subject.artifact
    family = read_text(artifact.document, "family") if artifact else ""
    fallback = to_value(artifact.document) if artifact else {}
    scope = Scope(subject.cluster, "" if task else subject.service, family, task)
    gathered = gather(clients.within(subject.claim.region), scope, fallback)
    known = [each.document for each in (gathered.revision, artifact) if each]
    secrets = make_secrets(known).join(subject.secrets)
    evidence = clear_evidence(gathered.evidence, secrets)
    examination = Examination(
        subject.name,
        evidence.service.cluster if evidence.service else subject.cluster,
        evidence.service,
        family,
        task,
        gathered.revision.arn if gathered.revision else "",
        evidence.tasks,
        gathered.status,
    )
    diagnosis = find_cause(evidence)
    if diagnosis is None:
        return examination
    finding = blame_line(diagnosis, evidence.document, gathered.revision, artifact)
    finding = secrets.hide(finding)
    notes = (*finding.notes, *list_notes(subject, gathered, family))
    environment, _, name = subject.name.partition("/")
    finding = finding._replace(notes=notes, environments=(environment,) if environment else (), task=name or None)
    return examination._replace(diagnosis=diagnosis, finding=finding)


def list_notes(subject: Subject, gathered: Gathered, family: str) -> list[Note]:
    """List the differences between the failed revision and the sources of its line."""
    revision = gathered.revision
    notes = []
    if gathered.untold:
        notes.append(Note(f"what the tasks ran is not known: {gathered.untold}"))
    if subject.name and (subject.faulty or subject.artifact is None):
        wrong = f"the sources have errors: run `taskdef check {subject.name.partition('/')[0]}`"
        notes.append(Note(wrong if subject.artifact else f"no line is named, since {wrong}"))
    if revision and family and revision.family != family:
        notes.append(Note(f"`{revision.name}` failed, and the project renders `{family}`"))
    return notes
