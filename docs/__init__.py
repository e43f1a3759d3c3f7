"""What draws the documentation: pictures from the starter library, tables from the registry."""
