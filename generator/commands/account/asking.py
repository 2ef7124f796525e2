"""How AWS is asked about words that stand for registered revisions."""

from __future__ import annotations

from generator.model.account import Access
from generator.model.records import Record


class Asking(Record):
    """How AWS is reached, and which service runs the task where overlays do not say so."""

    access: Access = Access()
    cluster: str | None = None
    service: str | None = None

    @property
    def placed(self) -> bool:
        """Whether an option says where the task runs."""
        return (self.cluster, self.service) != (None, None)

    @property
    def chosen(self) -> bool:
        """Whether any option says something about AWS. What the environment of the process says is no option."""
        return self.placed or self.access._replace(usual_region=None) != Access()
