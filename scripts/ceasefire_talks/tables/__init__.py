"""Rows -> frames: typed, derived, sorted; code lists; the readable columns in SQL."""
