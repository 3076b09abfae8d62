"""What the commands that assess are asked: the options that they share, each said once.

A command takes them all as one :class:`Asked`, and leaves out what has no use for it:

.. code-block:: python

    @asking(without=("kind",))
    def explain(code: CodeArgument, asked: Asked, output: TextOrJson = "text") -> None: ...

A new option of all these commands is a new field here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_type_hints

import typer

from remit.cli.options import Files, StoreOption, check_choice, default_store, gather_figures
from remit.model.errors import AssessmentError
from remit.model.likely import LikelyMethod

if TYPE_CHECKING:
    from remit.assessment.judgement.records import Records
    from remit.assessment.result.assessment import Assessment
    from remit.catalogue import LoadedFramework
    from remit.frames.figures import Figures

FrameworkOption = Annotated[
    str | None,
    typer.Option(
        "--framework",
        help="A framework's identifier, or a YAML file of your own; else the one in force in the "
        "period.",
    ),
]
DeclaredFrameworkOption = Annotated[
    str, typer.Option("--framework", help="A framework's identifier, or a YAML file of your own.")
]
MetricsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--metrics",
        help="A YAML file of your own metrics, for the framework to use; may be given again.",
    ),
]
NamedFrameworkOption = Annotated[
    str | None,
    typer.Option("--framework", help="The framework; by default the one that the file names."),
]
CodeArgument = Annotated[str, typer.Argument(help="The organisation's code, such as RYJ.")]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The figures, the framework and what is brought beside them, as the command line has them."""

    files: Files = None
    store: StoreOption = None
    framework: FrameworkOption = None
    metrics: MetricsOption = None
    period: Annotated[
        str | None, typer.Option("--period", help='The quarter, such as "2025/26 Q1".')
    ] = None
    mode: Annotated[
        str | None,
        typer.Option(
            "--mode",
            help="published: take the metric scores in the files; recomputed: score the values. "
            "Left out: published where the files hold scores of the framework.",
        ),
    ] = None
    cut_points: Annotated[
        str | None,
        typer.Option(
            "--cut-points",
            help="Averages where segments end, such as 2.05,2.32,2.60; else from the figures.",
        ),
    ] = None
    judgements: Annotated[
        Path | None,
        typer.Option(
            "--judgements",
            help="A YAML file of segments by judgement; see `remit framework new-judgements`.",
        ),
    ] = None
    capability: Annotated[
        Path | None,
        typer.Option(
            "--capability", help="A YAML file of capability records; see `remit capability new`."
        ),
    ] = None
    system_weight: Annotated[
        float | None,
        typer.Option("--system-weight", help="The system's share of an ICB's score, from 0 to 1."),
    ] = None
    likely_method: Annotated[
        str,
        typer.Option(
            "--likely-method",
            help="Where likely ranges are drawn: published, as NHS England's are; expanded, wider, "
            "which holds the truth nearer to 95 times in 100 where scores are few.",
        ),
    ] = "published"
    as_at: Annotated[
        str | None,
        typer.Option("--as-at", help="Only what the store held on this day (YYYY-MM-DD)."),
    ] = None

    def check(self) -> Asked:
        """These options, if each is one that can be.

        Raises
        ------
        AssessmentError
            If the mode or the method is neither of the two that there are.
        """
        if self.mode is not None:
            check_choice(self.mode, ("published", "recomputed"), "--mode")
        check_choice(self.likely_method, get_args(LikelyMethod), "--likely-method")
        return self

    @property
    def loaded(self) -> LoadedFramework:
        """The framework, with the metrics of the user's own files beside the catalogue's.

        Without a name it is the one in force in the period, or else in the latest of the figures.
        """
        return chosen_framework(self.framework or self._in_force, self.metrics)

    @cached_property
    def _in_force(self) -> str:
        from remit.assessment.scoring.inputs import quarter_named
        from remit.catalogue import framework_in_force

        wanted = self.period or max(self._releases(), default=None)
        if wanted is None:
            raise AssessmentError(
                'the figures name no quarter: say which with --period "2025/26 Q1", or by which '
                "framework to judge with --framework"
            )
        return framework_in_force(quarter_named(wanted))

    def _releases(self) -> list[str]:
        if self.files:
            return self._read.releases()
        if self._has_judgements_only:
            return []
        return gather_figures(None, self.store, None, self.as_at).releases()

    @cached_property
    def _read(self) -> Figures:
        """The figures of the files, read once."""
        return gather_figures(self.files, None, self.period, self.as_at)

    @property
    def _has_judgements_only(self) -> bool:
        named = self.files or self.store is not None
        return self.judgements is not None and not named and not default_store().exists()

    def figures(self, period: str | None = None, *beside: LoadedFramework) -> Figures:
        """The figures of files or a store; none where there are only judgements to go by.

        Only those of a period where one is given, as far as files are read. ``beside`` are
        further frameworks whose counts are wanted of a store.
        """
        from remit.frames.figures import Figures
        from remit.frames.observations import empty_observations

        if self._has_judgements_only:
            return Figures(empty_observations())
        if self.files and period == self.period:
            return self._read
        used = (self.loaded, *beside)
        return gather_figures(self.files, self.store, period, self.as_at, *used)

    def records(self) -> Records:
        """What is brought beside the figures.

        Raises
        ------
        RemitError
            If a file is faulty or a weight has no use.
        """
        from remit.assessment.judgement.records import read_records
        from remit.register import load_register

        return read_records(
            self.loaded.framework,
            load_register(),
            judgements=self.judgements,
            capability=self.capability,
            system_weight=self.system_weight,
        )

    @property
    def judged_by(self) -> dict[str, Any]:
        """What every assessment of these figures is judged by."""
        return {
            "mode": self.mode,
            "cut_points": parse_cut_points(self.cut_points),
            "records": self.records(),
            "likely_method": self.likely_method,
        }

    def assessed(self, *, replicates: int | None = None, **how: Any) -> Assessment:
        """The assessment that is asked for.

        Parameters
        ----------
        replicates
            How often the likely ranges are drawn; by default not at all.
        **how
            What only some commands ask, such as ``kind``; see :func:`remit.assess`.
        """
        from remit.assessment.run import assess

        return assess(
            self.figures(self.period),
            self.loaded,
            self.period,
            replicates=replicates,
            **self.judged_by,
            **how,
        )


