"""The pretend outside world, for the demo and the tests: a Bot API, an SMS centre, phones in a browser."""
