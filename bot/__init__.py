"""THE ROOF: the process and its doors to the outside."""
