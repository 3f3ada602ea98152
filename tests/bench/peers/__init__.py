"""Bots that store nothing: what ours is measured beside."""
