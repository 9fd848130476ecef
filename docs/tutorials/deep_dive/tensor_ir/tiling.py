"""
Tiling: find the right tile size
================================

Cut a matrix multiplication into square tiles, and measure how the size of a tile changes the time.

A matrix multiplication uses every number many times, and it is fast only if the number is still
close to the processor when it is needed again. *Tiling* is the usual answer: compute the result
one small square after the other, so that the data of one square stays in registers and in the
nearest cache. How large should the square be? That depends on the machine, so we write a schedule
with the size as a parameter, and measure.
"""

import matplotlib.pyplot as plt
import numpy as np
import tvm
from tvm import s_tir
from tvm.script import tirx as T

# %%
# The kernel knows nothing about tiles. It is the one from
# :ref:`sphx_glr_gallery_deep_dive_tensor_ir_write_a_kernel.py`, for larger matrices.

N = 640


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
# A schedule with a parameter
# ---------------------------
#
# The schedule has five steps:
#
# 1. ``split`` cuts the loops over rows and columns into an outer loop over tiles and an inner loop
#    over the elements of a tile. ``None`` stands for the factor that TVM is to work out.
# 2. ``reorder`` puts ``k`` between the two: for each tile, go through all of ``k``, and for each
#    ``k`` update the whole tile.
# 3. ``cache_write`` adds a buffer for the sums, and ``reverse_compute_at`` copies it to ``C`` when
#    a tile is complete. The buffer needs to be only as large as one tile, so TVM shrinks it.
# 4. ``vectorize`` turns the innermost loop, up to 16 neighbours in a row, into vector instructions.
# 5. ``decompose_reduction`` moves the setting to zero in front of the ``k`` loop.


def tiled(size: int) -> tvm.IRModule:
    schedule = s_tir.Schedule(matmul)
    block = schedule.get_sblock("C")
    i, j, k = schedule.get_loops(block)

    i_tile, i_inner = schedule.split(i, [None, size])
    j_tile, j_inner = schedule.split(j, [None, size])
    schedule.reorder(i_tile, j_tile, k, i_inner, j_inner)

    copy_back = schedule.cache_write(block, 0, "local")
    schedule.reverse_compute_at(copy_back, j_tile)

    _, lanes = schedule.split(j_inner, [None, min(size, 16)])
    schedule.vectorize(lanes)
    schedule.decompose_reduction(block, k)
    return schedule.mod


# %%
# With tiles of 32 by 32 there are three blocks: one sets a tile to zero, one updates it, and one
# copies it back. (To keep this short, the regions that each block reads and writes are left out.)

lines = tiled(32)["main"].script().splitlines()
print("\n".join(line for line in lines if "T.reads" not in line and "T.writes" not in line))

# %%
# How often does a tile load its data?
# ------------------------------------
#
# For one value of ``k``, a tile of size t reads t numbers of ``A`` and t numbers of ``B``, and does
# t² multiplications with them. That makes 2/t numbers per multiplication: the larger the tile, the
# less is read. But the sums of the tile take 4·t² bytes, and all are touched for every ``k``.

sizes = [2, 4, 8, 16, 32, 64, 128, 320, N]
for size in sizes:
    print(f"tile {size:3}: {2 / size:.4f} reads per multiplication, {4 * size**2 / 1024:7.2f} KiB")

# %%
# The two demands pull in opposite directions. The last size, a single tile, is no tiling at all.
#
# Measure
# -------
#
# As a precaution against the noise of a busy machine, we go through all sizes twice and keep the
# best time of each.

target = tvm.target.Target.from_device("cpu")
device = tvm.cpu()

rng = np.random.default_rng(seed=0)
a_np = rng.random((N, N), dtype="float32")
b_np = rng.random((N, N), dtype="float32")
expected = a_np @ b_np

a = tvm.runtime.tensor(a_np)
b = tvm.runtime.tensor(b_np)
c = tvm.runtime.empty((N, N), "float32")

timers = {}
for size in sizes:
    executable = tvm.compile(tiled(size), target=target)
    executable["matmul"](a, b, c)
    np.testing.assert_allclose(c.numpy(), expected, rtol=1e-4)
    timers[size] = executable.mod.time_evaluator("matmul", device, number=1, repeat=3)

milliseconds = dict.fromkeys(sizes, float("inf"))
for _ in range(2):
    for size in sizes:
        seconds = min(timers[size](a, b, c).results)
        milliseconds[size] = min(milliseconds[size], 1e3 * seconds)

best = min(milliseconds, key=milliseconds.get)
speedup = milliseconds[2] / milliseconds[best]
print(f"best tile: {best} by {best}, {speedup:.1f} times as fast as 2 by 2")

# %%
# Draw the result
# ---------------

fig, ax = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
times = [milliseconds[size] for size in sizes]
ax.plot(range(len(sizes)), times, "o-", color="#00798c", linewidth=2.5, markersize=8)
ax.plot(sizes.index(best), milliseconds[best], "o", color="#d1495b", markersize=13)
label = f"best: {best} by {best}, {milliseconds[best]:.0f} ms"
ax.text(0.55, 0.6, label, ha="center", fontsize=13, color="#d1495b", transform=ax.transAxes)
ax.set_xticks(range(len(sizes)), [str(size) for size in sizes[:-1]] + [f"{N}\n(no tiles)"])
ax.set_ylim(0, max(times) * 1.08)
ax.set_xlabel("tile size", fontsize=12)
ax.set_ylabel("time in ms (less is better)", fontsize=12)
ax.tick_params(labelsize=12)
ax.set_title(f"Tile size and time, {N} by {N} matrix multiplication", fontsize=13)
ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %%
# Tiles that are too small cost the most: nearly every multiplication has to fetch its numbers
# again, and short rows leave vector registers half empty. In the middle the curve is flat, and the
# exact size hardly matters. Large tiles no longer fit into the nearest cache. What that costs
# depends on the processor: one that fetches data ahead, as most of them do when a loop runs along
# rows, can hide a good part of it. Hence the advice to measure, on the machine you care about.
#
# Where to go next
# ----------------
#
# On a GPU, tiles decide which thread computes what:
# :ref:`sphx_glr_gallery_deep_dive_tensor_ir_gpu_threads.py`. To see how far a kernel is from what
# the machine can do at all, draw a roofline: :ref:`sphx_glr_gallery_how_to_roofline.py`.
