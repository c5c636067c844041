"""What the rows of a file become: named gifts, and pools of orders."""
