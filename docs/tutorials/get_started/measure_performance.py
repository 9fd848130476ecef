"""
Measure performance
===================

Time a compiled function so that the number means something, and compare it with NumPy.

A stopwatch around one call mostly measures other things: loading code, touching memory for the
first time, Python, and whatever else the machine is doing. This tutorial shows what can go wrong,
and how ``time_evaluator`` takes care of it.
"""

# %%
# Something to measure
# --------------------
#
# We multiply two square matrices, in two versions. The first one is the plain triple loop, which
# TVM derives from the formula. The second one computes the same in another order: it works on small
# tiles, uses vector instructions, and all cores. How such a schedule works does not matter here.

# sphinx_gallery_thumbnail_number = 2

import time
import timeit

import matplotlib.pyplot as plt
import numpy as np
import tvm
from tvm import s_tir, te

target = tvm.target.Target.from_device("cpu")
device = tvm.cpu()


def matmul(n, tiled):
    a = te.placeholder((n, n), "float32", name="A")
    b = te.placeholder((n, n), "float32", name="B")
    k = te.reduce_axis((0, n), name="k")
    c = te.compute((n, n), lambda i, j: te.sum(a[i, k] * b[k, j], axis=k), name="C")
    sch = s_tir.Schedule(te.create_prim_func([a, b, c]))
    if tiled:
        block = sch.get_sblock("C")
        i, j, k = sch.get_loops(block)
        i_outer, i_inner = sch.split(i, [None, 4])
        j_outer, j_inner = sch.split(j, [None, 32])
        sch.reorder(i_outer, j_outer, k, i_inner, j_inner)
        sch.parallel(i_outer)
        sch.unroll(i_inner)
        sch.vectorize(j_inner)
        sch.decompose_reduction(block, k)
    return sch.mod


# %%
# The obvious way
# ---------------
#
# Compile the second version, and time thirty calls one by one with a stopwatch.

n = 512
rng = np.random.default_rng(seed=0)
a_np, b_np = rng.standard_normal((2, n, n)).astype("float32")
a, b = tvm.runtime.tensor(a_np, device), tvm.runtime.tensor(b_np, device)
c = tvm.runtime.empty((n, n), "float32", device)

lib = tvm.compile(matmul(n, tiled=True), target=target)

milliseconds = []
for _ in range(30):
    start = time.perf_counter()
    lib["main"](a, b, c)
    milliseconds.append(1e3 * (time.perf_counter() - start))

np.testing.assert_allclose(c.numpy(), a_np @ b_np, rtol=1e-4, atol=1e-3)

# %%
# The proper way
# --------------
#
# ``time_evaluator`` calls the function from C++, so Python is not part of the measurement. It makes
# one call that it throws away, which is the warm-up. Then it takes ``repeat`` samples. Each sample
# is the mean of several calls: at least ``number``, and as many as it takes to fill
# ``min_repeat_ms``, so that a fast function is not lost in the resolution of the clock.

evaluate = lib.mod.time_evaluator("main", device, number=1, repeat=5, min_repeat_ms=20)
timing = evaluate(a, b, c)
print(timing)

# %%
# Disturbances only ever make a program slower, so one bad sample spoils the mean, but neither the
# median nor the minimum. Take the median to say what to expect on this machine, and the minimum to
# compare two versions of a kernel. Look at the spread before you believe in a small difference.
#
# In the picture, the first call stands far above the others: LLVM generates the machine code only
# when the function is used for the first time. The rest stay near the line.

fig, ax = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
ax.plot(range(1, 31), milliseconds, "o", color="tab:gray", label="single call, stopwatch")
ax.axhline(1e3 * timing.median, color="tab:orange", lw=2, label="median of time_evaluator")
ax.set(xlabel="call", ylabel="time (ms)", title="Thirty calls of the same function")
ax.set_ylim(bottom=0)
ax.grid(True, alpha=0.3)
ax.legend()
plt.show()

# %%
# From seconds to GFLOP/s
# -----------------------
#
# Seconds cannot be compared between sizes. A matrix multiplication takes :math:`2n^3` floating
# point operations, and dividing by the time gives a rate. For NumPy, ``timeit`` does what
# ``time_evaluator`` does, and we make one call for the warm-up ourselves.


def measure_tvm(n, tiled, arrays):
    lib = tvm.compile(matmul(n, tiled), target=target)
    tensors = [tvm.runtime.tensor(array, device) for array in arrays]
    out = tvm.runtime.empty(arrays[0].shape, "float32", device)
    lib["main"](*tensors, out)
    np.testing.assert_allclose(out.numpy(), arrays[0] @ arrays[1], rtol=1e-4, atol=1e-3)
    evaluate = lib.mod.time_evaluator("main", device, number=1, repeat=20, min_repeat_ms=4)
    return evaluate(*tensors, out).min


def measure_numpy(arrays):
    left, right = arrays
    left @ right
    calls = max(1, int(5e7 / left.shape[0] ** 3))
    return min(timeit.repeat(lambda: left @ right, number=calls, repeat=30)) / calls


sizes = [32, 64, 128, 256, 512]
rates = {"NumPy": [], "TVM, tiled": [], "TVM, plain loops": []}
for n in sizes:
    gflop = 2 * n**3 / 1e9
    arrays = rng.standard_normal((2, n, n)).astype("float32")
    rates["NumPy"].append(gflop / measure_numpy(arrays))
    rates["TVM, tiled"].append(gflop / measure_tvm(n, True, arrays))
    if n <= 256:  # the plain loops get too slow for a tutorial
        rates["TVM, plain loops"].append(gflop / measure_tvm(n, False, arrays))

# %%
# Draw it
# -------
#
# A single size would have told us little. For the smallest matrices, the cost of a call decides: to
# start threads, and for NumPy to go through Python. For the larger ones it is the order of the
# loops: the plain version fetches the same data again and again, the tiled one keeps it at hand.
#
# Before you compare with someone else's number, check how many threads each side has. TVM takes
# ``tvm.runtime.num_threads()`` of them (set the environment variable ``TVM_NUM_THREADS`` to change
# it); for NumPy, its linear algebra library decides.

fig, ax = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
for (label, values), marker in zip(rates.items(), "os^", strict=True):
    ax.plot(sizes[: len(values)], values, marker=marker, lw=2, label=label)
ax.set_xscale("log", base=2)
ax.set_yscale("log")
ax.set_xticks(sizes, sizes)
ax.set(xlabel="matrix size n", ylabel="GFLOP/s", title="Matrix multiplication: higher is better")
ax.grid(True, which="major", alpha=0.3)
ax.legend()
plt.show()

# %%
# What to read next
# -----------------
#
# * :ref:`sphx_glr_gallery_how_to_roofline.py` tells how fast a kernel could be at best.
# * :ref:`sphx_glr_gallery_deep_dive_tensor_ir_tiling.py` explains why tiles make it faster.
