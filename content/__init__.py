"""THE PROGRAMME: the rules as pure functions, the words, the lessons. It imports no other floor."""
