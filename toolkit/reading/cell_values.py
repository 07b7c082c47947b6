"""Values of cells as text: numbers, days and truth values of tables that know types."""

import json
from datetime import date, datetime, time
from typing import Any


def as_text(value: Any) -> str | None:
    """A value as it is written in a text; None for what is missing.

    Examples
    --------
    >>> as_text(2020.0), as_text(2.5), as_text(True), as_text(["a", 1])
    ('2020', '2.5', 'true', '["a", 1]')
    >>> as_text(datetime(2025, 11, 16)), as_text(float("nan")), as_text("")
    ('2025-11-16', None, None)
    """
    if isinstance(value, str):
        return value or None
    if value is None or value != value:  # NaN and NaT
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        midnight = value.time() == time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def is_unicode(text: str) -> bool:
    """Whether a text is all characters: a half of a surrogate pair is none.

    Examples
    --------
    >>> is_unicode("وصلت"), is_unicode(chr(0xD800))
    (True, False)
    """
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_plain(kind: Any) -> bool:
    """Whether values of an Arrow type are plain: texts, numbers, days, truth values.

    Lists, mappings, binary data and extension types are not.
    """
    from pyarrow import types

    if types.is_dictionary(kind):
        return is_plain(kind.value_type)
    checks = (
        types.is_string,
        types.is_large_string,
        types.is_string_view,
        types.is_integer,
        types.is_floating,
        types.is_decimal,
        types.is_boolean,
        types.is_date,
        types.is_timestamp,
        types.is_time,
        types.is_null,
    )
    return any(check(kind) for check in checks)
