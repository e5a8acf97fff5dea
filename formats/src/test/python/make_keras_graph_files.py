"""Makes ../resources/keras3/graphs.zip with Keras itself: KERAS_BACKEND=jax python make_keras_graph_files.py (Keras 3.15.1).

A folder a model that is no chain: the model as model.keras, model.h5, and model.weights.h5 beside model.json; its inputs x0.npy, x1.npy, ...
in the model's order, and Keras's own answers y0.npy, y1.npy, ... in its order. Folders below refused/ have the model alone.
keras2.json is the config of encoder_decoder as Keras 2 wrote it; its weights are the same.
"""

import io
import json
import os
import tempfile
import zipfile
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from keras import layers as L

HERE = Path(__file__).parent / "../resources/keras3"
random = np.random.default_rng(15)
archive = zipfile.ZipFile(HERE / "graphs.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9)


def put(name, data):
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def array(values):
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def numbers(*shape):
    return random.normal(size=shape).astype("float32")


def ids(*shape):
    """Token ids below 9, with padding 0 after one sample's end and before another's begin."""
    made = random.integers(1, 9, shape).astype("int32")
    made[1, -2:] = made[2, :2] = 0
    return made


def save(name, inputs, outputs, *x):
    model = keras.Model(inputs, outputs)
    for weight in model.weights:
        weight.assign(random.normal(size=weight.shape, scale=0.5))
    forms = ["model.keras", "model.h5"] if x else []
    with tempfile.TemporaryDirectory() as folder:
        for file in forms:
            model.save(f"{folder}/{file}")
        model.save_weights(f"{folder}/model.weights.h5")
        for file in [*forms, "model.weights.h5"]:
            put(f"{name}/{file}", Path(folder, file).read_bytes())
    put(f"{name}/model.json", model.to_json())
    y = answers(model, x) if x else []
    for kind, arrays in ("x", x), ("y", y):
        for i, values in enumerate(arrays):
            put(f"{name}/{kind}{i}.npy", array(values))


def answers(model, x):
    """In the order of the config."""
    y = model.predict(dict(zip([each.name for each in model.inputs], x)), verbose=0)
    if isinstance(y, dict):
        return [y[name] for name in json.loads(model.to_json())["config"]["output_layers"]]
    return y if isinstance(y, list) else [y]


def sequences(name, steps=None, features=2):
    return keras.Input((steps, features), name=name)


def words(name, length=None):
    return keras.Input((length,), dtype="int32", name=name)


def merged():
    a, b = sequences("sensors", features=3), keras.Input((4,), name="static")
    both = L.Concatenate()([L.LSTM(5)(a), b])
    save("two_inputs", [a, b], L.Dense(2, name="load")(L.Dropout(0.3)(both)), numbers(3, 7, 3), numbers(3, 4))

    x = sequences("x", 7, 3)
    low = L.LSTM(3, return_sequences=True)(x)
    high = L.LSTM(4, name="high")(L.Add()([x, low]))
    save("skip", x, [high, L.Dense(2, activation="softmax", name="kind")(high)], numbers(3, 7, 3))

    a, b = sequences("a", 5), sequences("b", 4)
    shared = L.LSTM(4, return_sequences=True)
    joined = L.Concatenate(axis=1)([shared(a), shared(b)])
    save("shared", [a, b], L.GRU(3)(joined), numbers(3, 5, 2), numbers(3, 4, 2))

    x = sequences("x")
    dense = L.Dense(4, name="plain")(x)
    active = L.Activation("relu", name="active")(L.Dense(4, name="before")(x))
    product = L.Multiply()([dense, active, L.Dense(4)(x)])
    save("activation", x, [L.SimpleRNN(3)(product), L.Activation("softmax", name="shares")(dense)], numbers(3, 5, 2))

    x = sequences("x", 4, 3)
    flat = L.Dense(3)(L.Flatten()(L.Permute((2, 1))(x)))
    repeated = L.Average()([L.RepeatVector(4)(flat), x])
    save("rearranged", x, L.Concatenate(axis=2)([repeated, L.Reshape((4, 3))(L.Flatten()(x))]), numbers(3, 4, 3))

    a, b = sequences("z"), sequences("a")
    save("names", {"a": b, "z": a}, {"second": L.LSTM(2, name="q")(a), "first": L.LSTM(3, name="p")(b)}, numbers(3, 5, 2), numbers(3, 4, 2))


def masked():
    for name, merge, one, other in (
        ("multiply_masks", L.Multiply(), True, True),
        ("multiply_one_mask", L.Multiply(), True, False),
        ("average_masks", L.Average(), True, True),
        ("average_one_mask", L.Average(), False, True),
        ("concatenate_masks", L.Concatenate(), True, True),
        ("concatenate_one_mask", L.Concatenate(), True, False),
        ("concatenate_masks_in_time", L.Concatenate(axis=1), True, True),
        ("concatenate_one_mask_in_time", L.Concatenate(axis=1), True, False),
    ):
        a, b = words("a"), words("b")
        both = merge([L.Embedding(9, 3, mask_zero=one)(a), L.Embedding(9, 3, mask_zero=other)(b)])
        y = L.Dense(2)(L.LSTM(3, return_sequences=True)(both))
        x = ids(4, 6), ids(4, 6)
        x[1][3, :3] = 0
        save(name, [a, b], [y, L.Bidirectional(L.GRU(2))(both)], *x)

    x = sequences("x")
    padded = numbers(3, 6, 2)
    padded[1, 4:] = padded[2, :3] = 0.5
    hidden = L.Masking(0.5)(x)
    low = L.LSTM(2, return_sequences=True)(hidden)
    save("masking", x, [L.LSTM(3)(L.Add()([hidden, low])), L.LSTM(2)(L.Concatenate()([x, low]))], padded)


def states():
    x, d = sequences("x", 7, 3), sequences("d", 5)
    _, h, c = L.LSTM(4, return_state=True, name="encoder")(x)
    y = L.LSTM(4, return_sequences=True, name="decoder")(d, initial_state=[h, c])
    save("encoder_decoder", [x, d], L.Dense(2, name="out")(y), numbers(3, 7, 3), numbers(3, 5, 2))

    x, d = sequences("x"), sequences("d")
    _, fh, fc, bh, bc = L.Bidirectional(L.LSTM(3, return_state=True), name="both")(x)
    y = L.LSTM(6, return_sequences=True)(d, initial_state=[L.Concatenate()([fh, bh]), L.Concatenate()([fc, bc])])
    save("bidirectional_encoder", [x, d], L.Dense(2)(y), numbers(3, 6, 2), numbers(3, 5, 2))

    x, d = sequences("x"), sequences("d")
    _, fh, fc, bh, bc = L.Bidirectional(L.LSTM(3, return_state=True), name="both")(x)
    y = L.Bidirectional(L.LSTM(3), merge_mode="sum", name="y")(d, initial_state=[fh, fc, bh, bc])
    save("bidirectional_states", [x, d], [y, bc, fc, fh, bh], numbers(3, 6, 2), numbers(3, 5, 2))

    for cell, name in (L.GRU, "gru"), (L.SimpleRNN, "rnn"):
        x, d = sequences("x"), sequences("d")
        y, h = cell(3, return_state=True, return_sequences=True, name="encoder")(x)
        one = cell(3, name="one")(d, initial_state=h)
        save(f"{name}_states", [x, d], [y, one, cell(3, name="list")(d, initial_state=[h])], numbers(3, 6, 2), numbers(3, 5, 2))
        x, d = sequences("x"), sequences("d")
        _, f, b = L.Bidirectional(cell(3, return_state=True))(x)
        save(f"{name}_both", [x, d], L.Bidirectional(cell(3))(d, initial_state=[f, b]), numbers(3, 6, 2), numbers(3, 5, 2))

    x, h, c = sequences("x"), keras.Input((3,), name="h"), keras.Input((3,), name="c")
    y = L.LSTM(3, return_sequences=True, return_state=True, name="step")(x, initial_state=[h, c])
    save("states_in_and_out", [x, h, c], list(y), numbers(3, 4, 2), numbers(3, 3), numbers(3, 3))

    # The encoder heeds its mask. Keras 3 hands none to a decoder that is given its states.
    x, d = words("x"), words("d")
    _, h, c = L.LSTM(4, return_state=True)(L.Embedding(9, 3, mask_zero=True)(x))
    y = L.LSTM(4, return_sequences=True)(L.Embedding(9, 2, mask_zero=True)(d), initial_state=[h, c])
    save("translation", [x, d], L.Dense(9, activation="softmax")(y), ids(3, 6), ids(3, 5))

    x, d = words("x"), words("d")
    _, h, c = L.LSTM(4, return_state=True)(L.Embedding(9, 3, mask_zero=True)(x))
    embedding = L.Embedding(9, 2, mask_zero=True)
    y = L.LSTM(4, return_sequences=True)(embedding(d), initial_state=[h, c], mask=embedding.compute_mask(d))
    save("translation_with_mask", [x, d], L.LSTM(2)(y), ids(3, 6), ids(3, 5))


def refused():
    x = sequences("x", 4)
    save("refused/operation", x, x + L.Dense(2)(x))
    save("refused/subtract", x, L.Subtract()([x, L.Dense(2)(x)]))
    save("refused/dot", x, L.Dot(axes=2)([x, L.Dense(2)(x)]))
    save("refused/broadcast", x, L.Add()([x, L.RepeatVector(1)(L.LSTM(2)(x))]))
    save("refused/axis", x, L.Concatenate(axis=0)([x, L.Dense(2)(x)]))
    save("refused/training", x, L.Add()([x, L.Dropout(0.5)(x, training=True)]))
    image = keras.Input((4, 4, 2), name="image")
    save("refused/axes", [image, x], [L.Dense(2)(image), L.LSTM(2)(x)])

    a = words("a")
    embedded = L.Embedding(9, 3, mask_zero=True, name="words")(a)
    other = L.LSTM(2, name="reader")(embedded, mask=keras.ops.not_equal(a, 7))
    save("refused/other_mask", a, L.Add()([other, L.LSTM(2)(embedded)]))
    _, h, c = L.LSTM(3, return_state=True)(embedded)
    save("refused/half_heeded", a, L.LSTM(3, name="decoder")(embedded, initial_state=[h, c]))
    hidden = L.Masking(name="masking")(x)
    save("refused/masking_unheeded", x, L.GRU(2, name="decoder")(hidden, initial_state=L.Dense(2)(L.LSTM(2)(x))))


def keras_2():
    """The encoder_decoder of Keras 2: states follow the input of the call."""

    def layer(kind, name, nodes, **config):
        return {"class_name": kind, "config": {"name": name, "trainable": True, "dtype": "float32", **config}, "name": name, "inbound_nodes": nodes}

    def lstm(name, nodes, **config):
        gates = {"activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": True, "unit_forget_bias": True, "time_major": False}
        return layer("LSTM", name, nodes, units=4, **gates, **config)

    entries = [
        layer("InputLayer", "x", [], batch_input_shape=[None, 7, 3], sparse=False, ragged=False),
        layer("InputLayer", "d", [], batch_input_shape=[None, 5, 2], sparse=False, ragged=False),
        lstm("encoder", [[["x", 0, 0, {}]]], return_sequences=False, return_state=True),
        lstm("decoder", [[["d", 0, 0, {}], ["encoder", 0, 1, {}], ["encoder", 0, 2, {}]]], return_sequences=True, return_state=False),
        layer("Dense", "out", [[["decoder", 0, 0, {}]]], units=2, activation="linear", use_bias=True),
    ]
    config = {"name": "model", "trainable": True, "layers": entries, "input_layers": [["x", 0, 0], ["d", 0, 0]], "output_layers": [["out", 0, 0]]}
    put("encoder_decoder/keras2.json", json.dumps({"class_name": "Functional", "config": config, "keras_version": "2.11.0", "backend": "tensorflow"}))


for made in merged, masked, states, refused, keras_2:
    keras.utils.clear_session()
    keras.utils.set_random_seed(15)
    random = np.random.default_rng(15)
    made()
archive.close()
