"""Why background work stops before its end."""


class JobFailed(Exception):
    """An expected failure. The message is a full sentence for the person who asked: what is wrong, what to do."""


class LostClaim(Exception):
    """Another worker has the job now, or somebody cancelled it: stop at once and write nothing more."""


class StepStoodStill(Exception):
    """A step returned without a chunk, progress or an end; calling it again would go on for ever."""


class JobNotFailed(Exception):
    """Only a job that failed or was cancelled can be started again."""


class JobNotWaiting(Exception):
    """Only a job that no worker has begun can be cancelled."""


class UnknownJobKind(Exception):
    """No installed app registered a handler for this kind of work."""
