"""SMS companies, one file each, all in the same order: settings, send, receipts, inbound."""
