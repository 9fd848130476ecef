"""
Dataflow blocks, purity and normal form
=======================================

Learn the three rules that give a Relax program its shape, and what the compiler gains by them.

A Relax function looks like ordinary Python, but the compiler can rely on more than Python
promises: every intermediate result has a name, side effects are declared, and regions without
them are marked as *dataflow blocks*. Many optimizations look only inside such blocks. If one of
them does not happen in your model, this page helps you to see why.
"""

# sphinx_gallery_thumbnail_path = "_static/thumbs/dataflow.svg"

import numpy as np
import tvm
from tvm import relax
from tvm.script import ir as I
from tvm.script import relax as R

# %%
# Normal form: one operation, one name
# ------------------------------------
#
# Here is a function with a nested expression. Print it, and the nesting is gone.


@R.function
def nested(x: R.Tensor((4, 8), "float32"), w: R.Tensor((8, 3), "float32")):
    return R.nn.relu(R.matmul(x, w))


print(nested.script())

# %%
# Each operation now has a line and a name of its own, and every name has a type with a shape. This
# is the *normal form*, and every pass may rely on it: it never has to search for an operation that
# hides inside the arguments of another. The parser and the ``BlockBuilder`` produce it. If you put
# expressions together by hand, the ``Normalize`` pass brings them into this form:

x = relax.Var("x", relax.TensorType((4, 8), "float32"))
by_hand = relax.Function([x], relax.op.nn.relu(relax.op.add(x, x)), x.ty)
module = tvm.IRModule({"main": by_hand})
print("well-formed by hand:   ", relax.analysis.check_well_formed(module))

module = relax.transform.Normalize()(module)
print("well-formed, normalized:", relax.analysis.check_well_formed(module))

# %%
# Purity: side effects are declared
# ---------------------------------
#
# An operation is *pure* if all it does is to compute its result. Printing is not pure, nor is
# calling a foreign function that may do anything. Relax functions count as pure unless they say
# ``pure=False``, and TVM checks that they keep the promise. ``check_well_formed=False`` lets us
# write down a function that breaks it:


@I.ir_module(check_well_formed=False)
class NotPure:
    @R.function
    def main(x: R.Tensor((4,), "float32")):
        _ = R.print(x, format="x = {}")
        return R.exp(x)


print("well-formed:         ", relax.analysis.check_well_formed(NotPure))
print("declared as pure:    ", NotPure["main"].is_pure)
print("has an impure call:  ", relax.analysis.contains_impure_call(NotPure["main"]))

# %%
# Dataflow blocks: regions to rearrange
# -------------------------------------
#
# A dataflow block is a region in which everything is pure and runs straight through, without
# branches. Inside, the order of the lines says nothing; only the flow of the data counts.
# ``R.output`` lists the values that are visible outside, and all the others are local.


@I.ir_module
class WithDataflow:
    @R.function
    def main(x: R.Tensor((4, 8), "float32"), w: R.Tensor((8, 3), "float32")):
        with R.dataflow():
            h = R.matmul(x, w)
            y = R.nn.relu(h)
            R.output(y)
        return y


# %%
# ``ToNonDataflow`` takes the block away again and leaves the operations as they are. Now give both
# versions to the ``zero`` pipeline, which turns operators into kernels and fuses neighbours into
# one, and look at the kernels:

without_dataflow = relax.transform.ToNonDataflow()(WithDataflow)


def kernels(module: tvm.IRModule) -> list[str]:
    optimized = relax.get_pipeline("zero")(module)
    return sorted(v.name_hint for v in optimized.get_global_vars() if v.name_hint != "main")


print("with a dataflow block:   ", kernels(WithDataflow))
print("without a dataflow block:", kernels(without_dataflow))

# %%
# As ``h`` is local to its block, nobody else can see it, and the fused kernel need not hand it out.
# Without the block the compiler does not even look: fusion works on dataflow blocks only.
#
# Let TVM find the blocks
# -----------------------
#
# You need not write the blocks yourself. ``ConvertToDataflow`` finds every stretch of pure
# operations. In this function, the print stands in the middle:


@I.ir_module
class Mixed:
    @R.function(pure=False)
    def main(x: R.Tensor((4,), "float32")):
        a = R.exp(x)
        b = R.add(a, a)
        _ = R.print(b, format="b = {}")
        c = R.multiply(b, b)
        return R.negative(c)


print(relax.transform.ConvertToDataflow()(Mixed).script())

# %%
# There are two blocks, one on either side. The print keeps its place between them, because a
# side effect has to happen when the program says so. For the function from above, the pass makes up
# for the missing block:

fixed = relax.transform.ConvertToDataflow()(without_dataflow)
print(kernels(fixed))

# %%
# The result is the same
# ----------------------
#
# All of this is about how the program is compiled, not about what it computes:

rng = np.random.default_rng(seed=0)
x_np = rng.standard_normal((4, 8)).astype("float32")
w_np = rng.standard_normal((8, 3)).astype("float32")
expected = np.maximum(x_np @ w_np, 0)

for variant in (WithDataflow, without_dataflow, fixed):
    machine = relax.VirtualMachine(tvm.compile(variant, target="llvm"), tvm.cpu())
    result = machine["main"](tvm.runtime.tensor(x_np), tvm.runtime.tensor(w_np))
    np.testing.assert_allclose(result.numpy(), expected, rtol=1e-5, atol=1e-6)
print("All three variants match NumPy.")

# %%
# Where to go next
# ----------------
#
# Normal form makes it easy to write passes of your own, as
# :ref:`sphx_glr_gallery_deep_dive_relax_passes.py` shows. And the shapes in the types need not be
# numbers: see :ref:`sphx_glr_gallery_deep_dive_relax_symbolic_shapes.py`.
