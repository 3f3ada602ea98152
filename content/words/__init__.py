"""What the program says to people, in Chinese first and in English."""
