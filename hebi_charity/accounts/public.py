"""The pages that answer without a log-in. A test walks every address and compares; keep this short."""

PUBLIC = (
    "accounts:login",
    "accounts:unlock",
    "accounts:first_start",
    "accounts:first_start_step",
    "office:favicon",
    "office:live",
    "office:ready",
    "reports:check",
    "partybranch:feed",
)
