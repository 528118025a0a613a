"""The gas kernels give the same numbers as compiled code and as plain Python."""

from __future__ import annotations

import json

import numpy as np
from gas_kernel_rows import all_rows


def test_compiled_code_agrees_with_plain_python(run_python, root):
    done = run_python([str(root / "tests" / "gas_kernel_rows.py")], env={"NUMBA_DISABLE_JIT": "1"})
    plain, compiled = np.array(json.loads(done.stdout)), np.array(all_rows())
    assert plain.size == compiled.size > 2000
    # 1e-12 relative; amounts below 1e-15 mol beside others of 1 to 100 are rounding of those
    np.testing.assert_allclose(compiled, plain, rtol=1e-12, atol=1e-15)
