"""Writes the files of src/test/resources/torch: what torch.save and torch.jit.save make of tensors.

<name>.npz has the tensors of <name>.pt as float32. Files that are read and have none beside them hold those
of state_dict; legacy_types and legacy_views those of types and views. Made with PyTorch 1.13; the
files that later versions write differently are put together here by hand. In src/test/python:
    python3 make_torch_files.py
"""
import argparse
import collections
import datetime
import io
import os
import pathlib
import pickle
import zipfile

import numpy as np
import torch

HERE = pathlib.Path(__file__).parent.parent / "resources" / "torch"


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = torch.nn.BatchNorm1d(3)
        self.lstm = torch.nn.LSTM(3, 2, num_layers=2, bidirectional=True, batch_first=True)
        self.head = torch.nn.Sequential(torch.nn.Linear(4, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))

    def forward(self, x):
        y, state = self.lstm(self.norm(x.transpose(1, 2)).transpose(1, 2))
        return self.head(y)


class Streaming(Net):
    """With a tensor that is neither a parameter nor a buffer."""

    def __init__(self):
        super().__init__()
        self.last = torch.ones(3)


def expected(name, tensors):
    arrays = {key: value.detach().float().numpy() for key, value in tensors.items()}
    np.savez(HERE / (name + ".npz"), **arrays)


def save(name, value, tensors=None, **options):
    torch.save(value, HERE / (name + ".pt"), **options)
    if tensors is not None:
        expected(name, tensors)


def rezip(name, new, change=lambda entry, data: data, method=zipfile.ZIP_STORED, extra=()):
    """The archive with other entries."""
    with zipfile.ZipFile(HERE / (name + ".pt")) as old, zipfile.ZipFile(HERE / (new + ".pt"), "w", method) as zip:
        for entry in old.namelist():
            zip.writestr(entry, change(entry, old.read(entry)))
        for entry, data in extra:
            zip.writestr(entry, data)


def trained():
    net = Net()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(2):
        optimizer.zero_grad()
        net(torch.randn(5, 4, 3)).square().sum().backward()
        optimizer.step()
    return net, optimizer


def types_of_numbers():
    base = torch.linspace(-3, 5, 6)
    return collections.OrderedDict(
        f64=base.double() / 3,
        f32=base / 3,
        f16=(base / 3).half(),
        bf16=(base / 3).bfloat16(),
        i64=torch.tensor([-(2**40), 2**24 + 1, 3]),
        i32=torch.tensor([-5, 2**31 - 1], dtype=torch.int32),
        i16=torch.tensor([-300, 7], dtype=torch.int16),
        i8=torch.tensor([-128, 127], dtype=torch.int8),
        u8=torch.tensor([0, 255], dtype=torch.uint8),
        bool=torch.tensor([True, False]),
        scalar=torch.tensor(2.5),
        empty=torch.zeros(0, 3),
    )


def views():
    base = torch.arange(60, dtype=torch.float32) / 8
    block = base.reshape(3, 4, 5)
    wide = torch.arange(400, dtype=torch.float32).reshape(10, 40)
    return collections.OrderedDict(
        all=base,
        tail=base[55:],
        transposed=base[:20].reshape(4, 5).t(),
        permuted=block.permute(2, 0, 1),
        every_third=base[::3],
        corner=block[1:, 1:3, ::2],
        columns=wide[:, 3:5],
        one_column=wide[:, 7],
        diagonal=torch.diagonal(wide),
        half=wide.half().t(),
    )


class Part:
    """A storage, by what the pickle says of it."""

    def __init__(self, *fields):
        self.fields = ("storage", *fields)


class View:
    def __init__(self, rebuild, *arguments):
        self.call = rebuild, arguments

    def __reduce__(self):
        return self.call


class ByHand(pickle.Pickler):
    def persistent_id(self, value):
        return value.fields if isinstance(value, Part) else None


def by_hand(value):
    pickled = io.BytesIO()
    ByHand(pickled, protocol=2).dump(value)
    return pickled.getvalue()


