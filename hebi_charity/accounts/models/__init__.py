"""People and their roles."""

from hebi_charity.accounts.models.kept import KeptForm
from hebi_charity.accounts.models.person import User
from hebi_charity.accounts.models.role import IncompatibleRoles, Role, RoleAssignment, WrittenDecision

__all__ = ["IncompatibleRoles", "KeptForm", "Role", "RoleAssignment", "User", "WrittenDecision"]
