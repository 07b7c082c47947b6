"""How items are counted, scored and compared: the parts of the statistics' modules."""
