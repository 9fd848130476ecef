"""
Run a model on a CUDA GPU
=========================

Compile the same model for the CPU and for an NVIDIA GPU, run both, and compare the results.

Nothing in a model says where it will run: that is decided by the target when you compile, and by
the device when you run. So moving to a GPU changes three lines. This tutorial shows them, and what
TVM does behind them.
"""

# %%
# What you need
# -------------
#
# TVM's wheel can generate code for CUDA as it is. To run that code, you also need:
#
# * an NVIDIA GPU with its driver,
# * the CUDA toolkit, version 13, for its runtime library and its headers. TVM finds it through
#   ``nvcc`` on the ``PATH``, or the environment variable ``CUDA_PATH``,
# * the package ``cuda-bindings``, through which TVM calls NVRTC, the compiler in that toolkit.
#   Alternatively, set ``TVM_CUDA_COMPILE_MODE=nvcc`` and TVM starts ``nvcc`` instead.
#
# The first thing to check is that TVM sees the GPU.

# sphinx_gallery_requires = ["cuda"]
# sphinx_gallery_thumbnail_path = "_static/thumbs/deploy_cuda.svg"

import re

import numpy as np
import tvm
from tvm import relax
from tvm.relax.frontend import nn

gpu, cpu = tvm.cuda(), tvm.cpu()
assert gpu.exist, "TVM finds no CUDA device: check the driver and the CUDA toolkit"
print(gpu.device_name, "with compute capability", gpu.compute_version)

# %%
# A model
# -------
#
# Two dense layers, with random weights and a batch of random inputs.


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(1024, 1024)
        self.second = nn.Linear(1024, 16)

    def forward(self, x: nn.Tensor) -> nn.Tensor:
        return self.second(nn.op.relu(self.first(x)))


BATCH = 64
mod, param_spec = Network().export_tvm(
    spec={"forward": {"x": nn.spec.Tensor((BATCH, 1024), "float32")}}
)

rng = np.random.default_rng(seed=0)
x = rng.standard_normal((BATCH, 1024)).astype("float32")
weights = [0.05 * rng.standard_normal(p.shape).astype("float32") for _, p in param_spec]

# %%
# Compile it twice
# ----------------
#
# ``Target.from_device`` asks the driver for the details of this GPU, such as its architecture and
# its shared memory. To compile for a GPU that is not in this machine, name the architecture:
# ``Target({"kind": "cuda", "arch": "sm_80"})``. That works without any GPU.

gpu_target = tvm.target.Target.from_device(gpu)
cpu_target = tvm.target.Target.from_device(cpu)

executables = {
    gpu: tvm.compile(mod, target=gpu_target),
    cpu: tvm.compile(mod, target=cpu_target),
}

# %%
# A CPU runs a loop as it stands. For a GPU, somebody must decide which iterations go to which
# thread, or there is no kernel at all. For GPU targets, TVM's default pipeline does this with a set
# of rules, called DLight, that recognize common patterns: matrix multiplication, reduction, and so
# on.
#
# The result is CUDA source code. It travels inside the executable, together with the code for the
# host, which launches the kernels. These are the kernels, and the threads in a block of each:

for host_module in executables[gpu].mod.imports:
    for device_module in host_module.imports:
        source = device_module.inspect_source()
        kernels = re.findall(r"__launch_bounds__\((\d+)\) (\w+)\(", source)
        for threads, name in sorted(set(kernels), key=lambda kernel: kernel[1]):
            print(f"{name:32} {threads:>4} threads per block")

# %%
# There are fewer kernels than operators: the pipeline has merged each matrix multiplication with
# the additions and the activation that follow it.
#
# Run it
# ------
#
# A GPU has its own memory. The second argument of ``tvm.runtime.tensor`` says where the data should
# go. Copy the weights once and keep them there; only the input and the result move for each call.


def run(device):
    vm = relax.VirtualMachine(executables[device], device)
    on_device = [tvm.runtime.tensor(array, device) for array in [x, *weights]]
    result = vm["forward"](*on_device)
    timing = vm.time_evaluator("forward", device, number=5, repeat=5)(*on_device)
    return result.numpy(), timing.median


gpu_result, gpu_seconds = run(gpu)
cpu_result, cpu_seconds = run(cpu)

# %%
# Calls to a GPU return before the work is done. ``.numpy()`` waits for it, and so does
# ``time_evaluator``. With a stopwatch of your own, call ``gpu.sync()`` before you stop it.
#
# The two results are close, but not equal: the GPU adds up the products in another order, and
# floating-point addition rounds differently then.

w1, b1, w2, b2 = weights
expected = np.maximum(x @ w1.T + b1, 0) @ w2.T + b2
np.testing.assert_allclose(cpu_result, expected, rtol=1e-3, atol=1e-3)
np.testing.assert_allclose(gpu_result, expected, rtol=1e-3, atol=1e-3)
print(f"CPU, GPU and NumPy agree; the GPU was {cpu_seconds / gpu_seconds:.0f} times as fast.")

# %%
# That number is for kernels that nobody has tuned, on either side, and without the time to copy the
# input. It tells that the GPU does the work, not how good it could be at it.
#
# What to read next
# -----------------
#
# * :ref:`sphx_glr_gallery_deep_dive_tensor_ir_gpu_threads.py` binds loops to threads by hand.
# * :ref:`sphx_glr_gallery_how_to_save_and_load.py` works for a GPU executable just the same.
