"""What modjy's app_import_name names."""
