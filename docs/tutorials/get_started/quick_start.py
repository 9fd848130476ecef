"""
Quick start
===========

Define a small neural network, compile it for your own CPU, run it, and check the numbers.

These are the four steps of every program that uses Apache TVM, whatever the size of the model or
the kind of hardware. The network here is a classifier with two layers: small enough to write the
same thing in NumPy, so that we know that the compiled version is right.

TVM comes as a wheel with everything this tutorial needs:

.. code-block:: bash

    %%shell
    pip install apache-tvm

"""

# %%
# Define the network
# ------------------
#
# ``tvm.relax.frontend.nn`` lets you write a model as a Python class. If you have used PyTorch, it
# looks familiar: layers are created in ``__init__``, and ``forward`` connects them.

# sphinx_gallery_thumbnail_path = "_static/thumbs/quick_start.svg"

import numpy as np
import tvm
from tvm import relax
from tvm.relax.frontend import nn


class Classifier(nn.Module):
    """Two dense layers and a softmax."""

    def __init__(self, inputs: int, hidden: int, classes: int):
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.output = nn.Linear(hidden, classes)

    def forward(self, x: nn.Tensor) -> nn.Tensor:
        h = nn.op.relu(self.hidden(x))
        return nn.op.softmax(self.output(h), axis=-1)


# %%
# There is one difference to PyTorch: calling ``forward`` does not compute anything. TVM is a
# compiler, so it first wants to see the whole program. ``export_tvm`` traces ``forward`` once, with
# an input of which only the shape and the type are known, and returns two things: the program, and
# the list of the parameters that it expects.

BATCH, INPUTS, HIDDEN, CLASSES = 4, 784, 128, 10

model = Classifier(INPUTS, HIDDEN, CLASSES)
mod, param_spec = model.export_tvm(
    spec={"forward": {"x": nn.spec.Tensor((BATCH, INPUTS), "float32")}}
)
for name, param in param_spec:
    print(f"{name:15} {param.shape} {param.dtype}")

# %%
# The program is an ``IRModule``. It prints as Python code, so you can read what was traced: each
# line is one operator, with the shape and type of its result.

print(mod.script())

# %%
# Compile it
# ----------
#
# A *target* says which hardware to generate code for. ``Target("llvm")`` would mean any CPU of this
# family. ``Target.from_device("cpu")`` asks for the one in this machine, with all its vector
# instructions, which usually makes a large difference.

target = tvm.target.Target.from_device("cpu")
executable = tvm.compile(mod, target=target)
print(type(executable).__name__)

# %%
# The executable holds machine code for the operators, and bytecode that says in which order to
# call them. A ``VirtualMachine`` loads it onto a device and runs it.

device = tvm.cpu()
vm = relax.VirtualMachine(executable, device)

# %%
# Run it
# ------
#
# The parameters are ordinary inputs that follow the data. We fill them with random numbers here; in
# your application they come from training.

rng = np.random.default_rng(seed=0)
weights = [0.05 * rng.standard_normal(param.shape).astype("float32") for _, param in param_spec]
x = rng.standard_normal((BATCH, INPUTS)).astype("float32")

# %%
# ``tvm.runtime.tensor`` copies a NumPy array into a tensor on the device, and ``.numpy()`` copies
# one back. The function has the name that we gave it in ``spec``.

result = vm["forward"](
    tvm.runtime.tensor(x, device),
    *[tvm.runtime.tensor(w, device) for w in weights],
)
print("shape:", result.shape, " type:", result.dtype)
print("most likely classes:", result.numpy().argmax(axis=-1))

# %%
# Check the numbers
# -----------------
#
# Finally the same network in NumPy. ``nn.Linear`` stores its weight as ``(outputs, inputs)``, hence
# the transpositions.

w1, b1, w2, b2 = weights
hidden = np.maximum(x @ w1.T + b1, 0)
logits = hidden @ w2.T + b2
exp = np.exp(logits - logits.max(axis=-1, keepdims=True))
expected = exp / exp.sum(axis=-1, keepdims=True)

np.testing.assert_allclose(result.numpy(), expected, rtol=1e-4, atol=1e-6)
print("TVM and NumPy agree.")

# %%
# What to read next
# -----------------
#
# * :ref:`sphx_glr_gallery_get_started_ir_module.py` looks inside the program that you printed.
# * :ref:`sphx_glr_gallery_get_started_measure_performance.py` shows how to time it.
# * :ref:`sphx_glr_gallery_how_to_import_pytorch.py` starts from a model that already exists.
# * :ref:`sphx_glr_gallery_how_to_save_and_load.py` writes the executable to a file.
