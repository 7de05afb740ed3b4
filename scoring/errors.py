"""Every mistake a person can put right; the text of each is shown to that person."""


class EvenkeelError(Exception):
    """What went wrong and what to do about it, in words for the person who asked."""


class CatalogueError(EvenkeelError):
    """The KPI catalogue contradicts itself, or has no such KPI."""


class DatabaseError(EvenkeelError):
    """The database cannot be reached, read or written."""


class IntakeError(EvenkeelError):
    """A file cannot be taken in at all."""


class UnknownNameError(EvenkeelError):
    """Nobody and nothing is called that, or more than one is."""


class WorkingHoursError(EvenkeelError):
    """The file of working hours cannot be used as it is."""


class PracticesError(EvenkeelError):
    """The practices that notes suggest cannot be used as they are."""


class ReviewError(EvenkeelError):
    """These weeks cannot be reviewed."""


class EvidenceError(EvenkeelError):
    """There are no contacts behind a figure that could be shown."""


class PeriodError(EvenkeelError):
    """The words do not name a period, or name more than one."""


class UnreadError(PeriodError):
    """The words name no period at all, so they may be about something else."""


class SettingsError(EvenkeelError):
    """A setting cannot be used as it is."""


class WordsError(EvenkeelError):
    """The words of a call are wrong, whatever the records are."""


class QueryError(EvenkeelError):
    """A question cannot be answered as it was read."""


class AccessError(EvenkeelError):
    """Whoever asks may not see or do this."""


class CommitmentError(EvenkeelError):
    """A commitment cannot be made or closed as it was asked for."""


class DisputeError(EvenkeelError):
    """A dispute cannot be filed or decided as it was asked for."""


class RemarkError(EvenkeelError):
    """A private remark cannot be written or answered as it was asked for."""
