"""Where people already work: pytest and notebooks. Nothing here is imported before it is asked for."""
