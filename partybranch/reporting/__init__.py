"""What the monthly report says of the branch: numbers, never names (decision record 9)."""
