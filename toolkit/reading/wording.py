"""How messages count: a number and its noun agree."""


def counted(count: int, plural: str, singular: str | None = None) -> str:
    """A number with its noun, or with what is said of it.

    Examples
    --------
    >>> counted(1, "records"), counted(1200, "records")
    ('1 record', '1,200 records')
    >>> counted(1, "texts have no row", "text has no row")
    '1 text has no row'
    """
    if count == 1:
        return f"{count} {singular or plural.removesuffix('s')}"
    return f"{count:,} {plural}"
