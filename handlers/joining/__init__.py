"""Joining: an invitation or one's own number, a notice, a consent; by SMS the number itself answers."""
