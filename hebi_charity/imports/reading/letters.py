"""The letters over the columns of a spreadsheet."""


def letter(place: int) -> str:
    """The letters over a column, counted from 0: 0 → A, 26 → AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
