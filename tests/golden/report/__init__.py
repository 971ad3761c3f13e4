"""How near a reading comes to gold facts, where it goes wrong, and what each of its rules is worth.

`python -m tests.golden.report GOLD CORPUS` reads a corpus and prints it; `--help` says the rest.
"""
