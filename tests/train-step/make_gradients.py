"""Float64 gradients of small versions of the three benchmark networks, from PyTorch, in the layout of src/nn.

    python3 tests/train-step/make_gradients.py > tests/train-step/pytorch-gradients.json

Parameters and inputs follow from a formula, which gradients.test.ts repeats; only losses and gradients are stored.
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
    return torch.cat([a.chunk(4)[i] for i in order])


IOFC_TO_IFGO = (0, 2, 3, 1)  # PyTorch's i f g o out of ONNX's i o f c
IFGO_TO_IOFC = (0, 3, 1, 2)


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


def set_lstm(module, t, gradients=None):
    """Sets or reads the LSTM's three arrays of src/nn: input, recurrent, bias, each [2, ...]."""
    out = []
    for k, (name, kind) in enumerate([("lstm.input", "weight_ih"), ("lstm.recurrent", "weight_hh"), ("lstm.bias", "bias_ih")]):
        parts = [getattr(module, f"{kind}_l0{suffix}") for suffix in ("", "_reverse")]
        if gradients is None:
            values = formula(t + k, name, [2, *parts[0].shape])
            for d, part in enumerate(parts):
                part.data = gates(values[d], IOFC_TO_IFGO).contiguous()
        else:
            out.append((name, torch.stack([gates(part.grad, IFGO_TO_IOFC) for part in parts])))
    if gradients is None:
        for suffix in ("", "_reverse"):
            getattr(module, f"bias_hh_l0{suffix}").data.zero_()
    return out


def run(name):
    if name == "cnn":
        model, shape, classes = pytorch.Cnn(D), (3, 1, 18), 5
        before = [conv(f"conv{i}", getattr(model, f"conv{i}")) for i in (1, 2, 3, 4)]
        after = [dense("head", model.head)]
    elif name == "cnn-bilstm":
        model, shape, classes = pytorch.CnnBilstm(D, 0.0), (4, 1, 27), 5
        before = [
            part for i in range(3) for part in (conv(f"block{i + 1}.conv", model.convs[i]), norm(f"block{i + 1}.norm", model.norms[i]))
        ]
        after = [dense("hidden", model.hidden), dense("head", model.head)]
    else:
        model, shape, classes = pytorch.Cnn2d(D, 16), (2, 1, 16, 16), 6
        before = [conv(f"conv{i + 1}", model.convs[i]) for i in range(3)]
        after = [dense("hidden", model.hidden), dense("head", model.head)]
    model.double()
    before, after = sum(before, []), sum(after, [])
    recurrent = 3 if name == "cnn-bilstm" else 0
    for t, (ours, tensor, to_torch, _) in enumerate(before):
        tensor.data = to_torch(formula(t, ours, our_shape(ours, tensor))).contiguous()
    if recurrent:
        set_lstm(model.lstm, len(before))
    for t, (ours, tensor, to_torch, _) in enumerate(after):
        tensor.data = to_torch(formula(t + len(before) + recurrent, ours, our_shape(ours, tensor))).contiguous()

    size = math.prod(shape)
    x = torch.tensor([math.sin(j * j * 0.013 + j * 0.7) for j in range(size)], dtype=torch.float64).reshape(shape)
    targets = torch.tensor([i % classes for i in range(shape[0])])
    loss = F.cross_entropy(model(x), targets)
    loss.backward()
    gradients = [(ours, to_ours(tensor.grad)) for ours, tensor, _, to_ours in before]
    if recurrent:
        gradients += set_lstm(model.lstm, 0, gradients=True)
    gradients += [(ours, to_ours(tensor.grad)) for ours, tensor, _, to_ours in after]
    return {
        "shape": list(shape),
        "loss": loss.item(),
        "gradients": {ours: " ".join(f"{v:.8g}" for v in g.reshape(-1).tolist()) for ours, g in gradients},
    }


if __name__ == "__main__":
    result = {"torch": torch.__version__}
    for workload in ("cnn", "cnn-bilstm", "cnn2d"):
        result[workload] = run(workload)
    print(json.dumps(result, indent=2))
