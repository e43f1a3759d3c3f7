"""Every command of the reader, declared once, in the order of the help screen."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_APP = (Context.APP,)
_PAGE = (Context.PAGE,)
_ARTICLE = (Context.LIST, Context.PAGE)
_PANES_CONTEXTS = (
    Context.LIST,
    Context.PAGE,
    Context.SIDEBAR,
    Context.NOTEBOOK,
    Context.TAGS,
    Context.SETTINGS,
)
_MOVED = (*_PANES_CONTEXTS, Context.REVISIONS)
_LIST = (Context.LIST,)
_SIDEBAR = (Context.SIDEBAR,)
_ROWS = (Context.LIST, Context.SIDEBAR)
_NOTEBOOK_CONTEXTS = (Context.NOTEBOOK,)
_WITH_NOTEBOOK = (*_ARTICLE, Context.NOTEBOOK)
_CITED = (*_WITH_NOTEBOOK, Context.CHOOSING)
_ON_WORDS = (Context.PAGE, Context.CHOOSING)

# fmt: off

# Commands for moving in a list or in an article.

_move = partial(command, group=Group.MOVING, contexts=_MOVED, palette=False)

_MOVING: tuple[Command, ...] = (
    _move("move-down", "j, down", "Down", "Move down one row or line; with a count, that many."),
    _move("move-up", "k, up", "Up", "Move up one row or line; with a count, that many."),
    _move("half-page-down", "ctrl+d", "Half a page down", "Scroll down half a screen."),
    _move("half-page-up", "ctrl+u", "Half a page up", "Scroll up half a screen."),
    _move("page-down", "ctrl+f, pagedown", "Page down", "Scroll down one screen."),
    _move("page-up", "ctrl+b, pageup", "Page up", "Scroll up one screen."),
    _move("move-first", "g g, home", "To the beginning", "Go to the first row, or the top of the article."),
    _move("move-last", "G, end", "To the end", "Go to the last row, or the end of the article."),
    _move("next-unread", "] u", "Next unread", "Go to the next unread article.", contexts=_ARTICLE),
    _move("previous-unread", "[ u", "Previous unread", "Go to the previous unread article.",
          contexts=_ARTICLE),
    _move("next-bookmarked", "] b", "Next bookmarked", "Go to the next bookmarked article.",
          contexts=_ARTICLE),
    _move("previous-bookmarked", "[ b", "Previous bookmarked", "Go to the previous bookmarked article.",
          contexts=_ARTICLE),
    _move("jump-back", "ctrl+o", "Jump back", "Go to where you were before the last jump.",
          contexts=_APP),
    _move("jump-forward", "ctrl+y", "Jump forward", "Go to where you were before jumping back.",
          contexts=_APP),
    _move("set-mark", "m", "Set a jump mark", "Mark this place with the letter typed next.", contexts=_PAGE,
          argument="LETTER"),
    _move("go-to-mark", "'", "Go to a jump mark", "Go to the mark with the letter typed next.",
          contexts=_APP, argument="LETTER"),
)

# Commands that go to panes, views and the sidebar.

_go = partial(command, group=Group.PANES, contexts=_APP)
_view = partial(command, group=Group.PANES, contexts=_ROWS)
_entry = partial(command, group=Group.PANES, contexts=_SIDEBAR, palette=False)

_PANES: tuple[Command, ...] = (
    _go("next-pane", "tab", "Next pane", "Move to the next pane.", palette=False),
    _go("previous-pane", "shift+tab", "Previous pane", "Move to the previous pane.", palette=False),
    _go("pane-out", "h, left", "Back to the list", "Go from the article back to the list.",
        contexts=_PAGE, label="list",
        palette=False),
    _go("go-sidebar", "h, left", "Go to the sidebar", "Move the focus to the sidebar.", contexts=_LIST,
        label="sidebar"),
    _go("toggle-sidebar", "\\", "Show or hide the sidebar",
        "Put the sidebar beside the list, from 110 columns on, or away.", contexts=(*_ROWS, Context.PAGE)),
    _go("pane-in", "l, right", "Go to the article", "Go from the list to the article.",
        contexts=_LIST, palette=False),
    _go("go-list", "g l", "Go to the list", "Move the focus to the article list."),
    _go("go-notes", "g n", "Go to the notebook", "Show all notes, highlights and bookmarks."),
    _go("go-bookmarks", "g b", "Go to the bookmarks",
        "Show bookmarked articles and passages in the notebook."),
    _go("go-started", "g r", "Continue reading", "List articles you have started, the last opened first."),
    _go("go-tags", "g t", "Go to the tags", "Show all tags: mark, rename, colour, delete."),
    _go("go-searches", "g s", "Go to the saved searches",
        "Move the focus to the saved searches in the sidebar."),
    _go("go-related", "g a", "Related articles",
        "Show near-duplicates of the article and related articles.",
        contexts=(Context.LIST, Context.PAGE)),
    _go("go-timeline", "g h", "Timeline of the story",
        "Show the story and related articles by day, with your notes.",
        contexts=(Context.LIST, Context.PAGE)),
    _go("go-doubtful", "g i", "Needs a look",
        "List articles to check: date missing or guessed, very short, joined paragraphs, text left out."),
    _go("go-trash", "g x", "Go to the trash", "List the articles in the trash."),
    _view("view-all", "1", "All articles", "List all articles except the trash."),
    _view("view-unread", "2", "Unread articles", "List the unread articles."),
    _view("view-bookmarked", "3", "Bookmarked articles", "List the bookmarked articles."),
    _view("view-noted", "4", "Articles with notes", "List the articles with notes."),
    _entry("rename-search", "R", "Rename the search", "Rename the saved search under the cursor."),
    _entry("remove-search", "x", "Remove the search", "Remove the saved search under the cursor."),
    _entry("pick-sidebar-entry", "enter", "List", "List the articles of the entry under the cursor.",
           label="list"),
    _entry("open-sidebar-entry", "l, right", "Open",
           "Open the entry; if it is open, go to the first one in it.", label="open"),
    _entry("close-sidebar-entry", "h, left", "Close",
           "Close the entry; if it is closed, go to the one above it.",
           label="close"),
    _entry("find-in-sidebar", "f", "Find in the sidebar",
           "Type part of a name; only matching entries are shown.",
           label="find"),
    _entry("next-sidebar-section", "] ]", "Next section", "Go to the next section of the sidebar."),
    _entry("previous-sidebar-section", "[ [", "Previous section",
           "Go to the previous section of the sidebar."),
    _entry("toggle-sidebar-entry", "space", "Open or close", "Open or close the entry under the cursor."),
)

# Commands for searching.

_find = partial(command, group=Group.FINDING, contexts=_APP)

_FINDING: tuple[Command, ...] = (
    _find("filter", "/", "Filter", "Type a query; the list updates as you type.",
          contexts=(*_ROWS, Context.NOTEBOOK),
          label="filter", argument="QUERY"),
    _find("find", "/", "Find in the article", "Type words; matches are marked as you type.", contexts=_PAGE,
          label="find"),
    _find("next-match", "n", "Next match",
          "Go to the next match; in the list, to the next article.",
          contexts=_ARTICLE),
    _find("previous-match", "N", "Previous match",
          "Go to the previous match; in the list, to the previous article.",
          contexts=_ARTICLE),
    _find("clear-filter", "F", "Clear the filter", "List all articles."),
    _find("save-search", "g S", "Save the search", "Save the current query under a name.", argument="NAME"),
    _find("sort", "s", "Sort", "Switch to the next order.",
          contexts=(Context.LIST, Context.NOTEBOOK, Context.TAGS)),
    _find("reverse", "S", "Reverse the order", "Reverse the order of the list.", contexts=_LIST),
)

# Commands of the notebook.

_notebook = partial(command, group=Group.NOTEBOOK, contexts=_NOTEBOOK_CONTEXTS, palette=False)

_NOTEBOOK: tuple[Command, ...] = (
    _notebook("open-entry", "enter", "Open at the passage", "Open the article at the passage.",
           label="open"),
    _notebook("edit-entry", "e", "Edit", "Edit the note, or write one on the highlight.", label="edit"),
    _notebook("delete-entry", "D", "Delete", "Delete the note, highlight or bookmark.", label="delete"),
    _notebook("next-section", "l, right", "Next section",
           "Go to the next section: bookmarks, on this day, review.",
           label="section"),
    _notebook("previous-section", "h, left", "Previous section", "Go to the previous section."),
    _notebook("view-orphaned", "O", "Orphans",
           "Show only annotations whose passage is no longer in the text; again: all."),
)

# Commands that open the calendar, and commands inside it.

_day = partial(command, group=Group.CALENDAR, contexts=(Context.CALENDAR,), palette=False)

_CALENDAR: tuple[Command, ...] = (
    command("go-calendar", "g c", "Go to the calendar",
            "Show the articles of the list by day, a year at a time.",
            group=Group.PANES, contexts=(Context.APP,)),
    command("choose-dates", "d", "Choose dates", "Choose a day, week, month, year or range in the calendar.",
            group=Group.FINDING, contexts=(Context.LIST, Context.SIDEBAR), label="dates"),
    _day("pick-days", "enter", "List", "List the day under the cursor, or the selected days.", label="list"),
    _day("day-down", "j, down", "Down", "Go to the next day; in the month view, the next week."),
    _day("day-up", "k, up", "Up", "Go to the previous day; in the month view, the previous week."),
    _day("day-right", "l, right", "Right", "Go to the next week; in the month view, the next day."),
    _day("day-left", "h, left", "Left", "Go to the previous week; in the month view, the previous day."),
    _day("next-month", "}", "Next month", "Go to the same day of the next month."),
    _day("previous-month", "{", "Previous month", "Go to the same day of the previous month."),
    _day("previous-year", "K, [ [", "Previous year", "Go to the same day of the previous year.",
         label="previous year"),
    _day("next-year", "J, ] ]", "Next year", "Go to the same day of the next year.", label="next year"),
    _day("first-day", "g g, home", "First day", "Go to the first day with entries."),
    _day("last-day", "G, end", "Last day", "Go to the last day with entries."),
    _day("go-today", "t", "Today", "Go to today."),
    _day("zoom-in", "+", "Zoom in", "Go from the year to the month, or from the month to the day.",
         label="zoom in"),
    _day("zoom-out", "-", "Zoom out", "Go from the day to the month, or from the month to the year."),
    _day("begin-range", "v, V", "Range", "Start a range at the cursor; again: cancel it.", label="range"),
    _day("whole-week", "w", "Whole weeks",
         "Select the week, or extend the range to whole weeks; again: days.",
         label="week"),
    _day("whole-month", "m", "Whole months", "Select the month, or extend the range to whole months.",
         label="month"),
    _day("whole-year", "y", "Whole years", "Select the year, or extend the range to whole years."),
    _day("other-layer", "n", "Articles or annotations",
         "Count articles by the day they appeared, or annotations by the day they were made.",
         label="notes"),
)

# Commands of the tags view.

_tag = partial(command, group=Group.TAGS, contexts=(Context.TAGS,), palette=False)

_TAGS: tuple[Command, ...] = (
    _tag("list-tagged", "enter", "List", "List the articles with the marked tags, or with this one.",
         label="list"),
    _tag("mark-every", "&, space", "And", "Only articles with this tag; again: remove the mark.",
         label="and"),
    _tag("mark-some", "|", "Or", "Only articles with at least one of the tags marked “or”.", label="or"),
    _tag("mark-none", "!", "Not", "Only articles without this tag.", label="not"),
    _tag("rename-tag", "R", "Rename", "Rename the tag everywhere; the name of another tag merges the two.",
         label="rename"),
    _tag("recolour-tag", "c", "Colour", "Set or remove the colour of the tag.", label="colour"),
    _tag("delete-tag", "D", "Delete", "Delete the tag from all articles and annotations.", label="delete"),
    _tag("open-family", "l, right", "Open", "Show the tags below this one; if it is open, go to the first."),
    _tag("close-family", "h, left", "Close", "Close the family; if it is closed, go to the one above it."),
)

# Commands of the settings view.

_setting = partial(command, group=Group.SETTINGS, contexts=(Context.SETTINGS,), palette=False)

_SETTINGS: tuple[Command, ...] = (
    _setting("change-setting", "enter, space", "Change",
             "Switch the setting on or off, choose its value, or type it.", label="change"),
    _setting("reset-setting", "d", "Default", "Give the setting its default.", label="default"),
    _setting("edit-settings-file", "e", "Open the file", "Open the settings file in $VISUAL or $EDITOR.",
             label="open the file"),
)

# Commands for articles.

_article = partial(command, group=Group.ARTICLES, contexts=_ARTICLE)

_ARTICLES: tuple[Command, ...] = (
    _article("open-article", "enter", "Read", "Open the article under the cursor.",
             contexts=_LIST, label="read", palette=False),
    _article("bookmark", "b", "Bookmark", "Add or remove the bookmark.", label="bookmark"),
    _article("note", "a", "Write a note",
             "In the list: a note on the article; in the article: on the selection or the paragraph.",
             contexts=(*_ARTICLE, Context.CHOOSING), label="note"),
    _article("note-on-article", "A", "Write a note on the article", "Write a note on the whole article."),
    _article("edit-note", "E", "Edit the note",
             "Edit the current note, or the last one on the article."),
    _article("toggle-read", "r", "Toggle read", "Mark as read or unread."),
    _article("add-tag", "t", "Add a tag", "Add one or more tags.", label="tag", contexts=_WITH_NOTEBOOK,
             argument="TAGS"),
    _article("remove-tag", "T", "Remove a tag", "Remove one or more tags.", contexts=_WITH_NOTEBOOK,
             argument="TAGS"),
    _article("trash", "x", "Trash", "Move to the trash; in the trash: restore."),
    _article("empty-trash", "X", "Empty the trash",
             "In the trash: delete the selected articles, or all, for good.",
             contexts=_LIST),
    _article("select", "space", "Select", "Select or deselect the article; commands apply to all selected.",
             contexts=_LIST, palette=False),
    _article("select-range", "V", "Select a range",
             "Select while you move; again: end the range and keep it selected.", contexts=_LIST),
    _article("select-all", "*", "Select all", "Select all articles in the list, or none.", contexts=_LIST),
    _article("open-story", ">", "Open the story",
             "Show the other articles of the story below the first.", contexts=_LIST),
    _article("close-story", "<", "Close the story", "Hide the other articles of the story.",
             contexts=_LIST),
    _article("fold-stories", "g >", "Fold stories",
             "Show each story as one row, or each article as its own.", contexts=_LIST),
    _article("open-browser", "o", "Open in the browser", "Open the article's address."),
    _article("copy-link", "y", "Copy the link", "Copy the article's address."),
    _article("copy-citation", "Y", "Copy with citation",
             "Copy the selected words, or those of the current note, with their source.",
             contexts=_CITED),
    _article("choose-citation", "g Y", "Choose a citation style",
             "Copy a citation as plain text, Markdown, BibTeX or APA; Y then uses that style.",
             contexts=_CITED),
    _article("export", "e", "Export",
             "Export the articles and your notes as Markdown files into a folder; again: stop."),
)

# Commands of the reading pane.

_read = partial(command, group=Group.READING, contexts=_PAGE)

_READING: tuple[Command, ...] = (
    _read("read-on", "space", "Read on", "Scroll down one screen.",
          contexts=(Context.PAGE, Context.REVISIONS),
          label="read on", palette=False),
    _read("next-paragraph", "}", "Next paragraph", "Go to the next paragraph.", palette=False),
    _read("previous-paragraph", "{", "Previous paragraph", "Go to the previous paragraph.", palette=False),
    _read("next-heading", "] ]", "Next heading", "Go to the next heading."),
    _read("previous-heading", "[ [", "Previous heading", "Go to the previous heading."),
    _read("contents", "g O", "Table of contents", "Show the headings of the article; Enter goes to one."),
    _read("follow-link", ";", "Follow a link",
          "Show letters on the links; the address is shown before it opens."),
    _read("show-changes", "g d", "Show changes", "Compare the revisions of the article word by word."),
    _read("next-article", "J", "Next article", "Read the next article in the list."),
    _read("previous-article", "K", "Previous article", "Read the previous article in the list."),
    _read("wider", "+", "Wider column", "Use longer lines."),
    _read("narrower", "-", "Narrower column", "Use shorter lines."),
    _read("see-right", "l, right", "Scroll right",
          "Show more columns of a wide table; “Back to the list” scrolls left.", palette=False),
    _read("justify", "", "Justify text", "Justify the text, or align it left."),
    _read("hyphenate", "", "Hyphenation", "Hyphenate words at line ends, or keep them whole."),
    _read("pictures", "p", "Pictures", "Show pictures, or only their captions."),
    _read("zen", "z", "Zen mode", "Show only the article, or all panes.", contexts=_ARTICLE),
)

# Commands for annotating, and for selecting words to annotate.

_annotate = partial(command, group=Group.ANNOTATING, contexts=_PAGE)
_choose = partial(command, group=Group.CHOOSING, contexts=(Context.CHOOSING,), palette=False)

_ANNOTATING: tuple[Command, ...] = (
    _annotate("highlight", "H", "Highlight",
              "Highlight the selection or the paragraph; again: the next colour; 1H to 5H: that colour.",
              contexts=_ON_WORDS, label="highlight"),
    _annotate("choose-words", "v", "Select words", "Show a cursor; movement keys extend the selection.",
              label="select words"),
    _annotate("bookmark-passage", "B", "Bookmark the passage",
              "Add or remove a bookmark on the selection or the paragraph.", contexts=_ON_WORDS),
    _annotate("next-annotation", "] a", "Next annotation", "Go to the next note, highlight or bookmark."),
    _annotate("previous-annotation", "[ a", "Previous annotation", "Go to the previous one."),
    _annotate("delete-annotation", "D", "Delete the annotation",
              "Delete the annotation on the selection, or the current one."),
    _annotate("reattach", "R", "Re-attach",
              "Re-attach an orphaned note or highlight to the selection.", contexts=_ON_WORDS),
    _choose("choose-from-here", "v, space", "Start here",
            "Start the selection at the cursor, or clear it.", label="start here"),
    _choose("choose-next-word", "w, l, right, e", "Next word", "Go to the next word.", label="word"),
    _choose("choose-previous-word", "b, h, left", "Previous word", "Go to the previous word."),
    _choose("choose-next-sentence", ")", "Next sentence", "Go to the end of the sentence.", label="sentence"),
    _choose("choose-previous-sentence", "(", "Previous sentence", "Go to the beginning of the sentence."),
    _choose("choose-next-paragraph", "}", "Next paragraph", "Go to the end of the paragraph.",
            label="paragraph"),
    _choose("choose-previous-paragraph", "{", "Previous paragraph", "Go to the beginning of the paragraph."),
    _choose("choose-line-down", "j, down", "Down", "Go down a line."),
    _choose("choose-line-up", "k, up", "Up", "Go up a line."),
    _choose("choose-other-end", "o", "Other end", "Move the cursor to the other end of the selection.",
            label="other end"),
    _choose("leave-choosing", "escape, q", "Cancel", "Clear the selection.", label="cancel"),
)

# Commands for the whole program.

_program = partial(command, group=Group.PROGRAM, contexts=_APP)

_PROGRAM: tuple[Command, ...] = (
    _program("add", "i", "Add articles",
             "Import files and folders; a path that is pasted into the list does the same.",
             argument="PATH"),
    _program("import-report", "I", "Report of the last import",
             "Show what was added, updated, skipped and failed, with the reasons."),
    _program("remove-samples", "", "Remove the sample articles", "Move the sample articles to the trash."),
    _program("welcome", "", "Welcome", "Show the three steps of the first start again."),
    _program("undo", "u", "Undo", "Undo the last change."),
    _program("redo", "ctrl+r", "Redo", "Redo the change that was undone."),
    _program("back", "escape, q", "Back",
             "Leave the selection, the article or the filter; Esc first stops a running change.",
             palette=False, label="back"),
    _program("command-line", ":", "Command line",
             "Type a command with its argument; a number goes to that row.", palette=False),
    _program("palette", "ctrl+p", "Commands", "Find a command by name.", palette=False),
    _program("settings", ",", "Settings", "Choose a theme, the text width and the other settings."),
    _program("change-key", "g k", "Change a key", "Give a command another key.", argument="COMMAND"),
    _program("redraw", "ctrl+l", "Redraw", "Redraw the screen."),
    _program("quit", "Q", "Quit", "Close the reader; everything is saved.", label="quit"),
    _program("help", "?", "Help", "Show all keys; type to search, Enter changes a key.", label="help"),
)

# Commands while text is being typed.

_type = partial(command, group=Group.TYPING, palette=False)

_LINES: tuple[Command, ...] = (
    _type("finish-note", "escape, ctrl+s", "Done", "Save the note and close the editor.",
          contexts=(Context.NOTE_EDITOR,), label="done"),
    _type("continue-outside", "ctrl+e", "Open in your editor", "Continue the note in $VISUAL or $EDITOR.",
          contexts=(Context.NOTE_EDITOR,), label="your editor"),
    _type("finish-filter", "enter", "Done", "Apply the filter and go to the list.",
          contexts=(Context.FILTER_LINE,), label="done"),
    _type("complete-filter", "tab", "Complete", "Insert the suggestion; again: the next one.",
          contexts=(Context.FILTER_LINE,), label="complete"),
    _type("previous-offer", "up", "Previous query", "Show the previous query; in the suggestions, move up.",
          contexts=(Context.FILTER_LINE,), label="history"),
    _type("next-offer", "down", "Suggestions",
          "Move down in the suggestions; in the search history, to the next query.",
          contexts=(Context.FILTER_LINE,)),
    _type("dismiss-filter", "escape", "Cancel", "Restore the previous filter.",
          contexts=(Context.FILTER_LINE,), label="cancel"),
    _type("finish-sidebar-line", "enter", "List", "List the articles of the entry under the cursor.",
          contexts=(Context.SIDEBAR_LINE,), label="list"),
    _type("next-found-entry", "down", "Next entry", "Go to the next entry found.",
          contexts=(Context.SIDEBAR_LINE,), label="next"),
    _type("previous-found-entry", "up", "Previous entry", "Go to the previous entry found.",
          contexts=(Context.SIDEBAR_LINE,)),
    _type("dismiss-sidebar-line", "escape", "Cancel", "Show the whole sidebar.",
          contexts=(Context.SIDEBAR_LINE,), label="cancel"),
    _type("finish-find", "enter", "Done", "Keep the matches marked; n and N step through them.",
          contexts=(Context.FIND_LINE,), label="done"),
    _type("dismiss-find", "escape", "Cancel", "Return to where you were.",
          contexts=(Context.FIND_LINE,), label="cancel"),
    _type("next-found", "down", "Next match", "Go to the next match while typing.",
          contexts=(Context.FIND_LINE,), label="next"),
    _type("previous-found", "up", "Previous match", "Go to the previous match while typing.",
          contexts=(Context.FIND_LINE,)),
    _type("finish-tags", "enter", "Done", "Add or remove the tags.",
          contexts=(Context.TAG_PROMPT,), label="done"),
    _type("complete-tag", "tab", "Complete", "Insert the suggested tag.",
          contexts=(Context.TAG_PROMPT,), label="complete"),
    _type("next-suggestion", "down", "Next suggestion", "Go to the next suggested tag.",
          contexts=(Context.TAG_PROMPT,)),
    _type("previous-suggestion", "up", "Previous suggestion", "Go to the previous suggested tag.",
          contexts=(Context.TAG_PROMPT,)),
    _type("dismiss-tags", "escape", "Cancel", "Leave the tags unchanged.",
          contexts=(Context.TAG_PROMPT,), label="cancel"),
)

# Commands of screens over the panes: revisions, links, questions.

_compare = partial(command, group=Group.REVISIONS, contexts=(Context.REVISIONS,), palette=False)
_answer = partial(command, group=Group.ANSWERING, contexts=(Context.DIALOGS,), palette=False)

_ANSWERS: tuple[Command, ...] = (
    _compare("next-change", "n, ] c", "Next change", "Go to the next change.", label="next"),
    _compare("previous-change", "N, [ c", "Previous change", "Go to the previous change."),
    _compare("previous-revision", "[ r", "Previous revision", "Compare with the previous revision.",
             label="older"),
    _compare("next-revision", "] r", "Next revision", "Compare with the next revision.", label="newer"),
    _compare("whole-text", "d", "Whole text", "Show the revision by itself, or the changes.",
             label="whole text"),
    _compare("leave-revisions", "escape, q, g d", "Back", "Return to the article.", label="back"),
    _answer("open-link", "enter, o", "Open", "Open the address.", contexts=(Context.LINK,), label="open"),
    _answer("copy-address", "y", "Copy", "Copy the address.", contexts=(Context.LINK,), label="copy"),
    _answer("leave-link", "escape, q", "Cancel", "Close the dialog; open nothing.", contexts=(Context.LINK,),
            label="cancel"),
    _answer("answer-yes", "y", "Yes", "Confirm.", label="yes"),
    _answer("answer-no", "n, enter, escape", "No", "Change nothing.", label="no"),
)

# fmt: on

COMMANDS: tuple[Command, ...] = (
    *_MOVING,
    *_PANES,
    *_FINDING,
    *_NOTEBOOK,
    *_CALENDAR,
    *_TAGS,
    *_SETTINGS,
    *_ARTICLES,
    *_READING,
    *_ANNOTATING,
    *_PROGRAM,
    *_LINES,
    *_ANSWERS,
)
"""Every command, in the order of the help screen."""
