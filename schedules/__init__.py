"""THE CLOCK STRUCK: what happens unasked. The timetable is on one page, each job in its file."""
