"""The command `waytrust`.

Only light modules are imported here; each command loads what it needs when it is called.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from experiments.commands import (
    calibrate_command,
    compare_command,
    dashboard_command,
    demo_command,
    design_commands,
    discover_command,
    figures_command,
    import_command,
    network_commands,
    parameters_command,
    report_command,
    run_command,
    scenario_commands,
    sensitivity_command,
    survey_command,
    sweep_command,
    validate_command,
)

__all__ = ["app", "main"]

TRACEBACK = "WAYTRUST_TRACEBACK"
USER_ERROR, OUR_ERROR = 2, 1


class _PlainErrors(TyperGroup):
    """Tells what went wrong in a sentence: exit code 2 for wrong input, 1 for our own faults."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, KeyboardInterrupt, BrokenPipeError):
            raise
        except Exception as error:
            if hasattr(error, "format_message"):  # about the command line itself: typer tells it
                raise
            raise typer.Exit(_tell(error)) from None


app = typer.Typer(
    cls=_PlainErrors,
    help="Simulate trust in humanitarian help on migration routes.",
    epilog="First steps: waytrust demo, then waytrust scenarios list. To protect people's access "
    "to help, never to find, deter or score anyone: docs/responsible-use.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run_command.run)
app.command("compare")(compare_command.compare)
app.command("survey")(survey_command.survey)
app.command("sweep")(sweep_command.sweep)
app.command("sensitivity")(sensitivity_command.sensitivity)
app.command("discover")(discover_command.discover)
app.command("calibrate")(calibrate_command.calibrate)
app.command("validate")(validate_command.validate)
app.add_typer(scenario_commands.app, name="scenarios")
app.add_typer(design_commands.app, name="designs")
app.add_typer(network_commands.app, name="network")
app.add_typer(import_command.app, name="import")
app.command("parameters")(parameters_command.parameters)
app.command("validate")(validate_command.validate)
app.command("report")(report_command.report)
app.command("dashboard")(dashboard_command.dashboard)
app.command("demo")(demo_command.demo)
app.command("figures")(figures_command.figures)


def main() -> None:
    """Run the command line."""
    app(prog_name="waytrust")


def _show_version(wanted: bool) -> None:
    if wanted:
        from experiments.provenance import versions

        typer.echo(f"waytrust {versions()['waytrust']}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    pass


def _tell(error: Exception) -> int:
    from experiments.limits import Stopped
    from sim.problems import InputProblem

    if isinstance(error, InputProblem):
        typer.echo(str(error), err=True)
        return USER_ERROR
    if isinstance(error, Stopped):
        typer.echo(str(error), err=True)
        return OUR_ERROR
    if os.environ.get(TRACEBACK):
        import traceback

        traceback.print_exception(error, file=sys.stderr)
        return OUR_ERROR
    what = " ".join(str(error).split()) or "no message"
    typer.echo(
        f"Something went wrong inside Waytrust: {type(error).__name__}: {what}. "
        f"Set {TRACEBACK}=1 to see where.",
        err=True,
    )
    return OUR_ERROR


if __name__ == "__main__":
    main()
