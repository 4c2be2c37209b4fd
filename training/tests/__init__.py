"""Tests of the training, run in its own environment (make test-training)."""
