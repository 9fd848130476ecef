"""
Symbolic shapes: compile once, run any batch size
=================================================

Compile a network whose batch size is a symbol, and run the same code for one sample or a hundred.

The number of samples, or the length of a text, is often not known before the model runs. Relax
lets you put a *symbol* in place of such a number. The compiler calculates with it, so that every
shape is still exact; it just contains a letter. On this page you compile a classifier once, feed
it batches of several sizes, and see what TVM knows and checks about the shapes.
"""

# sphinx_gallery_thumbnail_path = "_static/thumbs/symbolic_shapes.svg"

import numpy as np
import tvm
from tvm import relax
from tvm.relax.frontend import nn
from tvm.script import ir as I
from tvm.script import relax as R

# %%
# A network with a free batch size
# --------------------------------
#
# In the ``nn`` frontend, you make a dimension symbolic by giving it a name where a number would
# go: here the input is ``"batch"`` by 16.


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(16, 32)
        self.output = nn.Linear(32, 4)

    def forward(self, x: nn.Tensor) -> nn.Tensor:
        return nn.op.softmax(self.output(nn.op.relu(self.hidden(x))))


module, parameters = Classifier().export_tvm(
    {"forward": {"x": nn.spec.Tensor(("batch", 16), "float32")}}
)

# %%
# From there, TVM derived the shape of every intermediate result. Each binding carries its type:

function = module["forward"]
for block in function.body.blocks:
    for binding in block.bindings:
        print(f"{binding.var.name:14}", binding.var.ty.shape)
print(f"{'(returned)':14}", function.ret_ty.shape)

# %%
# Compile once
# ------------
#
# Nothing here is special to symbols. When a generated kernel runs, it reads the batch size from the
# shapes of the tensors that it is given.

executable = tvm.compile(module, target="llvm")
machine = relax.VirtualMachine(executable, tvm.cpu())

rng = np.random.default_rng(seed=0)
weights = {
    name: (0.3 * rng.standard_normal([int(size) for size in parameter.shape])).astype("float32")
    for name, parameter in parameters
}
tensors = [tvm.runtime.tensor(weight) for weight in weights.values()]

# %%
# Run it for many sizes
# ---------------------
#
# The same executable serves them all. NumPy does the calculation once more to check every result.


def reference(x: np.ndarray) -> np.ndarray:
    h = np.maximum(x @ weights["hidden.weight"].T + weights["hidden.bias"], 0)
    z = h @ weights["output.weight"].T + weights["output.bias"]
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


for batch in (1, 3, 32, 100):
    x = rng.standard_normal((batch, 16)).astype("float32")
    probabilities = machine["forward"](tvm.runtime.tensor(x), *tensors).numpy()
    np.testing.assert_allclose(probabilities, reference(x), rtol=1e-4, atol=1e-6)
    print(f"batch {batch:3}: result of shape {probabilities.shape}")

# %%
# The compiler calculates with symbols
# ------------------------------------
#
# Symbols can be combined. In TVMScript, names in quotes make them part of a shape. This function
# joins two batches of different sizes and flattens the result:


@I.ir_module
class Join:
    @R.function
    def main(a: R.Tensor(("n", 8), "float32"), b: R.Tensor(("m", 8), "float32")):
        with R.dataflow():
            joined = R.concat([a, b], axis=0)
            flat = R.flatten(joined)
            R.output(flat)
        return flat


print("symbols:", [v.name for v in relax.analysis.defined_symbolic_vars(Join["main"])])
print("result: ", Join["main"].ret_ty.shape)

# %%
# The result is not just "of unknown length": TVM knows the length as a formula. That allows it to
# plan memory, to see that two shapes are equal, and to fuse kernels, all before any size is known.
#
# Shapes are checked when you call
# --------------------------------
#
# A symbol has one value per call. Below, ``x`` and ``y`` both have ``n`` rows, and this is a part
# of the signature. So a call with 3 and 4 rows is refused:


@I.ir_module
class Add:
    @R.function
    def main(x: R.Tensor(("n", 8), "float32"), y: R.Tensor(("n", 8), "float32")):
        with R.dataflow():
            z = R.add(x, y)
            R.output(z)
        return z


add = relax.VirtualMachine(tvm.compile(Add, target="llvm"), tvm.cpu())["main"]
three = tvm.runtime.tensor(np.ones((3, 8), "float32"))
four = tvm.runtime.tensor(np.ones((4, 8), "float32"))

np.testing.assert_allclose(add(three, three).numpy(), 2)
try:
    add(three, four)
except RuntimeError as error:
    print(str(error).partition(" : ErrorContext")[0])

# %%
# Fix a symbol again
# ------------------
#
# A kernel for exactly one size can be faster, since the compiler knows how often each loop runs. If
# one size is much more common than the others, bind the symbol to it and compile that version too.

fixed = relax.transform.BindSymbolicVars({"batch": 32})(module)
print(fixed["forward"].ret_ty.shape)

specialized = relax.VirtualMachine(tvm.compile(fixed, target="llvm"), tvm.cpu())
x = rng.standard_normal((32, 16)).astype("float32")
probabilities = specialized["forward"](tvm.runtime.tensor(x), *tensors).numpy()
np.testing.assert_allclose(probabilities, reference(x), rtol=1e-4, atol=1e-6)

# %%
# Where to go next
# ----------------
#
# :ref:`sphx_glr_gallery_deep_dive_relax_dataflow.py` explains the blocks in the functions above,
# and :ref:`sphx_glr_gallery_deep_dive_relax_passes.py` shows how to write a transformation like
# ``BindSymbolicVars`` yourself. To ship what you have compiled, see
# :ref:`sphx_glr_gallery_how_to_save_and_load.py`.
