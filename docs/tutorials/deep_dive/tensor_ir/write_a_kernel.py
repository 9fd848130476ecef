"""
Write a kernel in TensorIR
==========================

Write a matrix multiplication in TVMScript, compile it for your CPU, and check it against NumPy.

TensorIR is the language in which TVM describes a single kernel: buffers, loops, and a computation.
TVMScript is its textual form, and it is also valid Python syntax, so you can write a kernel next
to the rest of your program. By the end of this page you will know what each line of such a kernel
means, which is all you need for the pages about making it faster.
"""

# sphinx_gallery_thumbnail_path = "_static/thumbs/write_a_kernel.svg"

import numpy as np
import tvm
from tvm.script import ir as I
from tvm.script import tirx as T

# %%
# The kernel
# ----------
#
# A kernel is a Python function with the ``T.prim_func`` decorator. TVM reads its source and never
# runs it as Python. We multiply a 128 by 64 matrix with a 64 by 96
# matrix.


@I.ir_module
class MatmulModule:
    @T.prim_func(s_tir=True)
    def matmul(
        A: T.Buffer((128, 64), "float32"),
        B: T.Buffer((64, 96), "float32"),
        C: T.Buffer((128, 96), "float32"),
    ):
        for i, j, k in T.grid(128, 96, 64):
            with T.sblock("C"):
                vi, vj, vk = T.axis.remap("SSR", [i, j, k])
                with T.init():
                    C[vi, vj] = T.float32(0)
                C[vi, vj] += A[vi, vk] * B[vk, vj]


# %%
# From the outside in:
#
# - ``I.ir_module`` makes a module: a set of named functions that are compiled together.
# - Each parameter is a ``T.Buffer`` with a fixed shape and data type. The output ``C`` is a
#   parameter as well: the caller allocates it and the kernel fills it.
# - ``T.grid`` is short for nested loops, here three of them.
# - ``T.sblock`` is a *block*: one unit of computation. ``T.axis.remap`` gives it its own axes
#   and says of what kind they are: ``S`` is *spatial*, every value writes a different element
#   of ``C``; ``R`` is a *reduction*, its values are summed up.
# - ``T.init`` holds what happens once per element, before the first step of the reduction.
# - ``s_tir=True`` marks the function as one that can be scheduled, which means that its loops can
#   be transformed afterwards.
#
# Why does the block need axes of its own? They describe the computation without the loops around
# it. As long as every combination of ``vi``, ``vj`` and ``vk`` is visited, TVM may split, reorder
# or parallelize the loops, and it can check for you that the result stays the same.
#
# What TVM understood
# -------------------
#
# Print the module to see what was parsed. TVM has added the regions that the block reads and
# writes; it worked them out from the body.

print(MatmulModule.script())

# %%
# Compile it
# ----------
#
# A target says which machine to compile for. ``Target.from_device("cpu")`` asks for the processor
# of this computer with all its vector instructions; plain ``"llvm"`` gives code for any machine of
# the same architecture.

target = tvm.target.Target.from_device("cpu")
executable = tvm.compile(MatmulModule, target=target)

# %%
# Run and check it
# ----------------
#
# ``tvm.runtime.tensor`` copies a NumPy array into a TVM tensor, and ``tvm.runtime.empty``
# allocates the output. The functions of the module are looked up by name.

rng = np.random.default_rng(seed=0)
a_np = rng.random((128, 64), dtype="float32")
b_np = rng.random((64, 96), dtype="float32")

a = tvm.runtime.tensor(a_np)
b = tvm.runtime.tensor(b_np)
c = tvm.runtime.empty((128, 96), "float32")

executable["matmul"](a, b, c)

np.testing.assert_allclose(c.numpy(), a_np @ b_np, rtol=1e-5)
print("The result matches NumPy.")

# %%
# On the CPU you can also pass NumPy arrays directly. The kernel then writes into the memory of the
# array, without a copy.

c_np = np.zeros((128, 96), dtype="float32")
executable["matmul"](a_np, b_np, c_np)
np.testing.assert_allclose(c_np, a_np @ b_np, rtol=1e-5)

# %%
# The shapes are part of the kernel's signature, and the compiled function checks them before it
# touches any memory:

try:
    executable["matmul"](a_np[:100], b_np, c_np)
except ValueError as error:
    print(error)

# %%
# One source, many sizes
# ----------------------
#
# Shapes are constants for the compiler, but not for you: a Python function can build the kernel
# for the numbers you need, because TVMScript sees the variables around it.


def make_matmul(n: int, m: int, k: int):
    @T.prim_func(s_tir=True)
    def matmul(
        A: T.Buffer((n, k), "float32"),
        B: T.Buffer((k, m), "float32"),
        C: T.Buffer((n, m), "float32"),
    ):
        for i, j, p in T.grid(n, m, k):
            with T.sblock("C"):
                vi, vj, vp = T.axis.remap("SSR", [i, j, p])
                with T.init():
                    C[vi, vj] = T.float32(0)
                C[vi, vj] += A[vi, vp] * B[vp, vj]

    return matmul


small = tvm.compile(make_matmul(3, 5, 4), target=target)
x, y = rng.random((3, 4), dtype="float32"), rng.random((4, 5), dtype="float32")
z = np.zeros((3, 5), dtype="float32")
small["matmul"](x, y, z)
np.testing.assert_allclose(z, x @ y, rtol=1e-5)
print(z.round(2))

# %%
# Where to go next
# ----------------
#
# The kernel is correct, but three plain loops are slow. In
# :ref:`sphx_glr_gallery_deep_dive_tensor_ir_loop_order.py` you change nothing but the order of the
# loops and measure the difference, and
# :ref:`sphx_glr_gallery_deep_dive_tensor_ir_tiling.py` cuts them into tiles.
