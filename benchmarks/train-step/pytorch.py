"""Steps of the benchmark networks in PyTorch, driven over stdin.

The first line says the version and how many parameters each network has; "NAME STEPS" gives the milliseconds of each
step and the processor time of all.
"""
import json
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F


class Cnn(nn.Module):
    def __init__(self, d=1):
        super().__init__()
        self.conv1 = nn.Conv1d(1, 32 // d, 5, padding=2)
        self.conv2 = nn.Conv1d(32 // d, 64 // d, 5, stride=2, padding=2)
        self.conv3 = nn.Conv1d(64 // d, 128 // d, 5, stride=2, padding=2)
        self.conv4 = nn.Conv1d(128 // d, 128 // d, 3, padding=1)
        self.head = nn.Linear(128 // d, 5)

    def forward(self, x):
        for conv in (self.conv1, self.conv2, self.conv3, self.conv4):
            x = F.relu(conv(x))
        return self.head(x.mean(2))


class CnnThen(nn.Module):
    """Three convolutions with batch norm and pooling, what reads their steps (`read`), and a hidden layer."""

    def __init__(self, d=1, rate=0.5):
        super().__init__()
        sizes = [(1, 64 // d, 5), (64 // d, 128 // d, 5), (128 // d, 128 // d, 3)]
        self.convs = nn.ModuleList(nn.Conv1d(i, o, k, padding=k // 2) for i, o, k in sizes)
        self.norms = nn.ModuleList(nn.BatchNorm1d(o) for _, o, _ in sizes)
        self.hidden = nn.Linear(128 // d, 64 // d)
        self.dropout = nn.Dropout(rate)
        self.head = nn.Linear(64 // d, 5)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            # Pooling before ReLU, as in workloads.ts: PyTorch gets the shorter form too.
            x = F.relu(F.max_pool1d(norm(conv(x)), 2))
        return self.head(self.dropout(F.relu(self.hidden(self.read(x)))))


class CnnBilstm(CnnThen):
    def __init__(self, d=1, rate=0.5):
        super().__init__(d, rate)
        self.lstm = nn.LSTM(128 // d, 64 // d, bidirectional=True)

    def read(self, x):
        _, (last, _) = self.lstm(x.permute(2, 0, 1))
        return torch.cat([last[0], last[1]], 1)


class CnnBigru(CnnThen):
    def __init__(self, d=1, rate=0.5):
        super().__init__(d, rate)
        self.gru = nn.GRU(128 // d, 64 // d, bidirectional=True)

    def read(self, x):
        _, last = self.gru(x.permute(2, 0, 1))
        return torch.cat([last[0], last[1]], 1)


class CnnAttention(CnnThen):
    def __init__(self, d=1, rate=0.5):
        super().__init__(d, rate)
        self.attention = nn.MultiheadAttention(128 // d, 4, batch_first=True)
        self.norm = nn.LayerNorm(128 // d)

    def read(self, x):
        x = x.transpose(1, 2)
        looked, _ = self.attention(x, x, x, need_weights=False)
        return self.norm(x + looked).mean(1)


class Cnn2d(nn.Module):
    def __init__(self, d=1, size=64):
        super().__init__()
        self.convs = nn.ModuleList(
            nn.Conv2d(i, o // d, 3, padding=1) for i, o in [(1, 32), (32 // d, 64), (64 // d, 128)]
        )
        self.hidden = nn.Linear(128 // d * (size // 8) ** 2, 256 // d)
        self.head = nn.Linear(256 // d, 6)

    def forward(self, x):
        for conv in self.convs:
            x = F.relu(F.max_pool2d(conv(x), 2))
        return self.head(F.relu(self.hidden(x.flatten(1))))


class DeepCnn2d(nn.Module):
    def __init__(self, d=1, size=128, rate=0.5):
        super().__init__()
        self.convs = nn.ModuleList(
            nn.Conv2d(i, o // d, 3, padding=1) for i, o in [(3, 32), (32 // d, 64), (64 // d, 128)]
        )
        self.hidden = nn.Linear(128 // d * (size // 8) ** 2, 256 // d)
        self.dropout = nn.Dropout(rate)
        self.head = nn.Linear(256 // d, 6)

    def forward(self, x):
        for conv in self.convs:
            x = F.relu(F.max_pool2d(conv(x), 2))
        return self.head(self.dropout(F.relu(self.hidden(x.flatten(1)))))


class GlobalResponseNorm(nn.Module):
    """Source: facebookresearch/ConvNeXt-V2, models/utils.py."""

    def __init__(self, width):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros(width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, x):
        norm = torch.norm(x, p=2, dim=(1, 2), keepdim=True)
        relative = norm / (norm.mean(dim=-1, keepdim=True) + 1e-6)
        return self.scale * (x * relative) + self.bias + x


class Block(nn.Module):
    """Source: facebookresearch/ConvNeXt-V2, models/convnextv2.py."""

    def __init__(self, width):
        super().__init__()
        self.depthwise = nn.Conv2d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.expand = nn.Linear(width, 4 * width)
        self.grn = GlobalResponseNorm(4 * width)
        self.project = nn.Linear(4 * width, width)

    def forward(self, x):
        h = self.norm(self.depthwise(x).permute(0, 2, 3, 1))
        h = self.project(self.grn(F.gelu(self.expand(h))))
        return x + h.permute(0, 3, 1, 2)


class ConvnextV2(nn.Module):
    def __init__(self, d=1):
        super().__init__()
        depths, widths = (1, 1, 2, 1), [w // d for w in (16, 32, 64, 128)]
        self.downs = nn.ModuleList(
            nn.Conv2d(i, o, side, stride=side) for i, o, side in zip([1, *widths], widths, (4, 2, 2, 2))
        )
        self.norms = nn.ModuleList(nn.LayerNorm(w, eps=1e-6) for w in [widths[0], *widths[:-1]])
        self.stages = nn.ModuleList(
            nn.ModuleList(Block(width) for _ in range(depth)) for depth, width in zip(depths, widths)
        )
        self.norm = nn.LayerNorm(widths[-1], eps=1e-6)
        self.logits = nn.Linear(widths[-1], 5)

    def forward(self, x):
        for s, (down, norm, blocks) in enumerate(zip(self.downs, self.norms, self.stages)):
            # One kernel for the norm of each position: faster than the source's own over channels first.
            if s == 0:
                x = norm(down(x).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
            else:
                x = down(norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2))
            for block in blocks:
                x = block(x)
        return self.logits(self.norm(x.mean((2, 3))))


WORKLOADS = {
    "cnn": (Cnn, (256, 1, 256), 5),
    "cnn-bilstm": (CnnBilstm, (256, 1, 187), 5),
    "cnn2d": (Cnn2d, (32, 1, 64, 64), 6),
    "cnn-bigru": (CnnBigru, (256, 1, 187), 5),
    "cnn-attention": (CnnAttention, (256, 1, 187), 5),
    "deep-cnn2d": (DeepCnn2d, (32, 3, 128, 128), 6),
    "convnext-v2": (ConvnextV2, (64, 1, 64, 128), 5),
}


def count(model):
    """Parameters but an LSTM's second bias, which is only added to the first: workloads.ts learns their sum."""
    twice = sum(
        bias.numel()
        for module in model.modules()
        if isinstance(module, nn.LSTM)
        for name, bias in module.named_parameters()
        if name.startswith("bias_hh")
    )
    return sum(p.numel() for p in model.parameters()) - twice


def prepare(name):
    make, shape, classes = WORKLOADS[name]
    model = make()
    x = torch.randn(shape)
    targets = torch.randint(0, classes, (shape[0],))
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)

    def step():
        optimiser.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(x), targets)
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.manual_seed(1)
    steps = {}
    counts = {name: count(make()) for name, (make, _, _) in WORKLOADS.items()}
    print(
        json.dumps({"version": torch.__version__, "threads": torch.get_num_threads(), "parameters": counts}),
        flush=True,
    )
    for line in sys.stdin:
        name, number = line.split()
        if name not in steps:
            steps[name] = prepare(name)
        times = []
        cpu = time.process_time()
        for _ in range(int(number)):
            start = time.perf_counter()
            steps[name]()
            times.append((time.perf_counter() - start) * 1000)
        print(json.dumps({"times": times, "cpu": (time.process_time() - cpu) * 1000}), flush=True)


if __name__ == "__main__":
    main()
