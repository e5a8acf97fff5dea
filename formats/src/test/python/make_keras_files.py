"""Writes the Keras files of src/test/resources/keras in every layout that Keras had, and the right answers.

The answers come from the equations in NumPy, in float64. Made with h5py 3.7 and NumPy 1.24:
    python3 make_keras_files.py
"""
import json
import pathlib
import zipfile

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent.parent / "resources" / "keras"
FEATURES, UNITS, STEPS, BATCH = 2, 3, 5, 4
random = np.random.RandomState(20)


# The equations.


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "hard_sigmoid_2": lambda x: np.clip(0.2 * x + 0.5, 0, 1),
    "hard_sigmoid_3": lambda x: np.clip(x / 6 + 0.5, 0, 1),
}


def lstm(x, weights, recurrent="sigmoid", activation="tanh", sequences=False, backwards=False):
    kernel, recurrent_kernel, bias = (w.astype(np.float64) for w in weights)
    r, a = ACTIVATIONS[recurrent], ACTIVATIONS[activation]
    h = np.zeros((len(x), len(recurrent_kernel)))
    c = np.zeros_like(h)
    outputs = []
    for t in range(x.shape[1])[:: -1 if backwards else 1]:
        i, f, g, o = np.split(x[:, t] @ kernel + h @ recurrent_kernel + bias, 4, axis=1)
        c = r(f) * c + r(i) * a(g)
        h = r(o) * a(c)
        outputs.append(h)
    return np.stack(outputs, 1) if sequences else h


def dense(x, weights, activation="linear"):
    kernel, bias = (w.astype(np.float64) for w in weights)
    return ACTIVATIONS[activation](x @ kernel + bias)


def both_ways(x, forward, backward, sequences=False):
    ahead = lstm(x, forward, sequences=sequences)
    back = lstm(x, backward, sequences=sequences, backwards=True)
    return np.concatenate([ahead, back[:, ::-1] if sequences else back], -1)


