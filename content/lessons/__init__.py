"""The lessons: one thing each, read in a two-minute break. README.md says how to write one."""
