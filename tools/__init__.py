"""Commands behind the Makefile: demo, pictures, package."""
