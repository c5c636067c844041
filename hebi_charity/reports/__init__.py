"""A report's row and life, its rendering as PDF, its downloads."""
