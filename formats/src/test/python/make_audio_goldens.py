"""Makes ../resources/audio/*.json: audio networks in the forms of plug-ins, with their input "x" (samples x channels) and output "y" in NAME.golden.json. PyTorch 1.13
makes those of torch's form and NAM's: python make_audio_goldens.py torch. Keras 3.15 on JAX makes RTNeural's: KERAS_BACKEND=jax python make_audio_goldens.py keras.
"""

import json
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent / "../resources/audio"
STEPS = 40
random = np.random.default_rng(26)


def rounded(array):
    """The shortest decimals that are the same float32, so that the files are small."""
    return [rounded(row) for row in array] if array.ndim else float(str(np.float32(array)))


def numbers(*shape, scale=1.0):
    return (random.normal(size=shape) * scale).astype("float32")


def save(name, network, x, y):
    (HERE / f"{name}.json").write_text(json.dumps(network))
    golden = {"x": rounded(x), "y": rounded(np.asarray(y, dtype="float32"))}
    (HERE / f"{name}.golden.json").write_text(json.dumps(golden))


def torch_networks():
    import torch

    torch.manual_seed(26)

    def run(name, unit, inputs, units, layers=1, outputs=1, skip=None, bias=True, names=("rec", "lin")):
        rec = getattr(torch.nn, unit)(inputs, units, layers, batch_first=True)
        lin = torch.nn.Linear(units, outputs, bias=bias)
        for weight in [*rec.parameters(), *lin.parameters()]:
            torch.nn.init.normal_(weight, std=0.4)
        x = numbers(STEPS, inputs)
        with torch.no_grad():
            y = lin(rec(torch.from_numpy(x)[None])[0])[0].numpy()
        state = {}
        for prefix, module in zip(names, (rec, lin)):
            state |= {f"{prefix}.{key}": rounded(value.numpy()) for key, value in module.state_dict().items()}
        if skip is None:
            return save(name, state, x, y)
        y = y + x[:, :1] if skip else y
        data = {"model": "SimpleRNN", "input_size": inputs, "skip": skip, "output_size": outputs, "unit_type": unit, "num_layers": layers, "hidden_size": units, "bias_fl": bias}
        save(name, {"model_data": data, "state_dict": state}, x, y)

    run("torch_lstm", "LSTM", 1, 5, names=("lstm", "dense"))
    run("torch_gru", "GRU", 1, 5, names=("gru", "dense"))
    run("torch_gru_two", "GRU", 2, 3, layers=2, outputs=2, names=("gru", "dense"))

    def stack(name, kind):
        """Two modules one after the other, the second of two layers."""
        make = getattr(torch.nn, kind.upper())
        model = torch.nn.ModuleDict({kind: make(1, 4, batch_first=True), kind + "2": make(4, 3, 2, batch_first=True), "dense": torch.nn.Linear(3, 1)})
        for weight in model.parameters():
            torch.nn.init.normal_(weight, std=0.4)
        x = numbers(STEPS, 1)
        with torch.no_grad():
            y = model["dense"](model[kind + "2"](model[kind](torch.from_numpy(x)[None])[0])[0])[0].numpy()
        save(name, {key: rounded(value.numpy()) for key, value in model.state_dict().items()}, x, y)

    def nam(name, inputs, units, layers, **config):
        """The states that it begins from are weights; all weights are in one list."""
        core, head = torch.nn.LSTM(inputs, units, layers, batch_first=True), torch.nn.Linear(units, config.get("out_channels", 1))
        for weight in [*core.parameters(), *head.parameters()]:
            torch.nn.init.normal_(weight, std=0.4)
        h, c = torch.randn(layers, units), torch.randn(layers, units)
        x = numbers(STEPS, inputs)
        with torch.no_grad():
            y = head(core(torch.from_numpy(x)[None], (h[:, None], c[:, None]))[0])[0].numpy()
        weights = []
        for i in range(layers):
            w = {key: getattr(core, f"{key}_l{i}").detach() for key in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
            weights += [torch.cat([w["weight_ih"], w["weight_hh"]], dim=1), w["bias_ih"] + w["bias_hh"], h[i], c[i]]
        weights += [head.weight, head.bias]
        flat = np.concatenate([each.detach().numpy().flatten() for each in weights])
        sizes = {"input_size": inputs, "hidden_size": units, "num_layers": layers, **config}
        network = {"version": "0.5.4", "metadata": {"loudness": -20.5, "gear_type": "amp", "date": {"year": 2024}}, "architecture": "LSTM", "config": sizes, "weights": rounded(flat), "sample_rate": 48000}
        save(name, network, x, y)

    stack("torch_lstm_stack", "lstm")
    stack("torch_gru_stack", "gru")
    nam("nam_one", 1, 5, 1)
    nam("nam_two", 2, 3, 2, in_channels=2, out_channels=2)
    run("guitarml_lstm_skip", "LSTM", 1, 6, skip=1)
    run("guitarml_gru_plain", "GRU", 1, 4, skip=0)
    run("guitarml_lstm_knobs", "LSTM", 3, 4, skip=1)
    run("guitarml_lstm_deep", "LSTM", 2, 3, layers=2, skip=1, bias=False)


def keras_networks():
    import keras

    layers = keras.layers

    def entry(layer, type_, activation, width, **more):
        weights = [rounded(np.asarray(w)) for w in layer.get_weights()]
        return {"type": type_, "activation": activation, "shape": [None, None, width], **more, "weights": weights}

    def run(name, inputs, stack, **around):
        model = keras.Sequential([keras.Input((None, inputs)), *[layer for layer, *_ in stack]])
        for weight in model.weights:
            values = numbers(*weight.shape, scale=0.4)
            weight.assign(np.abs(values) + 0.1 if "variance" in weight.path else values)
        x = numbers(STEPS, inputs)
        y = np.asarray(model(x[None]))[0]
        network = {"in_shape": [None, None, inputs], "layers": [entry(layer, *rest[:3], **(rest[3] if len(rest) > 3 else {})) for layer, *rest in stack]}
        if around:
            around = dict(around)
            if around.pop("batch", False):
                first = np.zeros_like(x)
                first[:, 0] = x[:, 0]
                z = np.asarray(model(first[None]))[0, :, 0] + around.get("in_skip", 0) * x[:, 0]
                around |= {"input_batch": rounded(x[:, 0]), "output_batch": rounded(z)}
            network |= around
            first = x.copy()
            first[:, 0] *= np.float32(10 ** (around.get("in_gain", 0) / 20))
            y = np.asarray(model(first[None]))[0] + around.get("in_skip", 0) * first[:, :1]
            y = y * np.float32(10 ** (around.get("out_gain", 0) / 20))
        save(name, network, x, y)

    lstm = layers.LSTM(5, return_sequences=True)
    run("rtneural_lstm", 1, [(lstm, "lstm", "tanh", 5), (layers.Dense(1), "dense", "", 1)])
    stack = [
        (layers.Dense(4, activation="elu"), "time-distributed-dense", "elu", 4),
        (layers.GRU(4, return_sequences=True), "gru", "tanh", 4),
        (layers.BatchNormalization(), "batchnorm", "", 4, {"epsilon": 0.001}),
        (layers.Activation("relu"), "activation", "relu", 4),
        (layers.Dense(3, activation="softmax"), "dense", "softmax", 3),
    ]
    run("rtneural_mixed", 2, stack)
    stack = [
        (layers.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="tanh"), "conv1d", "tanh", 4, {"kernel_size": [3], "dilation": [2]}),
        (layers.BatchNormalization(center=False, scale=False, epsilon=0.01), "batchnorm", "", 4, {"epsilon": 0.01}),
        (layers.Dense(2, activation="sigmoid", use_bias=False), "dense", "sigmoid", 2),
    ]
    run("rtneural_conv", 1, stack)
    recurrent = lambda: [(layers.LSTM(4, return_sequences=True), "lstm", "", 4), (layers.Dense(1), "dense", "", 1)]
    run("aida_plain", 1, recurrent(), batch=True, metadata={"name": "test", "samplerate": "48000"})
    run("aida_skip", 1, recurrent(), batch=True, in_skip=1, in_gain=-6.0, out_gain=3.0, samplerate=44100)
    run("aida_knob", 2, recurrent(), batch=True, in_skip=1, in_gain=2.5)


HERE.mkdir(exist_ok=True)
{"torch": torch_networks, "keras": keras_networks}[sys.argv[1]]()
