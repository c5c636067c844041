"""The rules of a report's life that can be broken. Views and commands give their sentences."""


class ReportRefused(Exception):
    """The report cannot be made; the message is a sentence that says why and what to do."""


class Overtaken(Exception):
    """Another version was kept after these facts were gathered: they would replace newer ones. Build them anew."""


class ReportTampered(Exception):
    """The report is not as its makers left it: nobody checks or issues it, so that no seal covers the change."""


class NotAwaitingCheck(Exception):
    """Only a report that is made and not yet checked can be checked."""


class NotAwaitingIssue(Exception):
    """Only a checked report can be issued."""


class MonthNotClosed(Exception):
    """The report was made before its month was closed: close the month and make the next version."""


class NotThreePeople(Exception):
    """Who made or checked a report may not do the next step too."""
