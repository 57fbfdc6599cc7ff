"""The mutation score: small changes are made to what checks and derives, and the tests have to notice each."""
