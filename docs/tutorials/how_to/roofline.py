"""
Draw a roofline
===============

Find out what limits a kernel, the memory or the arithmetic, and how far it is from that limit.

A processor core can do only so many operations per second, and its memory can deliver only so many
bytes. Which of the two a kernel runs into first depends on its *arithmetic intensity*: how many
operations it does for each byte that it moves. A roofline draws both limits in one picture. Here we
measure them for one core of your machine, with kernels written for the purpose, and then see where
a few other kernels land.
"""

# %%
# A kernel with a knob
# --------------------
#
# A polynomial is evaluated for each element of an array: :math:`y \leftarrow y \, x + c`, repeated
# ``degree`` times. Each element is read once and its result written once, which makes 8 bytes, and
# each step is 2 operations. So ``degree`` sets the intensity, and nothing else changes.
#
# The kernel works on 64 elements at a time: enough for several vector instructions that do not wait
# for one another.

import matplotlib.pyplot as plt
import numpy as np
import tvm
from tvm import s_tir, te
from tvm.script import tirx as T

target = tvm.target.Target.from_device("cpu")
device = tvm.cpu()
WIDTH = 64


def polynomial(n, degree):
    @T.prim_func(s_tir=True)
    def main(X: T.Buffer((n,), "float32"), Y: T.Buffer((n,), "float32")):
        T.func_attr({"tirx.noalias": True})
        y = T.alloc_buffer((WIDTH,), "float32", scope="local")
        for block in range(n // WIDTH):
            for lane in T.vectorized(WIDTH):
                y[lane] = T.float32(1)
            for _ in range(degree):
                for lane in T.vectorized(WIDTH):
                    y[lane] = y[lane] * X[block * WIDTH + lane] + T.float32(0.5)
            for lane in T.vectorized(WIDTH):
                Y[block * WIDTH + lane] = y[lane]

    return main


# %%
# A helper compiles a kernel, checks the beginning of its result, and returns the time of its
# fastest sample. The other samples were slowed down by something else on the machine.


def measure(function, inputs, expected):
    lib = tvm.compile(function, target=target)
    tensors = [tvm.runtime.tensor(array, device) for array in inputs]
    out = tvm.runtime.empty(inputs[0].shape, "float32", device)
    lib["main"](*tensors, out)
    np.testing.assert_allclose(out.numpy()[: len(expected)], expected, rtol=1e-4)
    evaluate = lib.mod.time_evaluator("main", device, number=1, repeat=20, min_repeat_ms=5)
    return evaluate(*tensors, out).min


def measure_polynomial(x, degree):
    expected = np.ones_like(x[:1000])
    for _ in range(degree):
        expected = expected * x[:1000] + np.float32(0.5)
    return measure(polynomial(x.size, degree), [x], expected)


# %%
# The two limits
# --------------
#
# *Memory bandwidth* shows with few steps on an array that is much larger than the caches, *peak
# arithmetic* with many. We go through several degrees, add one on an array that stays in the
# cache, and let the best of them set each limit. Adding two arrays may also set the bandwidth.

rng = np.random.default_rng(seed=0)
large = rng.random(1 << 24, dtype="float32")
small = large[:4096].copy()

degrees = np.array([1, 2, 4, 8, 16, 32, 64])
seconds = np.array([measure_polynomial(large, degree) for degree in degrees])
rates = 2 * degrees * large.size / seconds

a, b = (te.placeholder(large.shape, "float32", name=name) for name in "AB")
c = te.compute(large.shape, lambda i: a[i] + b[i], name="C")
add_seconds = measure(te.create_prim_func([a, b, c]), [large, large], 2 * large[:1000])

bandwidth = max(*(8 * large.size / seconds), 12 * large.size / add_seconds)
peak = max(*rates, 2 * 256 * small.size / measure_polynomial(small, 256))
print(f"one core: {peak / 1e9:.0f} GFLOP/s, {bandwidth / 1e9:.0f} GB/s")
print(f"the limits meet at {peak / bandwidth:.1f} operations per byte")

# %%
# Kernels to place
# ----------------
#
# For each kernel we need two numbers: the intensity, which follows from the formula, and the rate,
# which we measure. Multiplying two matrices does :math:`2n^3` operations, and has to move three
# matrices of :math:`4n^2` bytes, so its intensity is :math:`n/6`: plenty. We take it twice, as
# plain loops and in tiles that fit the registers.

N = 256
pair = rng.random((2, N, N), dtype="float32")


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
        sch.unroll(i_inner)
        sch.vectorize(j_inner)
        sch.decompose_reduction(block, k)
    return sch.mod


kernels = {
    "vector add": (1 / 12, large.size / add_seconds),
    "matmul, plain": (N / 6, 2 * N**3 / measure(matmul(N, False), pair, pair[0] @ pair[1])),
    "matmul, tiled": (N / 6, 2 * N**3 / measure(matmul(N, True), pair, pair[0] @ pair[1])),
}
for name, (intensity, rate) in kernels.items():
    share = rate / min(peak, intensity * bandwidth)
    print(f"{name:14} {intensity:6.2f} operations per byte, {share:4.0%} of what is possible")

# %%
# The picture
# -----------
#
# Both axes are logarithmic. The slope on the left is the bandwidth times the intensity, the flat
# part on the right is the peak. No kernel can be above, except for a percent or two of noise.

x = np.geomspace(1 / 20, 100, 200)
fig, ax = plt.subplots(figsize=(6.4, 4.4), layout="constrained")
ax.plot(x, np.minimum(peak, x * bandwidth) / 1e9, color="black", lw=2.5, label="roofline")
label = f"polynomials, degree {degrees[0]} to {degrees[-1]}"
ax.plot(degrees / 4, rates / 1e9, "o-", color="tab:blue", alpha=0.8, label=label)
for (name, (intensity, rate)), style in zip(kernels.items(), ["sC1", "^C3", "DC2"], strict=True):
    ax.plot(intensity, rate / 1e9, style, markersize=10, label=name)
ax.set(xscale="log", yscale="log", title="Roofline of one core")
ax.set(xlabel="arithmetic intensity (operations per byte)", ylabel="GFLOP/s")
ax.grid(True, which="major", alpha=0.3)
ax.legend(loc="center right")
plt.show()

# %%
# How to read it:
#
# * **On the slope**, a kernel waits for memory. Faster arithmetic does not help; moving fewer bytes
#   does, for example by fusing it with its neighbours or by using a smaller type.
# * **On the flat part**, it does all the arithmetic that the core can.
# * **Far below the roof**, like the plain matrix multiplication, neither limit explains the time.
#   Look for another schedule: the same formula in tiles is much closer to the roof.
#
# What to read next
# -----------------
#
# * :ref:`sphx_glr_gallery_deep_dive_tensor_ir_loop_order.py` and
#   :ref:`sphx_glr_gallery_deep_dive_tensor_ir_tiling.py` climb towards the roof, step by step.
# * :ref:`sphx_glr_gallery_get_started_measure_performance.py` explains the measurements.
