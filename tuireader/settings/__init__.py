"""The settings: their declarations, and the file that a person keeps them in."""

from tuireader.settings.declared import SECTIONS, SETTINGS, Section, Setting, Settings, in_words
from tuireader.settings.document import Problem, Table
from tuireader.settings.reading import Configuration, load_configuration, load_settings

__all__ = [
    "SECTIONS",
    "SETTINGS",
    "Configuration",
    "Problem",
    "Section",
    "Setting",
    "Settings",
    "Table",
    "in_words",
    "load_configuration",
    "load_settings",
]
