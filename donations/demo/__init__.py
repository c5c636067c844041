"""The demonstration: invented people give invented gifts. Never loaded in real mode."""
