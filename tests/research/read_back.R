# Reads exports as a user of R would; prints what test_readers.py compares. Arguments: the folder
# with the exports, and the Parquet file of a build.
library(haven)
args <- commandArgs(trailingOnly = TRUE)
show <- function(name, value) cat(name, "=", paste(value, collapse = "|"), "\n", sep = "")

for (kind in c("dta", "sav")) {
  read <- if (kind == "dta") read_dta else read_sav
  events <- read(file.path(args[1], paste0("events_wide.", kind)))
  events <- events[order(events$event_id), ]
  show(paste0(kind, ".rows"), nrow(events))
  show(paste0(kind, ".days"), format(events$date_start))
  show(paste0(kind, ".quad"), as.character(as_factor(events$quad_class)))
  show(paste0(kind, ".precision"), as.character(as_factor(events$date_precision)))
  show(paste0(kind, ".label"), attr(events$fatalities_low, "label"))
  show(paste0(kind, ".killed"), events$fatalities_low)
  articles <- read(file.path(args[1], paste0("articles.", kind)))
  show(paste0(kind, ".long"), max(nchar(articles$text)))
}

acled <- read.csv(file.path(args[1], "machine-coded-acled.csv"))
show("acled.columns", length(acled))
show("acled.killed", acled$fatalities)
icews <- read.delim(file.path(args[1], "machine-coded-icews.tsv"), quote = "", colClasses = "character")
show("icews.codes", sort(unique(icews$CAMEO.Code)))

pq <- reticulate::import("pyarrow.parquet")
table <- pq$read_table(args[2])
columns <- table$select(c("event_id", "fatalities_low"))$to_pydict()
show("parquet.rows", length(columns$event_id))
show("parquet.killed", sum(unlist(columns$fatalities_low), na.rm = TRUE))
raw <- reticulate::import("pyarrow.parquet", convert = FALSE)
metadata <- raw$read_schema(args[2])$field("latitude")$metadata
show("parquet.unit", reticulate::py_str(metadata))
