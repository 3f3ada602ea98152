"""The whole program on virtual time: its people, its network, its gateway and its clock drawn from one seed.

`python -m tests.simulation --seed 7` replays a run word for word.
"""