def parts_of_a_storage():
    """Before PyTorch 0.4 a storage could be a part of another."""
    values = np.arange(10, dtype="<f4")
    root = Part(torch.FloatStorage, "7", "cpu", 10, None)
    part = Part(torch.FloatStorage, "7", "cuda:0", 10, ("8", 4, 3))
    rebuild = torch._utils._rebuild_tensor
    state = collections.OrderedDict(whole=View(rebuild, root, 0, (2, 5), (5, 1)), part=View(rebuild, part, 1, (2,), (1,)))
    with open(HERE / "legacy_parts.pt", "wb") as file:
        for value in (torch.serialization.MAGIC_NUMBER, 1001, {"little_endian": True}):
            pickle.dump(value, file, protocol=2)
        file.write(by_hand(state))
        pickle.dump(["7"], file, protocol=2)
        file.write(np.int64(10).tobytes() + values.tobytes())
    expected("legacy_parts", {"whole": torch.from_numpy(values.reshape(2, 5)), "part": torch.tensor([5.0, 6.0])})


def named(module, name, value):
    value.__module__, value.__name__, value.__qualname__ = module.__name__, name, name
    setattr(module, name, value)
    return value


def untyped_storages():
    """What PyTorch 2.3 and later write of types that have no class of storages."""
    rebuild = named(torch._utils, "_rebuild_tensor_v3", lambda: None)
    untyped = named(torch.storage, "UntypedStorage", type("UntypedStorage", (), {}))
    state = collections.OrderedDict()
    with zipfile.ZipFile(HERE / "untyped.pt", "w") as zip:
        arrays = {}
        for bits in (16, 32, 64):
            array = np.array([[1, 2**bits - 1, 3], [2 ** (bits - 1), 5, 6]], dtype=f"<u{bits // 8}")
            dtype = named(torch, f"uint{bits}", type("dtype", (), {}))
            storage = Part(untyped, str(bits), "cpu", array.nbytes)
            hooks = collections.OrderedDict()
            state[f"u{bits}"] = View(rebuild, storage, 1, (2, 2), (3, 1), False, hooks, dtype)
            arrays[f"u{bits}"] = torch.from_numpy(array[:, 1:].astype("f4"))
            zip.writestr(f"archive/data/{bits}", array.tobytes())
        zip.writestr("archive/data.pkl", by_hand(state))
    expected("untyped", arrays)


def pickles():
    """Every opcode that Python 3 writes of plain values."""
    shared = [1]
    value = {"text": "größe\n\\u0041", "none": None, "bools": [True, False], "shared": (shared, shared)}
    value["ints"] = [0, 255, 256, 65535, 65536, -1, -(2**31), 2**31, -(2**63), 2**63 - 1, 2**70]
    value["floats"] = [0.5, -1e300]
    value["tuples"] = ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4))
    value["long"] = "x" * 300
    value["bytes"] = [b"", b"a", b"abc"]
    value["sets"] = [{1}, frozenset([2])]
    value["ordered"] = collections.OrderedDict(b=1, a=2)
    value["self"] = value
    for protocol in range(6):
        with open(HERE / f"protocol_{protocol}.pkl", "wb") as file:
            pickle.dump(value, file, protocol=protocol)


