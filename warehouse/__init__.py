"""The one published DuckDB file: its tables (`ddl`), its views (`marts`), its audit (`integrity`), what is suspicious in it
(`drift`, `history`), views that the questions share (`temporary`), ready questions (`queries`).

`warehouse.publish.publish` writes it; `warehouse.blueprint.relations` tells its shape without writing anything.
"""
