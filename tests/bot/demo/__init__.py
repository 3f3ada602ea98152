"""The demo as its visitors have it: a process of its own, and a browser before it."""
