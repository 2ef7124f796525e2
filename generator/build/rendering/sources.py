"""The templates of a project by their names: which one a name means, and where something in them stands. Compiles none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.build.rendering.frames import find_frames
from generator.build.rendering.reading import ParsedTemplate, TemplateReader
from generator.model.findings import Place, Source

if TYPE_CHECKING:
    from generator.build.rendering.text_places import Text
    from generator.model.nodes import Scalar


class Sources:
    """The texts of templates, each parsed when somebody first asks what is in it.

    `inner` are texts of overlays that are rendered by themselves, by names that no template can include.
    """

    __slots__ = ("by_path", "inner", "inner_names", "reader", "texts")

    def __init__(self, texts: Mapping[str, Source], reader: TemplateReader | None = None) -> None:
        self.texts = texts
        self.reader = reader or TemplateReader()
        self.by_path = {source.path: name for name, source in texts.items()}
        self.inner: dict[str, Text] = {}
        self.inner_names: dict[Place, str] = {}

    def read(self, name: str) -> ParsedTemplate:
        return self.reader.read(self.get_source(name))

    def forget(self, name: str) -> None:
        """Forget what was read of a text."""
        self.reader.forget(self.get_source(name))

    def get_source(self, name: str) -> Source:
        """Get a template, or a text of an overlay."""
        return self.inner[name].source if name in self.inner else self.texts[name]

    def find_text(self, place: Place) -> str | None:
        """Find the text of an overlay that a value was rendered from."""
        return self.inner_names.get(place)

    def add_text(self, scalar: Scalar) -> str:
        """Name a text of an overlay, which can be read from then on."""
        if scalar.place not in self.inner_names:
            from generator.build.rendering.text_places import make_text  # only if an overlay has one

            name = f"the text in {scalar.place.location}"
            self.inner[name], self.inner_names[scalar.place] = make_text(scalar), name
        return self.inner_names[scalar.place]

    def find_name(self, name: str, parent: str | None = None) -> str | None:
        """Find the template that is meant: by its name, its path, or its name in the folder of the one that asks."""
        name = name.removeprefix("./")
        if name in self.texts:
            return name
        beside = f"{parent.rpartition('/')[0]}/{name}" if parent and "/" in parent else name
        return beside if beside in self.texts else self.by_path.get(name)

    def make_place(self, name: str | None, start: int, length: int) -> Place:
        if name in self.inner:
            return self.inner[name].find_place(start, length)
        return Place(self.texts[name or ""], start, start + length)

    def find_place(self, name: str, offset: int) -> Place:
        """Find the place of the token at an offset."""
        return self.make_place(name, offset, self.read(name).tokens.ends.get(offset, offset + 1) - offset)

    def find_tag(self, name: str | None, offset: int) -> Place:
        """Find the place of the tag around an offset."""
        start, end = self.read(name or "").tokens.find_tag(offset)
        return self.make_place(name, start, end - start)

    def find_owner(self, name: str, offset: int) -> str | None:
        """Find the expression whose member is asked for at an offset."""
        return self.read(name).owners.get(offset)

    def find_here(self) -> Place | None:
        """Find the place that the innermost template at work has come to."""
        frames = find_frames()
        return self.find_place(frames[0].name, frames[0].offset) if frames else None
