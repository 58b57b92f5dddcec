"""Float64 gradients of small versions of the benchmark networks, from PyTorch, in the layout of src/nn.

    python3 tests/train-step/make_gradients.py > tests/train-step/pytorch-gradients.json

Parameters and inputs follow from a formula, which gradients.test.ts repeats; only losses and gradients are stored,
of long arrays every seventh entry.
"""
import json
import math
import os
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "benchmarks", "train-step"))
sys.dont_write_bytecode = True
import pytorch  # noqa: E402

D = 16


def formula(t, name, shape):
    size = math.prod(shape)
    base = 1.0 if name.endswith(".scale") else 0.0
    values = [base + 0.4 * math.sin((j + 1) * (t + 1) * 0.7123) for j in range(size)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def gates(a, order):
    """Blocks of the first axis in another order."""
    return torch.cat([a.chunk(len(order))[i] for i in order])


# Blocks of ours out of PyTorch's, and back: PyTorch's i f g o and r z n, ONNX's i o f c and z r h.
ORDERS = {"lstm": ((0, 3, 1, 2), (0, 2, 3, 1)), "gru": ((1, 0, 2), (1, 0, 2))}


def conv(ours, module):
    return [
        (f"{ours}.weight", module.weight, lambda a: a.reshape(module.weight.shape), lambda g: g),
        (f"{ours}.bias", module.bias, lambda a: a, lambda g: g),
    ]


def dense(ours, module):
    return [
        (f"{ours}.weight", module.weight, lambda a: a.t(), lambda g: g.t()),
        (f"{ours}.bias", module.bias, lambda a: a, lambda g: g),
    ]


def norm(ours, module):
    return [
        (f"{ours}.scale", module.weight, lambda a: a, lambda g: g),
        (f"{ours}.bias", module.bias, lambda a: a, lambda g: g),
    ]


def our_shape(name, tensor):
    shape = list(tensor.shape)
    if name.endswith(".weight") and len(shape) == 2:
        return shape[::-1]
    return shape


# A part is (name, shape of src/nn's array, a function that sets PyTorch's from it, one that reads its gradient).


def plain(triples):
    def part(ours, tensor, to_torch, to_ours):
        def put(a):
            tensor.data = to_torch(a).contiguous()

        return ours, our_shape(ours, tensor), put, lambda: to_ours(tensor.grad)

    return [part(*triple) for triple in triples]


def recurrent(ours, module):
    """The arrays of a recurrent layer in both directions; an LSTM's two biases are one, a GRU's lie behind each other."""
    to_ours, to_torch = ORDERS[ours]

    def part(name, kinds):
        sides = [[getattr(module, f"{kind}_l0{suffix}") for kind in kinds] for suffix in ("", "_reverse")]

        def put(a):
            for side, values in zip(sides, a):
                for tensor, block in zip(side, values.chunk(len(kinds))):
                    tensor.data = gates(block, to_torch).contiguous()

        def read():
            return torch.stack([torch.cat([gates(tensor.grad, to_ours) for tensor in side]) for side in sides])

        rows = sum(tensor.shape[0] for tensor in sides[0])
        return f"{ours}.{name}", [2, rows, *sides[0][0].shape[1:]], put, read

    if ours == "lstm":
        for suffix in ("", "_reverse"):
            getattr(module, f"bias_hh_l0{suffix}").data.zero_()
    biases = ["bias_ih"] if ours == "lstm" else ["bias_ih", "bias_hh"]
    return [part("input", ["weight_ih"]), part("recurrent", ["weight_hh"]), part("bias", biases)]


def attention(ours, module):
    """Query, key, value and output, of which PyTorch keeps the first three in one array."""

    def part(i, kind, parameter):
        joined = getattr(module, f"in_proj_{parameter}")
        rows = slice(i * module.embed_dim, (i + 1) * module.embed_dim)

        def put(a):
            joined.data[rows] = a.t() if a.dim() == 2 else a

        def read():
            g = joined.grad[rows]
            return g.t() if g.dim() == 2 else g

        return f"{ours}.{kind}.{parameter}", list(joined[rows].shape), put, read

    parts = [
        part(i, kind, parameter) for i, kind in enumerate(("query", "key", "value")) for parameter in ("weight", "bias")
    ]
    return parts + plain(dense(f"{ours}.output", module.out_proj))


def blocks(model):
    return plain(
        part
        for i in range(3)
        for part in (conv(f"block{i + 1}.conv", model.convs[i]) + norm(f"block{i + 1}.norm", model.norms[i]))
    )


def convnext(model):
    parts = []
    for s, stage in enumerate(model.stages):
        down, its_norm = conv(f"down{s}", model.downs[s]), norm(f"down{s}.norm", model.norms[s])
        parts += down + its_norm if s == 0 else its_norm + down
        for i, block in enumerate(stage):
            name = f"stage{s}.{i}"
            parts += conv(f"{name}.depthwise", block.depthwise) + norm(f"{name}.norm", block.norm)
            parts += dense(f"{name}.expand", block.expand)
            parts += [
                (f"{name}.grn.{kind}", getattr(block.grn, kind), lambda a: a, lambda g: g) for kind in ("scale", "bias")
            ]
            parts += dense(f"{name}.project", block.project)
    return plain(parts + norm("norm", model.norm) + dense("logits", model.logits))


def flat(model, convs, head):
    triples = [part for i in range(3) for part in conv(f"conv{i + convs}", model.convs[i])]
    return plain(triples + dense("hidden", model.hidden) + dense(head, model.head))


def ends(model):
    return plain(dense("hidden", model.hidden) + dense("head", model.head))


def run(name):
    """Loss and gradients; the parameters of src/nn in the order in which it asks for them."""
    classes = pytorch.WORKLOADS[name][2]
    if name == "cnn":
        model, shape = pytorch.Cnn(D), (3, 1, 18)
        parts = plain(
            part for i in (1, 2, 3, 4) for part in conv(f"conv{i}", getattr(model, f"conv{i}"))
        ) + plain(dense("head", model.head))
    elif name in ("cnn-bilstm", "cnn-bigru"):
        make, cell = {"cnn-bilstm": (pytorch.CnnBilstm, "lstm"), "cnn-bigru": (pytorch.CnnBigru, "gru")}[name]
        model, shape = make(D, 0.0), (4, 1, 27)
        parts = blocks(model) + recurrent(cell, getattr(model, cell)) + ends(model)
    elif name == "cnn-attention":
        model, shape = pytorch.CnnAttention(D, 0.0), (4, 1, 27)
        parts = blocks(model) + attention("attention", model.attention)
        parts += plain(norm("attention.norm", model.norm)) + ends(model)
    elif name == "cnn2d":
        model, shape = pytorch.Cnn2d(D, 16), (2, 1, 16, 16)
        parts = flat(model, 1, "head")
    elif name == "deep-cnn2d":
        model, shape = pytorch.DeepCnn2d(D, 16, 0.0), (2, 3, 16, 16)
        parts = flat(model, 0, "logits")
    else:
        model, shape = pytorch.ConvnextV2(4), (2, 1, 32, 64)
        parts = convnext(model)
    model.double()
    for t, (ours, its_shape, put, _) in enumerate(parts):
        put(formula(t, ours, its_shape))

    size = math.prod(shape)
    x = torch.tensor([math.sin(j * j * 0.013 + j * 0.7) for j in range(size)], dtype=torch.float64).reshape(shape)
    targets = torch.tensor([i % classes for i in range(shape[0])])
    loss = F.cross_entropy(model(x), targets)
    loss.backward()
    gradients = {ours: read().reshape(-1).tolist() for ours, _, _, read in parts}
    kept = {ours: g[::7] if len(g) > 500 else g for ours, g in gradients.items()}
    return {
        "shape": list(shape),
        "loss": loss.item(),
        "gradients": {ours: " ".join(f"{v:.8g}" for v in g) for ours, g in kept.items()},
    }


if __name__ == "__main__":
    result = {"torch": torch.__version__}
    for workload in pytorch.WORKLOADS:
        result[workload] = run(workload)
    print(json.dumps(result, indent=2))