def convolution(x, weights, padding, strides=1, dilation=1):
    kernel, bias = (w.astype(np.float64) for w in weights)
    reach = dilation * (len(kernel) - 1)
    before, after = {"valid": (0, 0), "causal": (reach, 0), "same": (reach // 2, reach - reach // 2)}[padding]
    x = np.pad(x, ((0, 0), (before, after), (0, 0)))
    starts = range(0, x.shape[1] - reach, strides)
    return np.stack([sum(x[:, t + k * dilation] @ kernel[k] for k in range(len(kernel))) + bias for t in starts], 1)


# Weights.


def draw(*shape, dtype="<f4"):
    return random.uniform(-0.8, 0.8, shape).astype(dtype)


def lstm_weights(features=FEATURES, units=UNITS, dtype="<f4"):
    return [draw(features, 4 * units, dtype=dtype), draw(units, 4 * units, dtype=dtype), draw(4 * units, dtype=dtype)]


def dense_weights(features=UNITS, units=1, dtype="<f4"):
    return [draw(features, units, dtype=dtype), draw(units, dtype=dtype)]


def keras1_lstm(weights):
    """Twelve arrays: W, U and b of the input gate, the candidate, the forget gate, the output gate."""
    gates = [np.split(w, 4, axis=-1) for w in weights]
    return [gates[kind][gate] for gate in (0, 2, 1, 3) for kind in range(3)]


def cudnn_lstm(weights):
    kernel, recurrent_kernel, bias = weights
    halves = draw(*bias.shape)
    return [
        # The inverse of k.T.reshape(k.shape, order="F"), which is what Keras does to read it.
        np.hstack([k.reshape(k.shape[::-1], order="F").T for k in np.hsplit(kernel, 4)]),
        np.hstack([k.T for k in np.hsplit(recurrent_kernel, 4)]),
        np.concatenate([bias - halves, halves]),
    ]


# Files.


def fixed(text):
    return np.bytes_(text.encode())


def variable(text):
    return text


def attribute(target, name, texts, kind):
    if not texts:
        target.attrs[name] = np.zeros((0,), "<f8")
    elif kind is fixed:
        target.attrs[name] = np.array([text.encode() for text in texts])
    else:
        target.attrs.create(name, texts, dtype=h5py.string_dtype())


def write_layers(group, layers, kind=fixed, split=False, **options):
    """layers: (name, [(weight name, array)])"""

    def names(target, name, texts):
        if split and len(texts) > 1:
            attribute(target, name + "0", texts[:1], kind)
            attribute(target, name + "1", texts[1:], kind)
        else:
            attribute(target, name, texts, kind)

    names(group, "layer_names", [name for name, _ in layers])
    for name, weights in layers:
        inner = group.create_group(name)
        names(inner, "weight_names", [weight for weight, _ in weights])
        for weight, array in weights:
            inner.create_dataset(weight, data=array, **options)


def write_model(name, config, layers, version, kind=fixed, **options):
    with h5py.File(HERE / f"{name}.h5", "w") as file:
        file.attrs["model_config"] = kind(json.dumps(config))
        file.attrs["backend"] = kind("tensorflow")
        group = file.create_group("model_weights")
        if version:
            file.attrs["keras_version"] = kind(version)
            group.attrs["keras_version"] = kind(version)
        write_layers(group, layers, kind, **options)


def expected(name, array):
    np.save(HERE / f"{name}.npy", np.asarray(array, "<f4" if array.dtype == np.float32 else "<f8"))


def named(prefix, arrays, names=("kernel", "recurrent_kernel", "bias"), suffix=":0"):
    return [(prefix + name + suffix, array) for name, array in zip(names, arrays)]


def dense_named(prefix, arrays, suffix=":0"):
    return named(prefix, arrays, ("kernel", "bias"), suffix)


def layer(kind, name, **config):
    return {"class_name": kind, "config": {"name": name, "trainable": True, **config}}


def keras3(entry):
    return {"module": "keras.layers", "registered_name": None, **entry, "build_config": {"input_shape": [None]}}


def input2(name="lstm_input", steps=None):
    return layer("InputLayer", name, batch_input_shape=[None, steps, FEATURES], dtype="float32", sparse=False)


def input3(name="input_layer", steps=None):
    return keras3(layer("InputLayer", name, batch_shape=[None, steps, FEATURES], dtype="float32", sparse=False))


def sequential(layers, name="sequential", **more):
    return {"class_name": "Sequential", "config": {"name": name, "layers": layers, **more}}


x = draw(BATCH, STEPS, FEATURES)
expected("x", x)
X = x.astype(np.float64)


def keras_1():
    first, last = lstm_weights(), dense_weights()
    config = {
        "class_name": "Sequential",
        "config": [
            layer(
                "LSTM", "lstm_1", output_dim=UNITS, activation="tanh", inner_activation="hard_sigmoid",
                batch_input_shape=[None, STEPS, FEATURES], input_dim=FEATURES, input_length=STEPS, init="glorot_uniform",
                inner_init="orthogonal", forget_bias_init="one", return_sequences=False, go_backwards=False,
                stateful=False, unroll=False, consume_less="cpu", W_regularizer=None, dropout_W=0.0, dropout_U=0.0,
            ),
            layer("Dense", "dense_1", output_dim=1, input_dim=None, activation="linear", bias=True, init="uniform"),
            layer("Activation", "activation_1", activation="sigmoid"),
        ],
    }
    names = [f"lstm_1_{kind}_{gate}" for gate in "icfo" for kind in "WUb"]
    layers = [
        ("lstm_1", list(zip(names, keras1_lstm(first)))),
        ("dense_1", [("dense_1_W", last[0]), ("dense_1_b", last[1])]),
        ("activation_1", []),
    ]
    write_model("keras1", config, layers, None)
    expected("keras1", dense(lstm(X, first, "hard_sigmoid_2"), last, "sigmoid"))


def keras_2():
    """2.2: no recurrent_activation in the first, which then meant hard_sigmoid; a layer without weights."""
    first, second, last = lstm_weights(), lstm_weights(UNITS, 2), dense_weights(2, 3)
    config = sequential([
        layer("LSTM", "lstm_1", units=UNITS, activation="tanh", use_bias=True, return_sequences=True, unit_forget_bias=True,
              batch_input_shape=[None, STEPS, FEATURES], dtype="float32", implementation=1),
        layer("LSTM", "lstm_2", units=2, activation="relu", recurrent_activation="sigmoid", go_backwards=True),
        layer("Activation", "activation_1", activation="linear"),
        layer("Dense", "dense_1", units=3, activation="relu", use_bias=True),
    ])
    layers = [
        ("lstm_1", named("lstm_1/", first)),
        ("lstm_2", named("lstm_2/", second)),
        ("activation_1", []),
        ("dense_1", dense_named("dense_1/", last)),
    ]
    write_model("keras2", config, layers, "2.2.4")
    hidden = lstm(lstm(X, first, "hard_sigmoid_2", sequences=True), second, activation="relu", backwards=True)
    expected("keras2", dense(hidden, last, "relu"))


def keras_2_variable():
    """2.4: strings of variable length, float64 weights in compressed chunks, an explicit input layer."""
    first, last = lstm_weights(dtype="<f8"), dense_weights(dtype="<f8")
    config = sequential([
        input2(), layer("LSTM", "lstm", units=UNITS, time_major=False), layer("Dense", "dense", units=1),
    ])
    layers = [
        ("lstm_input", []),
        ("lstm", named("lstm/lstm_cell/", first)), ("dense", dense_named("dense/", last))]
    write_model("keras2_variable", config, layers, "2.4.0", variable, chunks=True, compression="gzip", shuffle=True)
    expected("keras2_variable", dense(lstm(X, first), last))


def keras_3():
    first, last = lstm_weights(), dense_weights()
    config = sequential([
        input3(),
        keras3(layer("LSTM", "lstm", units=UNITS, activation="tanh", recurrent_activation="hard_sigmoid", return_sequences=True,
                     zero_output_for_mask=False, dtype={"class_name": "DTypePolicy", "config": {"name": "float32"}})),
        keras3(layer("Dense", "dense", units=1, activation={"module": "builtins", "class_name": "function",
                                                           "config": "sigmoid", "registered_name": "function"})),
    ])
    config["module"] = "keras"
    layers = [
        ("lstm", named("sequential/lstm/lstm_cell/", first, suffix="")),
        ("dense", dense_named("sequential/dense/", last, suffix="")),
    ]
    write_model("keras3", config, layers, "3.3.3", variable)
    with h5py.File(HERE / "keras3.h5", "a") as file:
        top = file["model_weights"].create_group("top_level_model_weights")
        top.attrs["weight_names"] = np.zeros((0,), "<f8")
    expected("keras3", dense(lstm(X, first, "hard_sigmoid_3", sequences=True), last, "sigmoid"))


def split():
    """Lists of names that did not fit one attribute."""
    first, last = lstm_weights(), dense_weights()
    config = sequential([
        layer("LSTM", "lstm", units=UNITS, recurrent_activation="sigmoid", batch_input_shape=[None, None, FEATURES]),
        layer("Dense", "dense", units=1, activation="tanh"),
    ])
    layers = [("lstm", named("lstm/", first)), ("dense", dense_named("dense/", last))]
    write_model("split", config, layers, "2.3.1", split=True)
    expected("split", dense(lstm(X, first), last, "tanh"))


def weights_only():
    """save_weights in float16, beside to_json."""
    first, last = lstm_weights(dtype="<f2"), dense_weights(dtype="<f2")
    config = sequential([
        layer("LSTM", "lstm_1", units=UNITS, recurrent_activation="sigmoid", batch_input_shape=[None, None, FEATURES]),
        layer("TimeDistributed", "time_distributed_1", layer=layer("Dense", "dense_1", units=1)),
    ])
    config["config"]["layers"][0]["config"]["return_sequences"] = True
    config.update(keras_version="2.2.4", backend="tensorflow")
    (HERE / "weights_only.json").write_text(json.dumps(config) + "\n")
    layers = [("lstm_1", named("lstm_1/", first)), ("time_distributed_1", dense_named("time_distributed_1/", last))]
    with h5py.File(HERE / "weights_only.h5", "w") as file:
        file.attrs["keras_version"] = fixed("2.2.4")
        write_layers(file, layers)
    expected("weights_only", dense(lstm(X, first, sequences=True), last))


def functional_2():
    """The layers of a chain, not in its order."""
    first, last = lstm_weights(), dense_weights()
    entries = [
        dict(input2("input_1"), name="input_1", inbound_nodes=[]),
        dict(layer("Dense", "out", units=1), name="out", inbound_nodes=[[["lstm", 0, 0, {}]]]),
        dict(layer("LSTM", "lstm", units=UNITS), name="lstm", inbound_nodes=[[["input_1", 0, 0, {}]]]),
    ]
    config = {"class_name": "Functional", "config": {
        "name": "model", "layers": entries, "input_layers": [["input_1", 0, 0]], "output_layers": [["out", 0, 0]]}}
    layers = [("input_1", []), ("lstm", named("lstm/lstm_cell/", first)), ("out", dense_named("out/", last))]
    write_model("functional2", config, layers, "2.6.0", variable)
    expected("functional2", dense(lstm(X, first), last))


def functional_3():
    first, last = lstm_weights(), dense_weights()

    def node(name, *shape):
        tensor = {"class_name": "__keras_tensor__",
                  "config": {"shape": [None, *shape], "dtype": "float32", "keras_history": [name, 0, 0]}}
        return [{"args": [tensor], "kwargs": {"training": False, "mask": None}}]

    entries = [
        dict(input3("in"), name="in", inbound_nodes=[]),
        dict(keras3(layer("LSTM", "lstm", units=UNITS)), name="lstm", inbound_nodes=node("in", None, FEATURES)),
        dict(keras3(layer("Dense", "out", units=1)), name="out", inbound_nodes=node("lstm", UNITS)),
    ]
    config = {"module": "keras.src.models.functional", "class_name": "Functional", "config": {
        "name": "functional", "trainable": True, "layers": entries,
        "input_layers": ["in", 0, 0], "output_layers": ["out", 0, 0]}}
    layers = [("in", []), ("lstm", named("lstm/lstm_cell/", first, suffix="")), ("out", dense_named("out/", last, suffix=""))]
    write_model("functional3", config, layers, "3.6.0", variable)
    expected("functional3", dense(lstm(X, first), last))


def cudnn():
    first = lstm_weights()
    config = sequential([
        layer("CuDNNLSTM", "cu_dnnlstm_1", units=UNITS, batch_input_shape=[None, STEPS, FEATURES], return_sequences=True)])
    write_model("cudnn", config, [("cu_dnnlstm_1", named("cu_dnnlstm_1/", cudnn_lstm(first)))], "2.2.4")
    expected("cudnn", lstm(X, first, sequences=True))


def write_archive(name, config, version, variables, container="layers"):
    """variables: path of a layer's variables -> arrays"""
    with h5py.File(HERE / "aside.h5", "w") as file:
        file.create_group("vars")
        for path, arrays in variables.items():
            group = file.create_group(f"{container}/{path}/vars")
            for i, array in enumerate(arrays):
                group.create_dataset(str(i), data=array)
    with zipfile.ZipFile(HERE / f"{name}.keras", "w") as archive:
        contents = {
            "metadata.json": json.dumps({"keras_version": version, "date_saved": "2025-01-01@00:00:00"}),
            "config.json": json.dumps(config),
            "model.weights.h5": (HERE / "aside.h5").read_bytes(),
        }
        for entry, text in contents.items():
            archive.writestr(zipfile.ZipInfo(entry, (1980, 1, 1, 0, 0, 0)), text)
    (HERE / "aside.h5").unlink()


def archive():
    first, second, between, last = lstm_weights(), lstm_weights(UNITS), dense_weights(3, 3), dense_weights()
    config = sequential([
        input3(),
        keras3(layer("LSTM", "encoder", units=UNITS, return_sequences=True)),
        keras3(layer("TimeDistributed", "mix", layer=keras3(layer("Dense", "dense", units=3, activation="relu")))),
        keras3(layer("LSTM", "decoder", units=UNITS, go_backwards=True)),
        keras3(layer("Dense", "dense_1", units=1)),
    ])
    variables = {"lstm": [], "lstm/cell": first, "time_distributed/layer": between, "lstm_1/cell": second, "dense": last}
    write_archive("archive", config, "3.9.2", variables)
    hidden = dense(lstm(X, first, sequences=True), between, "relu")
    expected("archive", dense(lstm(hidden, second, backwards=True), last))


def archive_2():
    first, last = lstm_weights(), dense_weights()
    config = sequential([
        input2(), layer("LSTM", "lstm_7", units=UNITS, recurrent_activation="hard_sigmoid"), layer("Dense", "dense_9", units=1)])
    variables = {"lstm/cell": first, "dense": last}
    write_archive("archive2", config, "2.13.1", variables, "_layer_checkpoint_dependencies")
    expected("archive2", dense(lstm(X, first, "hard_sigmoid_2"), last))


ids = np.array([[3, 1, 4, 1, 5], [2, 6, 0, 0, 0], [5, 3, 5, 0, 0], [1, 0, 0, 0, 0]])
expected("ids", ids.astype(np.float64))


def text_weights():
    return draw(7, 2), lstm_weights(), lstm_weights(), dense_weights(2 * UNITS)


def text_layers():
    return [
        layer("Embedding", "embedding", input_dim=7, output_dim=2, mask_zero=True, batch_input_shape=[None, None]),
        layer("Bidirectional", "both", merge_mode="concat", layer=layer("LSTM", "lstm", units=UNITS)),
        layer("Dropout", "dropout", rate=0.5),
        layer("Dense", "dense", units=1, activation="sigmoid"),
    ]


def text_answers(table, forward, backward, last):
    table = table.astype(np.float64)
    hidden = [both_ways(table[row[row != 0]][None], forward, backward)[0] for row in ids]
    return dense(np.stack(hidden), last, "sigmoid")


def text():
    table, forward, backward, last = weights = text_weights()
    layers = [
        ("embedding", [("embedding/embeddings:0", table)]),
        ("both", named("both/forward_lstm/lstm_cell_1/", forward) + named("both/backward_lstm/lstm_cell_2/", backward)),
        ("dropout", []),
        ("dense", dense_named("dense/", last)),
    ]
    write_model("text", sequential(text_layers()), layers, "2.8.0")
    expected("text", text_answers(*weights))


def text_archive():
    table, forward, backward, last = weights = text_weights()
    variables = {
        "embedding": [table], "bidirectional": [], "bidirectional/forward_layer/cell": forward,
        "bidirectional/backward_layer/cell": backward, "dropout": [], "dense": last}
    write_archive("text_archive", sequential(list(map(keras3, text_layers()))), "3.8.0", variables)
    expected("text_archive", text_answers(*weights))


def text_1():
    """Keras 1: the names of the time, and 24 arrays in both ways."""
    table, forward, backward, last = weights = text_weights()
    config = {"class_name": "Sequential", "config": [
        layer("Embedding", "embedding_1", input_dim=7, output_dim=2, mask_zero=True, input_length=None, dropout=0.0),
        layer("Bidirectional", "both", merge_mode="concat", layer=layer(
            "LSTM", "lstm_1", output_dim=UNITS, inner_activation="sigmoid")),
        layer("Dropout", "dropout_1", p=0.5),
        layer("Dense", "dense_1", output_dim=1, activation="sigmoid", bias=True),
    ]}
    arrays = keras1_lstm(forward) + keras1_lstm(backward)
    layers = [
        ("embedding_1", [("embedding_1_W", table)]),
        ("both", [(f"both_{i}", array) for i, array in enumerate(arrays)]),
        ("dropout_1", []),
        ("dense_1", [("dense_1_W", last[0]), ("dense_1_b", last[1])]),
    ]
    write_model("text1", config, layers, "1.2.2")
    expected("text1", text_answers(*weights))


def convolutions():
    first, second, between, last = [draw(3, FEATURES, 4), draw(4)], [draw(2, 4, 2), draw(2)], lstm_weights(2), dense_weights(15)
    config = sequential([
        layer("Conv1D", "conv1d", filters=4, kernel_size=[3], strides=[1], padding="same", dilation_rate=[1], groups=1,
              data_format="channels_last", activation="relu", batch_input_shape=[None, STEPS, FEATURES]),
        layer("SpatialDropout1D", "spatial_dropout1d", rate=0.2),
        layer("Conv1D", "conv1d_1", filters=2, kernel_size=[2], strides=[1], padding="causal", dilation_rate=[2]),
        layer("LSTM", "lstm", units=UNITS, return_sequences=True),
        layer("Permute", "permute", dims=[2, 1]),
        layer("Reshape", "reshape", target_shape=[5, -1]),
        layer("Flatten", "flatten", data_format="channels_last"),
        layer("Dense", "dense", units=1),
    ])
    layers = [
        ("conv1d", dense_named("conv1d/", first)), ("conv1d_1", dense_named("conv1d_1/", second)),
        ("lstm", named("lstm/lstm_cell/", between)), ("dense", dense_named("dense/", last))]
    write_model("convolutions", config, layers, "2.8.0")
    hidden = ACTIVATIONS["relu"](convolution(X, first, "same"))
    hidden = lstm(convolution(hidden, second, "causal", dilation=2), between, sequences=True)
    expected("convolutions", dense(hidden.transpose(0, 2, 1).reshape(BATCH, -1), last))


def masking():
    lengths = [5, 2, 0, 3]
    padded = X.copy()
    for row, length in zip(padded, lengths):
        row[length:] = -1
    expected("padded", padded.astype("<f4"))
    first = lstm_weights()
    config = sequential([
        layer("Masking", "masking", mask_value=-1.0, batch_input_shape=[None, None, FEATURES]),
        layer("GaussianNoise", "gaussian_noise", stddev=0.1),
        layer("Bidirectional", "both", merge_mode="sum", layer=layer("LSTM", "lstm", units=UNITS)),
    ])
    second = lstm_weights()
    layers = [("both", named("both/forward_lstm/", first) + named("both/backward_lstm/", second))]
    write_model("masking", config, layers, "2.9.0")
    halves = [both_ways(row[None, :length], first, second)[0] if length else np.zeros(2 * UNITS)
              for row, length in zip(padded, lengths)]
    expected("masking", np.stack(halves)[:, :UNITS] + np.stack(halves)[:, UNITS:])


def others():
    with h5py.File(HERE / "not_keras.h5", "w") as file:
        file.create_dataset("temperature", data=np.zeros(3, "<f4"))


if __name__ == "__main__":
    keras_1()
    keras_2()
    keras_2_variable()
    keras_3()
    split()
    weights_only()
    functional_2()
    functional_3()
    cudnn()
    archive()
    archive_2()
    text()
    text_archive()
    text_1()
    convolutions()
    masking()
    others()
