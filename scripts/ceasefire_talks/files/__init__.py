"""Frames -> bytes, pure: CSV, Parquet, workbook, descriptor, codebook and pictures."""
