"""What runs the rooms: Dagster's definitions, the store of Parquet files, and the command line `chitieu`."""
