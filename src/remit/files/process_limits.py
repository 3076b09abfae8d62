"""What a program may take that reads what strangers wrote."""

from __future__ import annotations

import sys


def take_no_more(memory: int) -> None:
    """Let this program have so many bytes and no more.

    >>> take_no_more(2_000_000_000)  # doctest: +SKIP
    """
    if sys.platform == "win32":
        import win32api
        import win32job as jobs

        job, kind = jobs.CreateJobObject(None, ""), jobs.JobObjectExtendedLimitInformation
        limits = jobs.QueryInformationJobObject(job, kind)
        limits["ProcessMemoryLimit"] = memory
        limits["BasicLimitInformation"]["LimitFlags"] |= jobs.JOB_OBJECT_LIMIT_PROCESS_MEMORY
        jobs.SetInformationJobObject(job, kind, limits)
        jobs.AssignProcessToJobObject(job, win32api.GetCurrentProcess())
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