def asking(
    *, without: tuple[str, ...] = (), **defaults: Any
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command whose parameter ``asked`` stands for the shared options.

    They stand in its help where the parameter stands in its signature.

    Parameters
    ----------
    without
        The options that the command has no use for.
    **defaults
        Option → what it is in this command where it is not given, if not the usual.
    """
    hints = get_type_hints(Asked, include_extras=True)
    shared = [
        Parameter(
            one.name,
            Parameter.POSITIONAL_OR_KEYWORD,
            default=defaults.get(one.name, one.default),
            annotation=hints[one.name],
        )
        for one in fields(Asked)
        if one.name not in without
    ]

    def wrap(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            asked = Asked(**{one.name: given.pop(one.name) for one in shared})
            command(asked=asked.check(), **given)

        own = signature(command, eval_str=True).parameters.values()
        told = [part for one in own for part in (shared if one.name == "asked" else [one])]
        run.__signature__ = Signature(told)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in told}
        return run

    return wrap


def chosen_framework(name: str, metrics: Sequence[Path] | None = None) -> LoadedFramework:
    """A framework by identifier or path, with the metrics of the user's own files beside it."""
    from remit.catalogue import load_framework

    return load_framework(name, tuple(metrics or ()))


def parse_cut_points(text: str | None) -> tuple[float, ...] | None:
    """``2.05,2.32,2.60`` as numbers.

    Raises
    ------
    AssessmentError
        If a part is no number.
    """
    if text is None:
        return None
    try:
        return tuple(float(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        raise AssessmentError(
            f"--cut-points takes three numbers, such as 2.05,2.32,2.60; got {text!r}"
        ) from None


def parse_cut_choice(text: str) -> Literal["fixed", "recomputed"] | tuple[float, ...]:
    """``fixed``, ``recomputed`` or three averages.

    Raises
    ------
    AssessmentError
        If it is none of these.
    """
    if text == "fixed":
        return "fixed"
    return "recomputed" if text == "recomputed" else parse_cut_points(text) or ()
