"""The six rooms of the house, in the order in which data goes through them.

documents → mentions → observations → quality → star → marts. A room imports only `assets.reference` and the
rooms before it; only `wiring.py` of a room knows dagster. Each room's `__init__.py` is its one door.
"""
