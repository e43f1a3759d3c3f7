"""Work beside the handlers: jobs, changes of the library, the thread that writes, progress."""
