"""Writes the files of src/test/resources/statedict: small models of PyTorch and their answers.

The state_dict of each is a .safetensors and a .pt, by turns a zip and the format of before 1.6; inputs
and outputs are an .npz. Made with PyTorch 1.13. In src/test/python:
    python3 make_statedict_files.py
"""

import json
import os
import pathlib
import struct

import numpy as np
import torch
from torch import nn

TYPES = {
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.float32: "F32",
    torch.float64: "F64",
    torch.int64: "I64",
}
cases = []
os.chdir(pathlib.Path(__file__).parent.parent / "resources" / "statedict")


def raw(tensor):
    tensor = tensor.detach().contiguous()
    if tensor.dtype == torch.bfloat16:
        return tensor.view(torch.int16).numpy().tobytes()
    return tensor.numpy().tobytes()


def safetensors(path, state):
    """By name, as most writers sort them."""
    header, data, at = {}, b"", 0
    for name in sorted(state):
        tensor = state[name]
        size = len(raw(tensor))
        header[name] = {
            "dtype": TYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [at, at + size],
        }
        data += raw(tensor)
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + data)


def case(name, model, forward, x, layers="", dtype=None, **others):
    """`forward` gives y or (y, h_n) or (y, h_n, c_n); `layers` is what --layers must say."""
    model.eval()
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.LayerNorm)):
            for tensor in module.state_dict().values():
                if tensor.is_floating_point():
                    tensor.uniform_(0.5, 1.5)
    state = model.state_dict()
    if dtype is not None:
        state = {k: v.to(dtype) if v.is_floating_point() else v for k, v in state.items()}
        model.load_state_dict(state)
    with torch.no_grad():
        out = forward(model, x, **others)
    arrays = {"x": x.numpy().astype(np.int32 if x.dtype == torch.int64 else np.float32)}
    for key, value in others.items():
        arrays[key] = value.numpy()
    out = out if isinstance(out, tuple) else (out,)
    for key, value in zip(("y", "h_n", "c_n"), out):
        arrays[key] = value.numpy().astype(np.float32)
    np.savez(name + ".npz", **arrays)
    safetensors(name + ".safetensors", state)
    torch.save(state, name + ".pt", _use_new_zipfile_serialization=len(cases) % 2 == 0)
    cases.append(f"{name};{layers}")


def rnn(model, x, h0=None, c0=None):
    begin = None if h0 is None else h0 if c0 is None else (h0, c0)
    y, last = model(x, begin)
    return (y, *last) if isinstance(last, tuple) else (y, last)


def data(*shape):
    return torch.randn(*shape)


torch.manual_seed(17)
X = data(2, 5, 3)
F = dict(batch_first=True)

case("lstm", nn.LSTM(3, 4, **F), rnn, X)
case("lstm_time_major", nn.LSTM(3, 4), lambda m, x: m(x.transpose(0, 1))[0].transpose(0, 1), X)
case("lstm_levels", nn.LSTM(3, 4, num_layers=3, **F), rnn, X)
case("lstm_both", nn.LSTM(3, 4, bidirectional=True, **F), rnn, X)
case("lstm_levels_both", nn.LSTM(3, 2, num_layers=2, bidirectional=True, **F), rnn, X)
case("lstm_no_bias", nn.LSTM(3, 4, bias=False, **F), rnn, X)
case("lstm_projected", nn.LSTM(3, 5, proj_size=2, **F), rnn, X)
case("lstm_projected_levels_both",
     nn.LSTM(3, 5, proj_size=2, num_layers=2, bidirectional=True, **F), rnn, X)
case("lstm_begun", nn.LSTM(3, 4, num_layers=2, **F), rnn, X, h0=data(2, 2, 4), c0=data(2, 2, 4))
case("gru", nn.GRU(3, 4, **F), rnn, X)
case("gru_levels_both", nn.GRU(3, 3, num_layers=2, bidirectional=True, **F), rnn, X)
case("gru_no_bias", nn.GRU(3, 4, bias=False, **F), rnn, X)
case("gru_begun", nn.GRU(3, 4, **F), rnn, X, h0=data(1, 2, 4))
case("rnn_tanh", nn.RNN(3, 4, num_layers=2, **F), rnn, X)
case("lstm_f64", nn.LSTM(3, 4, **F).double(), lambda m, x: rnn(m, x.double()), X)
case("lstm_f16", nn.LSTM(3, 4, **F), rnn, X, dtype=torch.float16)
case("lstm_bf16", nn.LSTM(3, 4, **F), rnn, X, dtype=torch.bfloat16)


class Named(nn.Module):
    def __init__(self, forward, **modules):
        super().__init__()
        for name, module in modules.items():
            setattr(self, name, module)
        self.run = forward

    def forward(self, x):
        return self.run(self, x)


def named(name, x, forward, layers="", **modules):
    case(name, Named(forward, **modules), lambda m, x: m(x), x, layers)


def cells(cell, x, states):
    state = tuple(torch.zeros(x.shape[0], cell.hidden_size) for _ in range(states))
    out = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        out.append(state[0])
    return out


case("cell", nn.LSTMCell(3, 4), lambda m, x: torch.stack(cells(m, x, 2), 1), X)

IDS = torch.randint(0, 7, (2, 6))
named("tagger", IDS, lambda m, x: m.fc(m.lstm(m.word_embeddings(x))[0]),
      fc=nn.Linear(4, 2), lstm=nn.LSTM(3, 4, **F), word_embeddings=nn.Embedding(7, 3))
named("last_step", X, lambda m, x: m.fc(m.lstm(x)[0][:, -1]), "lstm:last,fc",
      lstm=nn.LSTM(3, 4, **F), fc=nn.Linear(4, 1))
named("both_states", IDS,
      lambda m, x: m.out(torch.cat(list(m.gru(m.table(x))[1]), 1)).softmax(-1),
      "table:embedding,gru:h_n,out:softmax",
      table=nn.Embedding(7, 4), gru=nn.GRU(4, 3, bidirectional=True, **F), out=nn.Linear(6, 3))
named("two_linear", X,
      lambda m, x: m.fc2(m.fc1(m.gru(x)[0][:, -1]).relu()), "gru:last,fc1:relu,fc2",
      gru=nn.GRU(3, 4, **F), fc1=nn.Linear(4, 5), fc2=nn.Linear(5, 2))
named("normed", X,
      lambda m, x: m.norm(m.lstm(x)[0]),
      lstm=nn.LSTM(3, 4, **F), norm=nn.LayerNorm(4))
named("convolved", X,
      lambda m, x: m.fc(m.lstm(m.bn(m.conv(x.transpose(1, 2))).relu().transpose(1, 2))[0]),
      "conv:padding=1,bn:relu,lstm,fc",
      conv=nn.Conv1d(3, 6, 3, padding=1), bn=nn.BatchNorm1d(6), lstm=nn.LSTM(6, 4, **F),
      fc=nn.Linear(4, 2))
named("flattened", X,
      lambda m, x: m.fc(m.lstm(x)[0].flatten(1)),
      "lstm,flatten,fc", lstm=nn.LSTM(3, 2, **F), fc=nn.Linear(10, 2))
named("rnn_relu", X, lambda m, x: m.out(m.rnn(x)[0].mean(1)), "rnn:relu,mean,out",
      rnn=nn.RNN(3, 4, nonlinearity="relu", **F), out=nn.Linear(4, 2, bias=False))

with open("cases.csv", "w") as out:
    out.write("# model;what --layers says\n" + "\n".join(cases) + "\n")
