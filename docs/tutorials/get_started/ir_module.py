"""
What an IRModule is
===================

Everything that TVM compiles is an ``IRModule``: learn to read one, look inside, and transform it.

Frontends produce an ``IRModule``, optimizations turn one into another, and ``tvm.compile`` turns
the last one into machine code. When you can read it at each of these moments, the compiler is no
longer a black box.
"""

# %%
# Write one by hand
# -----------------
#
# An ``IRModule`` is a collection of functions, and these come in two kinds. A *Relax function*
# describes a whole model, as a graph of operators on tensors. A *TensorIR function* (``prim_func``)
# describes one kernel, as loops over the elements of buffers. Both are written in TVMScript, a
# dialect of Python that TVM parses instead of executing it.

# sphinx_gallery_thumbnail_path = "_static/thumbs/ir_module.svg"

import numpy as np
import tvm
from tvm import relax
from tvm.script import ir as I
from tvm.script import relax as R
from tvm.script import tirx as T
from tvm_ffi import structural_equal


@I.ir_module(s_tir=True)
class Model:
    @T.prim_func(private=True, s_tir=True)
    def double(X: T.Buffer((4, 8), "float32"), Y: T.Buffer((4, 8), "float32")):
        for i, j in T.grid(4, 8):
            with T.sblock("double"):
                vi, vj = T.axis.remap("SS", [i, j])
                Y[vi, vj] = X[vi, vj] * T.float32(2)

    @R.function
    def main(
        x: R.Tensor((4, 8), "float32"),
        w: R.Tensor((8, 3), "float32"),
    ) -> R.Tensor((4, 3), "float32"):
        cls = Model
        with R.dataflow():
            doubled = R.call_tir(cls.double, (x,), out_ty=R.Tensor((4, 8), "float32"))
            product = R.matmul(doubled, w)
            result = R.nn.relu(product)
            R.output(result)
        return result


# %%
# ``main`` is the model: it calls our own kernel with ``R.call_tir``, then two operators that TVM
# knows. The decorator has replaced the class by the parsed module.

print(type(Model))

# %%
# Look inside
# -----------
#
# A module behaves like a dictionary. Its keys are *global variables*, which are the names that
# functions use to call one another.

for global_var, function in Model.functions_items():
    print(f"{global_var.name_hint:8} {type(function).__module__}.{type(function).__name__}")

# %%
# Functions are data structures too, and every part of them can be inspected. A Relax function has
# parameters, a return type, and a body made of bindings: one per line of its script.

main = Model["main"]
print("parameters:", [f"{p.name}: {p.ty}" for p in main.params])
for binding in main.body.blocks[0].bindings:
    print(f"{binding.var.name:8} = call to {binding.value.op.name}")

# %%
# Transform it
# ------------
#
# A *pass* is a function from one module to another. ``LegalizeOps`` replaces every operator by a
# call to a kernel that computes it, so that TVM has loops to generate code from.

legalized = relax.transform.LegalizeOps()(Model)

print("before:", [gv.name_hint for gv, _ in Model.functions_items()])
print("after: ", [gv.name_hint for gv, _ in legalized.functions_items()])

# %%
# The pass has left ``Model`` as it was and has returned a new module. In this one, ``main``
# consists of ``R.call_tir`` only.

print(legalized["main"].script())

# %%
# ``relu`` is now a kernel, with the same structure as the one that we wrote ourselves. (A function
# prints under its name as part of a module, so we put it into one.)

print(tvm.IRModule({"relu": legalized["relu"]}).script())

# %%
# Passes compose. ``tvm.transform.Sequential`` runs several in order; these three find out what each
# kernel does, group the ones that can be computed together, and merge each group into one kernel.

fuse = tvm.transform.Sequential(
    [
        relax.transform.AnnotateTIROpPattern(),
        relax.transform.FuseOps(),
        relax.transform.FuseTIR(),
    ]
)
fused = fuse(legalized)
print("fused:", [gv.name_hint for gv, _ in fused.functions_items()])

# %%
# Compare modules
# ---------------
#
# TVMScript is not just for reading: print a module, parse the text, and you have the same module
# again. ``structural_equal`` compares two modules by what they contain.

parsed = tvm.script.from_source(fused.script())
print("parsed == fused:", structural_equal(parsed, fused))
print("fused == Model: ", structural_equal(fused, Model))

# %%
# Whatever the transformations, the meaning must stay the same. So we compile the three modules and
# compare each with NumPy.

rng = np.random.default_rng(seed=0)
x = rng.standard_normal((4, 8)).astype("float32")
w = rng.standard_normal((8, 3)).astype("float32")
expected = np.maximum(2 * x @ w, 0)

for name, module in [("Model", Model), ("legalized", legalized), ("fused", fused)]:
    vm = relax.VirtualMachine(tvm.compile(module, target="llvm"), tvm.cpu())
    result = vm["main"](tvm.runtime.tensor(x), tvm.runtime.tensor(w))
    np.testing.assert_allclose(result.numpy(), expected, rtol=1e-5, atol=1e-6)
    print(f"{name}: correct")

# %%
# What to read next
# -----------------
#
# * :ref:`sphx_glr_gallery_deep_dive_relax_passes.py` writes a pass of your own.
# * :ref:`sphx_glr_gallery_deep_dive_relax_dataflow.py` explains the ``R.dataflow()`` block.
# * :ref:`sphx_glr_gallery_deep_dive_tensor_ir_write_a_kernel.py` explains the syntax of kernels.
