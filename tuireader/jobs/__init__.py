"""Background work: jobs, library changes, the writing thread and progress."""
