"""Donors, gifts, funds and campaigns."""
