"""Running an experiment: what is missing is fitted and judged, each once, and kept whole or not at all."""
