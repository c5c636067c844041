from hebi_charity.imports.models.imported import Import
from hebi_charity.imports.models.staged_row import StagedRow

__all__ = ["Import", "StagedRow"]
