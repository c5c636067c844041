"""How a way inserts a copy of a row that is there."""

# The columns of a copy that have to differ for the copy to stand beside its original.
COPY = """
INSERT INTO {table} SELECT (jsonb_populate_record(r, '{changes}')).* FROM {table} r WHERE {which}
"""


def copy_of(table, which, **changes):
    """A statement that inserts a copy of one row with these values."""
    pairs = ", ".join(f'"{name}": {value}' for name, value in changes.items())
    return COPY.format(table=table, which=which, changes="{{" + pairs + "}}")


def last_withdrawn(table):
    return f"id = (SELECT max(id) FROM {table} WHERE withdrawn_at IS NOT NULL)"
