"""The widgets: each shows values of the library and posts messages about what a person does."""
