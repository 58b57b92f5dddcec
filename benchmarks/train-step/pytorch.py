"""Steps of the three benchmark networks in PyTorch, driven over stdin: "NAME STEPS" gives their milliseconds."""
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


class CnnBilstm(nn.Module):
    def __init__(self, d=1, rate=0.5):
        super().__init__()
        sizes = [(1, 64 // d, 5), (64 // d, 128 // d, 5), (128 // d, 128 // d, 3)]
        self.convs = nn.ModuleList(nn.Conv1d(i, o, k, padding=k // 2) for i, o, k in sizes)
        self.norms = nn.ModuleList(nn.BatchNorm1d(o) for _, o, _ in sizes)
        self.lstm = nn.LSTM(128 // d, 64 // d, bidirectional=True)
        self.hidden = nn.Linear(128 // d, 64 // d)
        self.dropout = nn.Dropout(rate)
        self.head = nn.Linear(64 // d, 5)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            # Pooling before ReLU, as in workloads.ts: PyTorch gets the shorter form too.
            x = F.relu(F.max_pool1d(norm(conv(x)), 2))
        _, (last, _) = self.lstm(x.permute(2, 0, 1))
        x = torch.cat([last[0], last[1]], 1)
        return self.head(self.dropout(F.relu(self.hidden(x))))


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


WORKLOADS = {
    "cnn": (Cnn, (256, 1, 256), 5),
    "cnn-bilstm": (CnnBilstm, (256, 1, 187), 5),
    "cnn2d": (Cnn2d, (32, 1, 64, 64), 6),
}


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
    print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        name, count = line.split()
        if name not in steps:
            steps[name] = prepare(name)
        times = []
        for _ in range(int(count)):
            start = time.perf_counter()
            steps[name]()
            times.append((time.perf_counter() - start) * 1000)
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
