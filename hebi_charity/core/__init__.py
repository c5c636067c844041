"""Money, identifiers, dates, names, masking, registries and guards: no table, no domain word."""
