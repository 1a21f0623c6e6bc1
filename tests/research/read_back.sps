GET FILE='events_wide.sav'.
DISPLAY LABELS.
FREQUENCIES /VARIABLES=quad_class date_precision.
DESCRIPTIVES /VARIABLES=fatalities_low /STATISTICS=SUM.
