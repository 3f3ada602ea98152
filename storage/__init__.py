"""WHAT WE REMEMBER: one noun, one file, with its tables and its typed queries."""
