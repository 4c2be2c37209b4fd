"""Benchmarks: each module prints its table (``make bench``)."""
