"""One module per table type, each with one TABLE_TYPE; collected by table_types.py."""
