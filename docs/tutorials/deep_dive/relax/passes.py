"""
Write a pass and run a pipeline
===============================

Inspect a Relax program with a visitor, rewrite it with a mutator, and run your pass in a pipeline.

A *pass* takes a module and returns a new one. TVM optimizes and lowers a model with a long chain
of them, and you can add your own: to count something, to replace a group of operators by a better
one, or to adapt a model to special hardware. Here we write both kinds, one that looks and one that
rewrites, and watch the program shrink on its way through a pipeline.
"""

from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
import tvm
from tvm import relax
from tvm.relax.expr_functor import PyExprMutator, PyExprVisitor, mutator, visitor
from tvm.script import ir as I
from tvm.script import relax as R

# %%
# A program that could be better
# ------------------------------
#
# This network is wasteful in three ways: it spells out the activation ``silu(x)`` as
# ``x * sigmoid(x)``, multiplies the same two matrices twice, and has a result that nobody uses.


@I.ir_module
class Network:
    @R.function
    def main(
        x: R.Tensor((16, 64), "float32"),
        w1: R.Tensor((64, 64), "float32"),
        w2: R.Tensor((64, 64), "float32"),
    ):
        with R.dataflow():
            h1 = R.matmul(x, w1)
            s1 = R.sigmoid(h1)
            a1 = R.multiply(h1, s1)
            h2 = R.matmul(a1, w2)
            again = R.matmul(x, w1)
            total = R.add(h2, again)
            _unused = R.exp(total)
            y = R.nn.softmax(total)
            R.output(y)
        return y


# %%
# A visitor that looks
# --------------------
#
# A visitor walks over the program and calls a method for each kind of node. We override the method
# for calls. A call can name an operator, like ``relax.matmul``, or it can run a kernel, either with
# ``relax.call_tir`` or as a function of the module.


@visitor
class CallCounter(PyExprVisitor):
    def __init__(self):
        super().__init__()
        self.count = Counter()

    def visit_call_(self, call: relax.Call) -> None:
        super().visit_call_(call)
        is_operator = isinstance(call.op, tvm.ir.Op) and call.op.name != "relax.call_tir"
        self.count["operators" if is_operator else "kernels"] += 1


def count_calls(module: tvm.IRModule) -> Counter:
    counter = CallCounter()
    counter.visit_expr(module["main"])
    return counter.count


print(count_calls(Network))

# %%
# A mutator that rewrites
# -----------------------
#
# A mutator walks in the same way, but what its methods return takes the place of the node. Ours
# waits for ``multiply(a, b)`` and asks with ``lookup_binding`` how ``b`` was computed. If it is
# the sigmoid of ``a``, we return ``silu(a)`` instead. The decorator ``function_pass`` makes a pass
# of it that TVM runs on each Relax function.


@mutator
class SiluRewriter(PyExprMutator):
    def visit_call_(self, call: relax.Call) -> relax.Expr:
        call = super().visit_call_(call)
        if call.op == tvm.ir.Op.get("relax.multiply"):
            left, right = call.args
            factor = self.lookup_binding(right) if isinstance(right, relax.Var) else None
            if (
                isinstance(factor, relax.Call)
                and factor.op == tvm.ir.Op.get("relax.sigmoid")
                and factor.args[0].same_as(left)
            ):
                return relax.op.nn.silu(left)
        return call


@relax.transform.function_pass(opt_level=0, name="UseSilu")
class UseSilu:
    def transform_function(self, func, module, _context):
        return SiluRewriter(module).visit_expr(func)


print(UseSilu()(Network)["main"].script())

# %%
# The product became a ``silu``. The sigmoid is still there, although nothing needs it any more: a
# pass may leave such remains behind, since another one cleans up. (To keep the example short, only
# ``x * sigmoid(x)`` is recognized, and not ``sigmoid(x) * x``.)
#
# A pipeline
# ----------
#
# We put our pass in front of some that come with TVM:
#
# - ``DeadCodeElimination`` removes what nobody uses,
# - ``EliminateCommonSubexpr`` computes equal expressions only once,
# - ``LegalizeOps`` replaces each operator by a kernel,
# - ``AnnotateTIROpPattern`` notes which kind of kernel it is, for example elementwise,
# - ``FuseOps`` groups kernels that fit together, and ``FuseTIR`` makes one kernel of each group.
#
# ``tvm.transform.Sequential(steps)`` makes one pass of them. Here we run them one by one, to count
# the calls in ``main`` after each.

steps = [
    UseSilu(),
    relax.transform.DeadCodeElimination(),
    relax.transform.EliminateCommonSubexpr(),
    relax.transform.LegalizeOps(),
    relax.transform.AnnotateTIROpPattern(),
    relax.transform.FuseOps(),
    relax.transform.FuseTIR(),
]

module = Network
history = [("(start)", count_calls(module))]
for step in steps:
    module = step(module)
    history.append((step.info.name, count_calls(module)))

# %%
# From top to bottom, the program gets smaller:

names, counts = zip(*history, strict=True)
operators = [count["operators"] for count in counts]
kernels = [count["kernels"] for count in counts]

fig, ax = plt.subplots(figsize=(6.4, 4.4), layout="constrained")
ax.barh(names, operators, color="#edae49", label="operators")
bars = ax.barh(names, kernels, left=operators, color="#00798c", label="kernels")
ax.bar_label(bars, labels=[str(count.total()) for count in counts], padding=4, fontsize=12)
ax.invert_yaxis()
ax.set_xlim(0, max(operators) * 1.12)
ax.set_xlabel("calls in main", fontsize=12)
ax.tick_params(labelsize=11)
ax.set_title("What is left after each pass", fontsize=13)
ax.legend(loc="lower right", fontsize=12, frameon=False)
ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %%
# These are the kernels at the end, and their names tell what was fused. The first ``matmul`` stayed
# alone: since its duplicate is gone, two kernels need its result.

print(sorted(v.name_hint for v in module.get_global_vars() if v.name_hint != "main"))

# %%
# Still the same program?
# -----------------------
#
# The check that no pass can do without: compile the result and compare it with NumPy.

rng = np.random.default_rng(seed=0)
x = rng.standard_normal((16, 64)).astype("float32")
w1, w2 = (0.1 * rng.standard_normal((2, 64, 64))).astype("float32")

h1 = x @ w1
total = (h1 / (1 + np.exp(-h1))) @ w2 + h1
expected = np.exp(total) / np.exp(total).sum(axis=1, keepdims=True)

machine = relax.VirtualMachine(tvm.compile(module, target="llvm"), tvm.cpu())
result = machine["main"](*[tvm.runtime.tensor(value) for value in (x, w1, w2)])
np.testing.assert_allclose(result.numpy(), expected, rtol=1e-4, atol=1e-6)
print("matches NumPy")

# %%
# Where to go next
# ----------------
#
# Fusion needed the dataflow block in ``main``;
# :ref:`sphx_glr_gallery_deep_dive_relax_dataflow.py` explains why. Passes also work when a shape
# is not known yet: :ref:`sphx_glr_gallery_deep_dive_relax_symbolic_shapes.py`.
