"""Processing algorithms: parameters to core, core's results to layers."""
