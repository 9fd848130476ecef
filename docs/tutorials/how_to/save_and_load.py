"""
Save and load a compiled module
===============================

Write a compiled model to a shared library, load it in another process, and get the same numbers.

Compiling takes time and needs the compiler; running needs neither the model's source nor the
passes that optimized it. So you compile once, ship a file, and load it wherever the model runs.
"""

# %%
# Compile a model
# ---------------
#
# A small network, like in :ref:`sphx_glr_gallery_get_started_quick_start.py`. Every file of this
# tutorial goes to a temporary folder.

# sphinx_gallery_thumbnail_path = "_static/thumbs/save_and_load.svg"

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import tvm
from tvm import relax
from tvm.relax.frontend import nn

folder = tempfile.TemporaryDirectory()


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(64, 32)
        self.second = nn.Linear(32, 8)

    def forward(self, x: nn.Tensor) -> nn.Tensor:
        return self.second(nn.op.relu(self.first(x)))


mod, param_spec = Network().export_tvm(spec={"forward": {"x": nn.spec.Tensor((2, 64), "float32")}})
executable = tvm.compile(mod, target="llvm")

rng = np.random.default_rng(seed=0)
params = {
    name: tvm.runtime.tensor(rng.standard_normal(param.shape).astype("float32"))
    for name, param in param_spec
}
x = rng.standard_normal((2, 64)).astype("float32")

vm = relax.VirtualMachine(executable, tvm.cpu())
expected = vm["forward"](tvm.runtime.tensor(x), *params.values()).numpy()

# %%
# Save it
# -------
#
# ``export_library`` puts the machine code of all kernels, and the bytecode that calls them, into
# one shared library. It links the file with the C++ compiler of your system (``g++`` or
# ``clang++``), so one must be installed.

library_path = Path(folder.name) / "network.so"
executable.export_library(str(library_path))

# %%
# The parameters are data, not code, and go to a file of their own. This way you can replace them
# after more training, without compiling again.

params_path = Path(folder.name) / "network.params"
tvm.runtime.save_param_dict_to_file(params, str(params_path))

for path in sorted(Path(folder.name).iterdir()):
    print(f"{path.name:15} {path.stat().st_size / 1024:4.0f} KiB")

# %%
# Load it
# -------
#
# ``load_module`` opens the library. The virtual machine takes the result as it took the executable.

loaded = tvm.runtime.load_module(str(library_path))
loaded_params = tvm.runtime.load_param_dict_from_file(str(params_path))

loaded_vm = relax.VirtualMachine(loaded, tvm.cpu())
ordered = [loaded_params[name] for name in params]
result = loaded_vm["forward"](tvm.runtime.tensor(x), *ordered).numpy()

# %%
# It is the same machine code, so the numbers are not just close: they are equal.

np.testing.assert_array_equal(result, expected)
print("equal to the module that we saved:", np.array_equal(result, expected))

# %%
# And they are right:

first = np.maximum(x @ params["first.weight"].numpy().T + params["first.bias"].numpy(), 0)
reference = first @ params["second.weight"].numpy().T + params["second.bias"].numpy()
np.testing.assert_allclose(result, reference, rtol=1e-4, atol=1e-3)

# %%
# In another process
# ------------------
#
# To be sure that nothing is left over from this session, let a new Python process do the same. This
# is the complete program that you would deploy: it knows file names, and nothing of the model.

program = """
import sys
import numpy as np
import tvm
from tvm import relax

folder = sys.argv[1]
params = tvm.runtime.load_param_dict_from_file(f"{folder}/network.params")
vm = relax.VirtualMachine(tvm.runtime.load_module(f"{folder}/network.so"), tvm.cpu())
names = ["first.weight", "first.bias", "second.weight", "second.bias"]
x = np.load(f"{folder}/x.npy")
y = vm["forward"](tvm.runtime.tensor(x), *[params[name] for name in names])
np.save(f"{folder}/y.npy", y.numpy())
"""

program_path = Path(folder.name) / "run.py"
program_path.write_text(program, encoding="utf-8")
np.save(f"{folder.name}/x.npy", x)
subprocess.run([sys.executable, str(program_path), folder.name], check=True)
np.testing.assert_array_equal(np.load(f"{folder.name}/y.npy"), expected)
print("the other process agrees")

# %%
# Three things to keep in mind when the file travels to another machine:
#
# * The machine code is for the target that you compiled for. ``llvm`` alone is a cautious choice:
#   any 64-bit processor of the same family runs it. ``Target.from_device("cpu")`` uses all
#   instructions of *this* processor, and an older one may refuse them.
# * Load with the version of TVM that compiled; the format may change between versions.
# * A shared library is a program. Load only those that you trust.

folder.cleanup()

# %%
# What to read next
# -----------------
#
# * :ref:`sphx_glr_gallery_how_to_deploy_cuda.py` compiles the same kind of model for a GPU.
# * :ref:`sphx_glr_gallery_deep_dive_relax_symbolic_shapes.py` saves one module for all batch sizes.
