"""Ceasefire Talks: the ceasefire negotiations between Israel, Hamas and Hezbollah as validated tables."""
