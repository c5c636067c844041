"""The rules of a report's life that can be broken. Views and commands give their sentences."""


class ReportRefused(Exception):
    """The report cannot be made; the message is a sentence that says why and what to do."""


class NotAwaitingCheck(Exception):
    """Only a report that is made and not yet checked can be checked."""


class NotAwaitingIssue(Exception):
    """Only a checked report can be issued."""


class MonthNotClosed(Exception):
    """The report was made before its month was closed: close the month and make the next version."""


class NotThreePeople(Exception):
    """Who made or checked a report may not do the next step too."""
