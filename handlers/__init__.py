"""SOMEONE SPOKE: what each message means, one file for each thing a person does."""
