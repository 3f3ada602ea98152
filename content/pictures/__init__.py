"""Pictures of figures: what is on them (`sheet`), how it is laid out (`layout`), how it is drawn (`ink`)."""
