"""
Import a model from PyTorch
===========================

Bring a PyTorch model into TVM with ``torch.export``, compile it, and compare the two.

PyTorch can export a model as a graph of operators. TVM translates this graph into its own, Relax,
and from there it is a module like any other: you can optimize it, compile it for any target, and
run it without PyTorch.

Besides TVM you need PyTorch; the version for the CPU is enough:

.. code-block:: bash

    %%shell
    pip install apache-tvm torch

"""

# %%
# A model in PyTorch
# ------------------
#
# A small network for images of 28 by 28 pixels. ``eval`` matters: it switches layers such as batch
# normalization from training to inference before they are exported.

# sphinx_gallery_requires = ["torch"]
# sphinx_gallery_thumbnail_path = "_static/thumbs/import_pytorch.svg"

import numpy as np
import torch
import tvm
from torch import nn
from tvm import relax
from tvm.relax.frontend import detach_params
from tvm.relax.frontend.torch import from_exported_program

torch.manual_seed(0)


class ImageClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 8, kernel_size=3, padding=1),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.AvgPool2d(2),
        )
        self.head = nn.Linear(8 * 14 * 14, 10)

    def forward(self, image):
        return self.head(self.features(image).flatten(start_dim=1))


model = ImageClassifier().eval()

# %%
# Export it
# ---------
#
# ``torch.export.export`` runs the model once with an example and records what happens. Sizes become
# constants, unless you say otherwise: here the size of the batch is left open.

example = torch.randn(2, 1, 28, 28)
exported = torch.export.export(
    model, (example,), dynamic_shapes={"image": {0: torch.export.Dim("batch")}}
)

# %%
# Import it
# ---------
#
# By default, ``from_exported_program`` puts the weights into the module as constants. With
# ``keep_params_as_input=True`` they become inputs, and the values are attached to the function.
# ``detach_params`` takes them off, so that code and data are separate.
#
# An exported program always returns a tuple. With ``unwrap_unit_return_tuple=True``, a function
# with a single result returns just this result.

mod = from_exported_program(exported, keep_params_as_input=True, unwrap_unit_return_tuple=True)
mod, params = detach_params(mod)

for var, value in zip(mod["main"].params[1:], params["main"], strict=True):
    print(f"{var.name:22} {value.shape}")

# %%
# This is the graph that TVM got. The open size of the batch shows up as a symbol in the shapes. The
# statistics of the batch normalization, which are not weights, are constants: ``metadata[...]``.

print(mod.script())

# %%
# Compile and run it
# ------------------
#
# Tensors can be passed from PyTorch to TVM without a copy, with ``from_dlpack``. As the batch is
# symbolic, one compilation serves every size.

target = tvm.target.Target.from_device("cpu")
vm = relax.VirtualMachine(tvm.compile(mod, target=target), tvm.cpu())

for batch in (1, 2, 7):
    image = torch.randn(batch, 1, 28, 28)
    result = vm["main"](tvm.runtime.from_dlpack(image), *params["main"])
    with torch.no_grad():
        expected = model(image)
    np.testing.assert_allclose(result.numpy(), expected.numpy(), rtol=1e-4, atol=1e-5)
    print(f"batch of {batch}: result {tuple(result.shape)}, same as PyTorch")

# %%
# The result goes back the same way, if the rest of your program uses PyTorch:

scores = torch.from_dlpack(result)
print(type(scores).__name__, "with the classes", scores.argmax(dim=1).tolist())

# %%
# When an operator is missing
# ---------------------------
#
# TVM translates the operators that most models use. For one that it does not know, the import stops
# with the name of the operator. You can then pass your own translation with ``custom_convert_map``:
# a dictionary from this name to a function that builds the Relax expression.
#
# What to read next
# -----------------
#
# * :ref:`sphx_glr_gallery_how_to_save_and_load.py` stores the compiled module and its parameters.
# * :ref:`sphx_glr_gallery_deep_dive_relax_symbolic_shapes.py` explains the symbolic batch size.
# * :ref:`sphx_glr_gallery_get_started_ir_module.py` shows what you can do with the module.
