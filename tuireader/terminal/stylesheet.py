"""A faster stylesheet: the rules of component classes are matched once for each state of a widget."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from textual.css.model import RuleSet, SelectorType
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode


class ComponentStylesheet(Stylesheet):
    """A stylesheet that remembers the styles of a widget's component classes.

    Textual matches them again whenever the widget or one that contains it gets or loses a class or the focus.
    The article and the list have over fifty of them: this was a third of the work of a start.
    """

    def _process_component_classes(self, node: DOMNode) -> None:
        components = node._get_component_classes()
        if not components:
            return
        known = self._known_styles(node, components)
        state = known.state_of(node)
        if state not in known.styles:
            super()._process_component_classes(node)
            known.styles[state] = dict(node._component_styles)
            return
        before, styles = node._component_styles.copy(), known.styles[state]
        node._component_styles.clear()
        node._component_styles.update(styles)
        if before != styles:
            node.refresh()

    def _known_styles(self, node: DOMNode, components: Iterable[str]) -> _KnownStyles:
        """Return what is known of ``node``. It is kept with the widget, because the styles refer to it."""
        known: _KnownStyles | None = vars(node).get("known_component_styles")
        if known is None or known.rules is not self.rules:
            names = ["*", *(f".{component}" for component in sorted(components))]
            concerned = [rule for name in names for rule in self.rules_map.get(name, ())]
            if known is None or [*map(id, known.concerned)] != [*map(id, concerned)]:
                known = vars(node)["known_component_styles"] = _KnownStyles(self.rules, concerned)
            else:
                known.rules = self.rules
        return known


@dataclass
class _KnownStyles:
    """The styles of a widget's component classes under ``rules``, of which ``concerned`` are about them."""

    rules: list[RuleSet]
    concerned: list[RuleSet]
    styles: dict[Hashable, dict[str, RenderStyles]] = field(default_factory=dict)

    @cached_property
    def _pseudo_classes(self) -> list[str]:
        return sorted(set().union(*(rule.pseudo_classes for rule in self.concerned)))

    @cached_property
    def _classes(self) -> frozenset[str]:
        selectors = (one for rule in self.concerned for part in rule.selector_set for one in part.selectors)
        return frozenset(one.name for one in selectors if one.type is SelectorType.CLASS)

    def state_of(self, node: DOMNode) -> Hashable:
        """Return what the rules can see of ``node`` and of what contains it."""
        return tuple(
            (one.classes & self._classes, *(one.has_pseudo_classes({name}) for name in self._pseudo_classes))
            for one in node.css_path_nodes
        )
