"""Which function reads what a rule of the grammar has found."""

from collections.abc import Callable

from toolkit.dating import centuries, days, periods
from toolkit.dating.stretch import Expression, Stretch

Reader = Callable[[Stretch], list[Expression]]
READERS: dict[str, Reader] = {
    "date": days.dated,
    "spoken": days.spoken,
    "opening": days.opening,
    "days": days.days,
    "month": days.month,
    "half": days.half_named,
    "month_day": days.dated,
    "months": days.two_months,
    "day_of_month": days.in_the_month,
    "days_of_month": days.days_in_the_month,
    "numeric": days.numeric,
    "numeric_month": days.numeric_month,
    "numeric_days": days.numeric_days,
    "iso_month": days.iso_month,
    "year": periods.single_year,
    "bare_year": periods.single_year,
    "listed_year": periods.single_year,
    "ordinal_year": periods.ordinal_year,
    "ordinal_years": periods.ordinal_years,
    "old_year": periods.old_year,
    "millennium": centuries.millennium,
    "years": periods.years,
    "first_months": periods.first_months,
    "weekday": days.weekday,
    "weekdays": days.weekdays,
    "relative": days.relative,
    "night": days.night,
    "unit": periods.unit,
    "calendar_year": periods.unit,
    "that_day": periods.that_day,
    "ago": periods.ago,
    "long_ago": periods.vague,
    "last_units": periods.last_units,
    "decade": centuries.decade,
    "decades": centuries.decades,
    "decade_number": centuries.decade_number,
    "decade_numbers": centuries.decade_numbers,
    "century": centuries.single_century,
    "centuries": centuries.centuries,
    "listed_centuries": centuries.centuries,
    "centuries_apart": centuries.centuries_apart,
    "season": periods.season,
    "part": periods.part,
    "parts": periods.parts,
}
