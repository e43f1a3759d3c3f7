"""Tags of articles, as the reader shows and changes them."""
