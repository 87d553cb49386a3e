"""Compiled functions that exist only to be put into others.

Numba optimises every function it compiles and turns it into machine code. Most of ours are parts
of a loop, whose own compilation takes their code in and optimises it again; so they wait for that.
Measured: of 76 s, the first compilation loses 28 s by parts that cannot be called from Python, and
14 s more by parts that are not machine code either.

`_optimize_final_module` and `_finalize_final_module` are names private to Numba, the same from
0.60 to 0.68. Where it has others, parts are compiled like everything else: slower, with the same
results.
"""

from __future__ import annotations

from typing import Any

from numba.core import codegen, compiler, compiler_machinery, untyped_passes

__all__ = ["PartCompiler"]

# Numba's classes are not annotated.
_Library: Any = codegen.JITCodeLibrary
_Compiler: Any = compiler.CompilerBase
_Pass: Any = compiler_machinery.AnalysisPass
_passes: Any = compiler.DefaultPassBuilder
_register: Any = compiler_machinery.register_pass
_PRIVATE = ("_optimize_final_module", "_finalize_final_module")


class _NoEnvironment:
    """Stands where machine code would keep what it needs of Python: numbers need nothing."""

    def set_env(self, *_: object) -> None:
        """Keep nothing."""


class _Part(_Library):
    """Code that is simplified function by function, and then waits to be put into other code."""

    codegen = _NoEnvironment()

    def _optimize_final_module(self) -> None:
        """Leave that to the loop."""

    def _finalize_final_module(self) -> None:
        self._finalized = True


@_register(mutates_CFG=False, analysis_only=True)
class _KeepAsPart(_Pass):
    """Chooses, before anything is translated, where the code will go."""

    _name = "waytrust_keep_as_part"

    def __init__(self) -> None:
        _Pass.__init__(self)  # abstract in Numba

    def run_pass(self, state: Any) -> bool:
        if all(hasattr(_Library, name) for name in _PRIVATE):
            state.library = _Part(state.targetctx.codegen(), state.func_id.func_qualname)
        return False


class PartCompiler(_Compiler):
    """Numba's usual passes, whose outcome is kept as a part."""

    def define_pipelines(self) -> list[Any]:
        """The passes in their order."""
        passes = _passes.define_nopython_pipeline(self.state)
        passes.add_pass_after(_KeepAsPart, untyped_passes.IRProcessing)
        passes.finalize()
        return [passes]
