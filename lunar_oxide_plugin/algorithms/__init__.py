"""Processing algorithms: they pass parameters to core, and make layers of core's results."""
