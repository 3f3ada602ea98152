"""Nothing is lost: the program as a process that is killed, cut off and shouted at."""
