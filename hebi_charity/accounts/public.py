"""The pages that answer without a log-in. A test walks every address and compares; keep this short."""

PUBLIC = (
    "accounts:login",
    "accounts:unlock",
    "office:live",
    "office:ready",
    "reports:check",
)
