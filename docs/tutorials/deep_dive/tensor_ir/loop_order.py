"""
The order of the loops
======================

Measure how much the order of three loops decides about the speed of a matrix multiplication.

A matrix multiplication is the same sum in whatever order you run its loops. The memory of a
computer is not so indifferent. This page takes one kernel, rearranges its loops in all six
possible ways with a *schedule*, checks every variant, and draws how fast each of them is.
"""

from itertools import permutations

import matplotlib.pyplot as plt
import numpy as np
import tvm
from tvm import s_tir
from tvm.script import tirx as T

# %%
# One kernel
# ----------
#
# If this notation is new to you, start with
# :ref:`sphx_glr_gallery_deep_dive_tensor_ir_write_a_kernel.py`.

N = 256


@T.prim_func(s_tir=True)
def matmul(
    A: T.Buffer((N, N), "float32"),
    B: T.Buffer((N, N), "float32"),
    C: T.Buffer((N, N), "float32"),
):
    for i, j, k in T.grid(N, N, N):
        with T.sblock("C"):
            vi, vj, vk = T.axis.remap("SSR", [i, j, k])
            with T.init():
                C[vi, vj] = T.float32(0)
            C[vi, vj] += A[vi, vk] * B[vk, vj]


# %%
# Six schedules
# -------------
#
# A ``Schedule`` holds a copy of the kernel and offers steps that transform it. ``get_loops``
# returns the loops around a block, and ``reorder`` puts them into the order in which you pass
# them. Every step is checked: one that would change the result raises an error.


def with_order(order: str) -> tvm.IRModule:
    schedule = s_tir.Schedule(matmul)
    block = schedule.get_sblock("C")
    loops = dict(zip("ijk", schedule.get_loops(block), strict=True))
    schedule.reorder(*[loops[name] for name in order])
    return schedule.mod


print(with_order("ikj").script())

# %%
# The body of the block is as before. Only the loops around it have moved, and so the same block
# sees its elements in another sequence.
#
# Measure them
# ------------
#
# We compile each variant, run it once to check the result (this also warms up the caches), and let
# ``time_evaluator`` call it again. The best of a few repeats is the one that was disturbed least
# by whatever else the machine was doing. A multiplication of N by N matrices takes 2·N³ floating
# point operations, one multiplication and one addition per step.

target = tvm.target.Target.from_device("cpu")
device = tvm.cpu()

rng = np.random.default_rng(seed=0)
a_np = rng.random((N, N), dtype="float32")
b_np = rng.random((N, N), dtype="float32")
expected = a_np @ b_np

a = tvm.runtime.tensor(a_np)
b = tvm.runtime.tensor(b_np)

gflops = {}
for order in map("".join, permutations("ijk")):
    executable = tvm.compile(with_order(order), target=target)
    c = tvm.runtime.empty((N, N), "float32")
    executable["matmul"](a, b, c)
    np.testing.assert_allclose(c.numpy(), expected, rtol=1e-4)

    timer = executable.mod.time_evaluator("matmul", device, number=1, repeat=10)
    seconds = min(timer(a, b, c).results)
    gflops[order] = 2 * N**3 / seconds / 1e9

ranking = sorted(gflops, key=gflops.get)
for order in ranking:
    print(f"{order}: {gflops[order]:5.1f} GFLOP/s")

# %%
# Draw them
# ---------
#
# The colour shows which loop is the innermost one.

colors = {"i": "#d1495b", "k": "#edae49", "j": "#00798c"}

fig, ax = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
bars = ax.barh(ranking, [gflops[o] for o in ranking], color=[colors[o[-1]] for o in ranking])
ax.bar_label(bars, fmt="%.1f", padding=4, fontsize=12)
ax.set_xlim(0, max(gflops.values()) * 1.15)
ax.set_xlabel("GFLOP/s (more is better)", fontsize=12)
ax.set_ylabel("loops, outermost first", fontsize=12)
ax.tick_params(labelsize=12)
ax.set_title(f"Matrix multiplication, N = {N}: six loop orders", fontsize=13)
ax.spines[["top", "right"]].set_visible(False)
handles = [plt.Rectangle((0, 0), 1, 1, color=color) for color in colors.values()]
ax.legend(
    handles,
    [f"innermost: {name}" for name in colors],
    loc="lower right",
    fontsize=11,
    frameon=False,
)
plt.show()

# %%
# Why the innermost loop decides
# ------------------------------
#
# The matrices are stored row by row, so elements that differ by one in the last index are
# neighbours in memory. Look at ``C[i, j] += A[i, k] * B[k, j]`` and ask what the innermost loop
# walks over:
#
# - **j**: along a row of ``C`` and a row of ``B``; ``A[i, k]`` stays the same. Neighbouring
#   elements share a cache line, and one vector instruction computes several of them.
# - **k**: along a row of ``A``, but down a column of ``B``, where each step lands in another
#   cache line. All steps add to the same element, and since floating-point addition may not be
#   rearranged, the compiler cannot spread the sum over a vector.
# - **i**: down a column of ``A`` and a column of ``C``. This reads and writes memory in the worst
#   possible way.
#
# The numbers say how much that matters on the machine that built this page:

speedup = gflops[ranking[-1]] / gflops[ranking[0]]
print(f"{ranking[-1]} is {speedup:.0f} times as fast as {ranking[0]}")

# %%
# The outer two loops matter less. They decide how soon the same data is needed again, which
# begins to count when the matrices outgrow the caches.
#
# Where to go next
# ----------------
#
# To keep data in the caches on purpose, cut the loops into tiles:
# :ref:`sphx_glr_gallery_deep_dive_tensor_ir_tiling.py`. On a GPU the question becomes which loops
# run at the same time: :ref:`sphx_glr_gallery_deep_dive_tensor_ir_gpu_threads.py`.