def main():
    HERE.mkdir(exist_ok=True)
    torch.manual_seed(1)
    net, optimizer = trained()
    own = net.state_dict()
    save("state_dict", own, own)
    save("legacy", own, _use_new_zipfile_serialization=False)
    save("protocol4", own, pickle_protocol=4)
    save("legacy_protocol5", own, pickle_protocol=5, _use_new_zipfile_serialization=False)
    save("types", types_of_numbers(), types_of_numbers())
    save("legacy_types", types_of_numbers(), _use_new_zipfile_serialization=False)
    save("views", views(), views())
    save("legacy_views", views(), _use_new_zipfile_serialization=False)
    parameters = collections.OrderedDict((name, value) for name, value in net.named_parameters())
    marked = torch.nn.Parameter(torch.ones(2))
    marked.note = "kept"
    parameters["marked"] = marked
    save("parameters", parameters, parameters)
    save("data_parallel", torch.nn.DataParallel(net).state_dict())
    lightning = collections.OrderedDict(("model._orig_mod." + name, value) for name, value in own.items())
    state = {"epoch": 3, "global_step": 77, "pytorch-lightning_version": "1.9.0"}
    state["state_dict"] = lightning
    state["optimizer_states"] = [optimizer.state_dict()]
    state["lr_schedulers"] = [{"milestones": collections.Counter([3, 3]), "gamma": 0.1}]
    state["callbacks"] = {"ModelCheckpoint{'monitor': 'loss'}": {"best_model_score": torch.tensor(0.5), "k": {}}}
    state["hyper_parameters"] = {"path": pathlib.PurePosixPath("a/b"), "lr": np.float64(0.1), "mean": np.ones(3)}
    state["loops"] = {"fit_loop": {"state_dict": {}}}
    save("lightning", state)
    loop = {"epoch": 3, "model_state_dict": own, "optimizer_state_dict": optimizer.state_dict(), "loss": torch.tensor(0.25)}
    loop.update(rng_state=torch.get_rng_state(), args=argparse.Namespace(lr=0.1), when=datetime.date(2020, 1, 2))
    loop.update(metrics={"rmse": torch.tensor(0.5)}, device=torch.device("cpu"), dtype=torch.float16, size=torch.Size([2, 3]))
    loop.update(loss_function=torch.nn.functional.mse_loss, steps={1, 2}, scaler=None, big=2**70)
    save("loop", loop)
    save("legacy_loop", loop, _use_new_zipfile_serialization=False)
    scripted = torch.jit.script(Streaming())
    torch.jit.save(scripted, HERE / "script.pt")
    expected("script", scripted.state_dict())
    traced = torch.jit.trace(net.eval(), torch.zeros(1, 2, 3))
    torch.jit.save(traced, HERE / "trace.pt")
    expected("trace", traced.state_dict())
    unicode = {"größe.重み": torch.ones(2), "größe.b": torch.zeros(1)}
    save("unicode", unicode)
    rezip("state_dict", "deflated", method=zipfile.ZIP_DEFLATED)

    def swapped(entry, data):
        width = "<i8" if entry.endswith("/data/4") else "<f4"  # num_batches_tracked
        return np.frombuffer(data, width).byteswap().tobytes() if "/data/" in entry else data

    rezip("state_dict", "big_endian", swapped, extra=[("state_dict/byteorder", "big")])

    parts_of_a_storage()
    untyped_storages()
    pickles()

    # Refused.
    save("two", {"model": own, "ema": collections.OrderedDict(own)})
    save("tensor", torch.ones(2, 3))
    save("list", [torch.ones(2)])
    save("none", {"epoch": 3, "name": "a", "loss": torch.tensor(0.5), 5: [1]})
    save("module", net)
    save("legacy_module", torch.nn.Linear(1, 1), _use_new_zipfile_serialization=False)
    save("complex", {"w": torch.ones(2, dtype=torch.complex64)})
    save("sparse", {"w": torch.ones(2, 2).to_sparse()})
    save("quantized", {"w": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8)})
    save("meta", {"w": torch.ones(2, device="meta")})
    save("expanded", {"w": torch.ones(1).expand(1000, 1000)})
    save("double", {"w": torch.tensor([1.0, 1e300], dtype=torch.float64)})

    class Evil:
        def __reduce__(self):
            return os.system, ("echo run > /tmp/lanewise_evil",)

    save("evil", {"w": torch.ones(2), "x": Evil()})
    save("legacy_evil", {"w": torch.ones(2), "x": Evil()}, _use_new_zipfile_serialization=False)
    with open(HERE / "plain.pkl", "wb") as file:
        pickle.dump({"w": np.ones(2)}, file, protocol=2)


if __name__ == "__main__":
    main()
