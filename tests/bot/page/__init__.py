"""The page with phones on it, asked by HTTP and looked at in a browser."""
