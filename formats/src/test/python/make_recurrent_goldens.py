"""Makes ../resources/recurrent/*.npz: recurrent layers of PyTorch 1.13 and ONNX Runtime 1.30, their weights in Keras's layout, an input and
the answers. Each library makes its own: python make_recurrent_goldens.py torch, python make_recurrent_goldens.py onnx.

A file is called library_kind_layers_directions_variant. It holds x (batch, steps, features), y (batch, steps, directions * units), h (layers *
directions, batch, units), and of layer l, direction d: W.l.d, U.l.d and b.l.d.
"""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent / "../resources/recurrent"
BATCH, STEPS, FEATURES, UNITS = 2, 7, 3, 5
random = np.random.default_rng(25)


def numbers(*shape, scale=1.0):
    return (random.normal(size=shape) * scale).astype("float32")


def gates(matrix, order):
    """Of rows of gates in their library's order, columns of gates in Keras's."""
    blocks = np.split(matrix, len(order))
    return np.concatenate([blocks[i] for i in order]).T.copy()


def save(name, arrays):
    np.savez(HERE / (name + ".npz"), **arrays)


def torch_layers():
    import torch

    torch.manual_seed(25)
    for kind, order in (("gru", [1, 0, 2]), ("rnn", [0])):  # torch's gates are r, z, n
        for layers in (1, 2):
            for directions in (1, 2):
                options = {"batch_first": True, "num_layers": layers, "bidirectional": directions == 2}
                model = (torch.nn.GRU if kind == "gru" else torch.nn.RNN)(FEATURES, UNITS, **options)
                for weight in model.parameters():
                    torch.nn.init.normal_(weight, std=0.5)
                x = numbers(BATCH, STEPS, FEATURES)
                with torch.no_grad():
                    y, h = model(torch.from_numpy(x))
                arrays = {"x": x, "y": y.numpy(), "h": h.numpy()}
                for layer in range(layers):
                    for d in range(directions):
                        suffix = f"_l{layer}" + ("_reverse" if d else "")
                        w = {k: getattr(model, f"{k}{suffix}").detach().numpy() for k in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
                        at = f"{layer}.{d}"
                        arrays["W." + at] = gates(w["weight_ih"], order)
                        arrays["U." + at] = gates(w["weight_hh"], order)
                        first, second = gates(w["bias_ih"], order), gates(w["bias_hh"], order)
                        arrays["b." + at] = np.stack([first, second]) if kind == "gru" else first + second
                save(f"torch_{kind}_{layers}_{directions}_tanh", arrays)


def onnx_layers():
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    def run(kind, directions, options, variant):
        n = 3 if kind == "GRU" else 1
        order = [0, 1, 2] if n == 3 else [0]  # ONNX's gates are z, r, h, as Keras's
        w, r, b = numbers(directions, n * UNITS, FEATURES, scale=0.5), numbers(directions, n * UNITS, UNITS, scale=0.5), numbers(directions, 2 * n * UNITS, scale=0.5)
        node = helper.make_node(kind, ["x", "w", "r", "b"], ["y", "h"], hidden_size=UNITS, direction=["forward", "bidirectional"][directions - 1], **options)
        x = numbers(STEPS, BATCH, FEATURES)
        graph = helper.make_graph(
            [node],
            "one",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("y", "h")],
            [numpy_helper.from_array(array, name) for name, array in (("w", w), ("r", r), ("b", b))],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
        y, h = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})
        arrays = {"x": x.transpose(1, 0, 2).copy(), "y": y.transpose(2, 0, 1, 3).reshape(BATCH, STEPS, -1), "h": h}
        for d in range(directions):
            first, second = np.split(b[d], 2)
            arrays[f"W.0.{d}"], arrays[f"U.0.{d}"] = gates(w[d], order), gates(r[d], order)
            first, second = gates(first, order), gates(second, order)
            arrays[f"b.0.{d}"] = np.stack([first, second]) if options.get("linear_before_reset") else first + second
        save(f"onnx_{kind.lower()}_1_{directions}_{variant}", arrays)

    for directions in (1, 2):
        run("GRU", directions, {"linear_before_reset": 1}, "after")
        run("GRU", directions, {"linear_before_reset": 0}, "before")
        run("GRU", directions, {"linear_before_reset": 1, "activations": ["HardSigmoid", "Softsign"] * directions}, "hard")
        run("RNN", directions, {}, "tanh")
        run("RNN", directions, {"activations": ["Relu"] * directions}, "relu")


HERE.mkdir(exist_ok=True)
{"torch": torch_layers, "onnx": onnx_layers}[sys.argv[1]]()
