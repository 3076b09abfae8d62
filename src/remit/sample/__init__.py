"""The fictional sample: an invented region whose figures are written as NHS England writes them.

Nothing in it is real: no organisation, no place, no figure. The scores in its files follow the
rules of the framework, worked out here in plain arithmetic and without the assessment's help, so
that the sample checks the assessment and not itself.

Public names: :func:`write_sample` writes the quarterly files, :func:`write_monthly` the monthly
ones, :func:`write_declared` a small file of each publication and layout,
:func:`write_correspondence` what a trust was asked and its diary, :func:`write_own_files` a
board's comments, plans, notes and peers, :func:`write_people` two waves of a survey,
:func:`write_staff_survey` a year of the NHS Staff Survey,
:func:`write_activity` records of care and the populations beside them, :func:`write_returns`
monthly returns of neighbourhoods, :func:`write_practice_register` who has which practice,
:func:`write_spread` who took a practice up and a metric beside
it, :func:`write_assessed` two years of annual assessments; :data:`SEED` fixes the figures;
:data:`REJECTED` and :data:`DIFFERENCES` announce what is wrong with the quarterly files on purpose.
"""

from remit.sample.activity import ActivityFiles, write_activity
from remit.sample.assessed_icbs import AssessedYears, write_assessed
from remit.sample.correspondence import write_correspondence
from remit.sample.declared_files import write_declared
from remit.sample.figures import SEED
from remit.sample.files import SampleFiles, write_sample
from remit.sample.monthly import MonthlyFile, write_monthly
from remit.sample.oddities import DIFFERENCES, REJECTED
from remit.sample.own_files import write_own_files
from remit.sample.practice_register import write_practice_register
from remit.sample.returned import ReturnFiles, write_returns
from remit.sample.spread import SpreadFiles, write_spread
from remit.sample.staff_survey import write_staff_survey
from remit.sample.survey import write_people

__all__ = [
    "DIFFERENCES",
    "REJECTED",
    "SEED",
    "ActivityFiles",
    "AssessedYears",
    "MonthlyFile",
    "ReturnFiles",
    "SampleFiles",
    "SpreadFiles",
    "write_activity",
    "write_assessed",
    "write_correspondence",
    "write_declared",
    "write_monthly",
    "write_own_files",
    "write_people",
    "write_practice_register",
    "write_returns",
    "write_sample",
    "write_spread",
    "write_staff_survey",
]
