"""Makes ../resources/lstm-options/*.npz: LSTMs with the options of PyTorch 1.13 and ONNX Runtime 1.30, and cells of Keras 3.15 with activations
whose gradient takes what goes into them. Each library makes its own: python make_lstm_option_goldens.py torch, onnx or keras.

A file is called library_kind_layers_directions_variant. It holds x (batch, steps, features), y (batch, steps, directions * width), h and, of an
LSTM, c (layers * directions, batch, width), and of layer l, direction d the weights in this library's layout: W.l.d, U.l.d, b.l.d, P.l.d of
peepholes and R.l.d of a projection. Where it holds t, the shape of y, dW.l.d and so on are the gradients of the mean of (y - t)^2. Where it holds
h0 and c0, the sequences begin from them.
"""

import os
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent / "../resources/lstm-options"
BATCH, STEPS, FEATURES, UNITS = 2, 6, 3, 5
random = np.random.default_rng(26)


def numbers(*shape, scale=1.0):
    return (random.normal(size=shape) * scale).astype("float32")


def gates(matrix, order):
    """Of rows of four gates in their library's order, columns of gates in this one's."""
    blocks = np.split(matrix, 4)
    return np.concatenate([blocks[i] for i in order]).T.copy()


def save(name, arrays):
    np.savez(HERE / (name + ".npz"), **arrays)


def torch_layers():
    import torch

    torch.manual_seed(26)
    keys = {"W": "weight_ih", "U": "weight_hh", "b": "bias_ih", "R": "weight_hr"}
    for layers in (1, 2):
        for directions in (1, 2):
            options = {"batch_first": True, "num_layers": layers, "bidirectional": directions == 2, "proj_size": 3}
            model = torch.nn.LSTM(FEATURES, UNITS, **options)
            for weight in model.parameters():
                torch.nn.init.normal_(weight, std=0.5)
            x = numbers(BATCH, STEPS, FEATURES)
            y, (h, c) = model(torch.from_numpy(x))
            target = numbers(*y.shape)
            ((y - torch.from_numpy(target)) ** 2).mean().backward()
            arrays = {"x": x, "y": y.detach().numpy(), "h": h.detach().numpy(), "c": c.detach().numpy(), "t": target}
            for layer in range(layers):
                for d in range(directions):
                    suffix = f"_l{layer}" + ("_reverse" if d else "")
                    for key, name in keys.items():
                        weight = getattr(model, name + suffix)
                        value = weight.detach().numpy().T.copy()
                        if key == "b":
                            value = value + getattr(model, "bias_hh" + suffix).detach().numpy()
                        arrays[f"{key}.{layer}.{d}"] = value
                        arrays[f"d{key}.{layer}.{d}"] = weight.grad.numpy().T.copy()
            save(f"torch_lstm_{layers}_{directions}_projection", arrays)


def onnx_layers():
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    def run(directions, variant, peepholes=False, **options):
        coupled = options.get("input_forget", 0)
        order = [0, 3, 1] if coupled else [0, 2, 3, 1]  # ONNX's gates are i, o, f, c
        given = {
            "w": numbers(directions, 4 * UNITS, FEATURES),
            "r": numbers(directions, 4 * UNITS, UNITS),
            "b": numbers(directions, 8 * UNITS, scale=0.5),
            "p": numbers(directions, 3 * UNITS),
        }
        x = numbers(STEPS, BATCH, FEATURES)
        h0, c0 = numbers(directions, BATCH, UNITS, scale=0.5), numbers(directions, BATCH, UNITS)
        node = helper.make_node(
            "LSTM",
            ["x", "w", "r", "b", "", "h0", "c0"] + (["p"] if peepholes else []),
            ["y", "h", "c"],
            hidden_size=UNITS,
            direction=["forward", "bidirectional"][directions - 1],
            **options,
        )
        feeds = {"x": x, "h0": h0, "c0": c0}
        graph = helper.make_graph(
            [node],
            "one",
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, array.shape) for name, array in feeds.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("y", "h", "c")],
            [numpy_helper.from_array(array, name) for name, array in given.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        y, h, c = session.run(None, feeds)
        arrays = {"x": x.transpose(1, 0, 2).copy(), "y": y.transpose(2, 0, 1, 3).reshape(BATCH, STEPS, -1), "h": h, "c": c, "h0": h0, "c0": c0}
        for d in range(directions):
            first, second = np.split(given["b"][d], 2)
            arrays[f"W.0.{d}"], arrays[f"U.0.{d}"] = gates(given["w"][d], order), gates(given["r"][d], order)
            arrays[f"b.0.{d}"] = gates(first + second, order)
            if peepholes:  # i, o, f
                blocks = np.split(given["p"][d], 3)
                arrays[f"P.0.{d}"] = np.stack([blocks[i] for i in ([0, 1] if coupled else [0, 2, 1])])
        save(f"onnx_lstm_1_{directions}_{variant}", arrays)

    for directions in (1, 2):
        run(directions, "peepholes", peepholes=True)
        run(directions, "coupled", input_forget=1)
        run(directions, "clip", clip=0.75)
        run(directions, "peepholes-coupled-clip", peepholes=True, input_forget=1, clip=0.75)
        run(directions, "peepholes-clip", peepholes=True, clip=0.75)


def keras_layers():
    os.environ["KERAS_BACKEND"] = "jax"
    import jax
    import jax.numpy as jnp
    import keras

    jax.config.update("jax_default_matmul_precision", "highest")

    def run(kind, variant, layer):
        layer.build((BATCH, STEPS, FEATURES))
        values = [numbers(*w.shape, scale=0.3) for w in layer.trainable_variables]
        fixed = [v.value for v in layer.non_trainable_variables]
        x = numbers(BATCH, STEPS, FEATURES)
        target = numbers(BATCH, STEPS, UNITS)

        def forward(trained):
            return layer.stateless_call(trained, fixed, x)[0]

        y, *states = forward(values)
        loss = lambda trained: jnp.mean((forward(trained)[0] - target) ** 2)
        gradients = jax.grad(loss)([jnp.asarray(v) for v in values])
        arrays = {"x": x, "y": y, "t": target}
        for name, state in zip("hc", states):
            arrays[name] = np.asarray(state)[None]
        for key, value, gradient in zip("WUb", values, gradients):
            arrays[f"{key}.0.0"], arrays[f"d{key}.0.0"] = value, gradient
        save(f"keras_{kind}_1_1_{variant}", {k: np.asarray(v) for k, v in arrays.items()})

    every = {"return_sequences": True, "return_state": True}
    for name in ("gelu", "silu"):
        run("lstm", name, keras.layers.LSTM(UNITS, activation=name, **every))
        run("gru", name, keras.layers.GRU(UNITS, activation=name, **every))
        run("gru", name + "-before", keras.layers.GRU(UNITS, activation=name, reset_after=False, **every))
    run("lstm", "tanh-mish", keras.layers.LSTM(UNITS, recurrent_activation="mish", **every))
    run("gru", "tanh-mish", keras.layers.GRU(UNITS, recurrent_activation="mish", **every))
    run("gru", "tanh-mish-before", keras.layers.GRU(UNITS, recurrent_activation="mish", reset_after=False, **every))


HERE.mkdir(exist_ok=True)
{"torch": torch_layers, "onnx": onnx_layers, "keras": keras_layers}[sys.argv[1]]()
