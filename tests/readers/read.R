# Reads the CSV files named on the command line with readr and prints each as columns of [type, values].
suppressPackageStartupMessages(library(readr))
for (path in commandArgs(trailingOnly = TRUE)) {
  table <- read_csv(path, show_col_types = FALSE)
  columns <- lapply(table, function(column) {
    values <- if (inherits(column, "Date")) format(column, "%Y-%m-%d") else column
    list(type = class(column)[1], values = values)
  })
  cat(jsonlite::toJSON(columns, na = "null", digits = NA, auto_unbox = FALSE), "\n", sep = "")
}
