"""The organisation, its books' periods, number series, one-time form keys and dated settings."""
