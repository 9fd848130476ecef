"""
Run loops as GPU threads
========================

Turn the loops of a matrix multiplication into the blocks and threads of a GPU, and run it there.

A GPU runs thousands of threads at the same time. They are organized in two levels: a *grid* of
thread blocks, and within each block up to about a thousand threads. A TensorIR kernel says
nothing of this; it has plain loops. On this page you ``bind`` those loops to the two levels, look
at the CUDA code that comes out, and run it.

The last part needs an NVIDIA GPU. The scheduling and the code generation work on any machine.
"""

# sphinx_gallery_requires = ["cuda"]
# sphinx_gallery_thumbnail_path = "_static/thumbs/gpu_threads.svg"

import numpy as np
import tvm
from tvm import s_tir
from tvm.script import tirx as T

# %%
# What you need
# -------------
#
# TVM generates CUDA source code and lets NVIDIA's runtime compiler, NVRTC, translate it. The
# ``cuda`` extra of TVM installs the Python bindings for it; NVRTC itself, and the header
# files that it needs, are a part of the CUDA toolkit.
#
# .. code-block:: bash
#
#     %%shell
#     pip install "apache-tvm[cuda]"
#
# The kernel
# ----------
#
# It is the same as for a CPU, see :ref:`sphx_glr_gallery_deep_dive_tensor_ir_write_a_kernel.py`.

N = 1024


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
# Bind the loops
# --------------
#
# Every element of ``C`` is independent of the others, so the loops over rows and columns may all
# run at once. Each is split: the outer part becomes the index of a thread block, the inner part
# the index of a thread inside the block. With a factor of 16 in both directions, a block has
# 16 · 16 = 256 threads, and each thread computes one element of the result.
#
# The loop over ``k`` stays a loop, for its steps add to the same element. ``cache_write`` keeps
# the running sum in a register of the thread; only the finished sum goes to ``C``. And
# ``decompose_reduction`` sets the sum to zero before the loop begins.


def bound(threads: int) -> tvm.IRModule:
    schedule = s_tir.Schedule(matmul)
    block = schedule.get_sblock("C")
    i, j, k = schedule.get_loops(block)

    block_y, thread_y = schedule.split(i, [None, threads])
    block_x, thread_x = schedule.split(j, [None, threads])
    schedule.reorder(block_y, block_x, thread_y, thread_x, k)

    schedule.bind(block_y, "blockIdx.y")
    schedule.bind(block_x, "blockIdx.x")
    schedule.bind(thread_y, "threadIdx.y")
    schedule.bind(thread_x, "threadIdx.x")

    write_back = schedule.cache_write(block, 0, "local")
    schedule.reverse_compute_at(write_back, thread_x)
    schedule.decompose_reduction(block, k)
    return schedule.mod


module = bound(16)
print(module.script())

# %%
# The four ``T.thread_binding`` loops are no longer loops in the usual sense. They declare a launch
# of 64 by 64 blocks with 16 by 16 threads each, and every thread runs the body for its own indices.
#
# It matters which loop becomes ``threadIdx.x``. Threads with neighbouring values of it run in
# lockstep, in groups of 32 called *warps*. Here they work on neighbouring columns, so together
# they read one piece of a row of ``B`` in a single memory access. Bound the other way round, each
# of them would reach for another row.
#
# The generated code
# ------------------
#
# ``Target.from_device("cuda")`` asks the GPU in this machine what it is. The executable has two
# parts: code for the host, which checks the arguments and launches the kernel, and the GPU code
# as an import of it. This is the source of the kernel:

device = tvm.cuda(0)
target = tvm.target.Target.from_device(device)

executable = tvm.compile(module, target=target)
source = executable.mod.imports[0].inspect_source()
print(source[source.rindex('extern "C" __global__') :].strip())

# %%
# The bound loops are gone: ``blockIdx`` and ``threadIdx`` have taken the places of their
# variables. If you forget to bind the loops, no kernel appears here at all, and ``imports`` is
# empty.
#
# Run it
# ------
#
# The tensors have to be in the memory of the GPU, so ``tvm.runtime.tensor`` and
# ``tvm.runtime.empty`` get the device. ``numpy()`` waits for the kernel and copies the result back.

rng = np.random.default_rng(seed=0)
a_np = rng.random((N, N), dtype="float32")
b_np = rng.random((N, N), dtype="float32")

a = tvm.runtime.tensor(a_np, device)
b = tvm.runtime.tensor(b_np, device)
c = tvm.runtime.empty((N, N), "float32", device)

executable["matmul"](a, b, c)
np.testing.assert_allclose(c.numpy(), a_np @ b_np, rtol=1e-4)

# %%
# Does the number of threads matter? ``time_evaluator`` measures on the device, and waits for it
# where needed. Blocks of 4 by 4 leave half of each warp without work.

for threads in (4, 8, 16, 32):
    executable = tvm.compile(bound(threads), target=target)
    executable["matmul"](a, b, c)
    np.testing.assert_allclose(c.numpy(), a_np @ b_np, rtol=1e-4)

    timer = executable.mod.time_evaluator("matmul", device, number=5, repeat=3)
    seconds = min(timer(a, b, c).results)
    print(f"{threads:2} by {threads:<2} threads: {2 * N**3 / seconds / 1e9:8.1f} GFLOP/s")

# %%
# Where to go next
# ----------------
#
# This kernel still reads every number from global memory many times. The usual remedy is to let
# the threads of a block share tiles, an idea that
# :ref:`sphx_glr_gallery_deep_dive_tensor_ir_tiling.py` explains on the CPU. You rarely have to
# write such schedules for a whole model:
# :ref:`sphx_glr_gallery_how_to_deploy_cuda.py` shows how TVM does it for you.
