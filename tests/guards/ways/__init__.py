"""Ways in, as statements of one transaction. What stands in braces is filled in by the test."""
