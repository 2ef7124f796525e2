"""What to tell about an import, as values: what each variable and `$id` came from, what was omitted, and how much shorter it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.adopt.adoption import Sources
from generator.adopt.pairing import MARK, find_common
from generator.adopt.reading import LeftOut, Original
from generator.adopt.words import FORMS, split_words
from generator.model.adoption import Omitted, Reason, Size
from generator.model.patterns import Pattern

FIT = Pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
UNFIT = Pattern(r"[^A-Za-z0-9_.-]+")


def find_family_name(families: Mapping[str, str]) -> str:
    """Name a task by its family without what differs between environments."""
    if not families:
        return ""
    name = find_common(families)
    if len(families) == 1:
        ((env, family),) = families.items()
        names = [make(env) for make in FORMS.values()]
        name = "".join(word for word in split_words(family, names) if word not in names).strip("-_./")
        while "--" in name:
            name = name.replace("--", "-")
    name = UNFIT.sub("-", name).strip("-_.")
    return name if FIT.fullmatch(name) else "app"


def list_omitted(originals: Iterable[Original]) -> tuple[Omitted, ...]:
    """Count what was omitted from the files of each environment."""
    sums: dict[str, list[int]] = {}
    for original in originals:
        counts = sums.setdefault(original.environment, [0] * len(LeftOut._fields))
        sums[original.environment] = [one + other for one, other in zip(counts, original.left_out, strict=True)]
    made = (
        Omitted(env, tuple((name, count) for name, count in zip(LeftOut._fields, counts, strict=True) if count))
        for env, counts in sums.items()
    )
    return tuple(each for each in made if each.counts)


def list_reasons(sources: Sources) -> tuple[Reason, ...]:
    """List why each variable, each `$id` and each patch is there."""
    return (*list_variables(sources), *list_ids(sources), *list_patches(sources))


def list_variables(sources: Sources) -> Iterator[Reason]:
    for variable in sources.variables:
        yield Reason("variable", variable.name, variable.why, tuple(variable.values.items()))


def list_ids(sources: Sources) -> Iterator[Reason]:
    for pairing in sources.pairings.values():
        for identity, how in pairing.how.items():
            names = tuple(
                (env, str(item["name"]))
                for env, document in pairing.documents.items()
                for member in ("containerDefinitions", "volumes")
                for item in document.get(member, ())
                if item[MARK] == identity
            )
            yield Reason("$id", identity, how, names)


def list_patches(sources: Sources) -> Iterator[Reason]:
    for task, share in sources.shares.items():
        for env, patch in share.patches.items():
            for key in patch:
                yield Reason("patch", key, f"of {task} in {env}")


def measure(originals: Iterable[Original], sources: Sources, before: str) -> Size:
    """Count lines and values. Lines of overlays that existed `before` do not count, and neither do other parts of another tool's file."""
    texts = (each.text if each.converted else each.source.text for each in originals)
    inputs = sum(bool(line.strip()) for text in texts for line in text.splitlines())
    counts = sources.counts
    return Size(
        inputs,
        sum(len(text.splitlines()) for text in sources.templates.values()),
        sum(len(text.splitlines()) for text in sources.overlays.values()) - len(before.splitlines()),
        sum(counts),
        *counts,
    )
