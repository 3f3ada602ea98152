"""The doors people come through, each behind the one shape of contract.py."""
