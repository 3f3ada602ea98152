"""The pretend outside world, seen from the phones and from the program."""
