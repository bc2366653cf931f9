"""Whole tables with the answers beside their rows: the user's own dataframes, and files too big to hold.

`frames` takes dataframes, `files` takes CSV and Parquet from file to file; both read columns by the names that `naming`
says and hand them to `columns.rate_columns`, so that neither has a rating of its own that could differ.
"""
