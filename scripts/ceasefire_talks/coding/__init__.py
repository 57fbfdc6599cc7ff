"""Tools of the coders: cutting a text into passages, finding words in it, comparing two codings."""
