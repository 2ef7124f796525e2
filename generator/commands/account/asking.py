"""Options for asking AWS about registered revisions."""

from __future__ import annotations

from generator.model.account import Access
from generator.model.records import Record


class Asking(Record):
    """The access to AWS, and the service of the task if overlays do not name it."""

    access: Access = Access()
    cluster: str | None = None
    service: str | None = None

    @property
    def placed(self) -> bool:
        """Whether an option names where the task runs."""
        return (self.cluster, self.service) != (None, None)

    @property
    def chosen(self) -> bool:
        """Whether any option about AWS is set. Environment variables are not options."""
        return self.placed or self.access._replace(usual_region=None) != Access()
