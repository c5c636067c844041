"""Forms whose rules the database alone holds: what it refuses is said beside the field that the view names."""

from __future__ import annotations


class LeftToTheDatabase:
    """A ModelForm that does not ask the model's constraints: it would say them at its top, and lacks columns anyway."""

    def _get_validation_exclusions(self) -> set[str]:
        return {column.name for column in self._meta.model._meta.fields}
