"""Makes ../resources/keras3/nested.zip with Keras itself: KERAS_BACKEND=jax python make_keras_nested_files.py (Keras 3.15.1).

A folder a model with models inside it: the model as model.keras, model.h5, and model.weights.h5 beside model.json; its inputs x0.npy, x1.npy, ..
in the model's order, and Keras's own answers y0.npy, y1.npy, ..
"""

import io
import os
import tempfile
import zipfile
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from keras import layers as L

HERE = Path(__file__).parent / "../resources/keras3"
random = np.random.default_rng(31)
archive = zipfile.ZipFile(HERE / "nested.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9)


def put(name, data):
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def array(values):
    file = io.BytesIO()
    np.save(file, np.asarray(values))
    return file.getvalue()


def numbers(*shape):
    return random.normal(size=shape).astype("float32")


def ids(*shape):
    made = random.integers(1, 9, shape).astype("int32")
    made[1, -2:] = made[2, :2] = 0
    return made


def save(name, model, *x):
    for weight in model.weights:
        weight.assign(abs(random.normal(size=weight.shape)) + 0.3 if "variance" in weight.path else random.normal(size=weight.shape, scale=0.5))
    with tempfile.TemporaryDirectory() as folder:
        model.save(f"{folder}/model.keras")
        model.save(f"{folder}/model.h5")
        model.save_weights(f"{folder}/model.weights.h5")
        for file in ["model.keras", "model.h5", "model.weights.h5"]:
            put(f"{name}/{file}", Path(folder, file).read_bytes())
    put(f"{name}/model.json", model.to_json())
    y = model.predict(x[0] if len(x) == 1 else list(x), verbose=0)
    for kind, arrays in ("x", x), ("y", y if isinstance(y, list) else [y]):
        for i, values in enumerate(arrays):
            put(f"{name}/{kind}{i}.npy", array(values))


# A chain inside a graph that is a chain.
inner = keras.Sequential([keras.Input((4,)), L.Dense(3, activation="tanh"), L.BatchNormalization(), L.Dense(3, "softmax")], name="inner")
x = keras.Input((5, 3), name="x")
save("sequential", keras.Model(x, L.Dense(2, name="end")(inner(L.LSTM(4, name="reader")(x)))), numbers(3, 5, 3))

# A graph with two outputs, called twice.
xi = keras.Input((3,), name="xi")
two = keras.Model(xi, [L.Dense(2, name="a")(xi), L.Dense(2, name="b")(L.Dense(3, name="of_b")(xi))], name="two")
x = keras.Input((5, 3), name="x")
h = L.LSTM(3, name="reader")(x)
a, b = two(h)
c, d = two(L.Dense(3, name="again")(h))
save("functional", keras.Model(x, [L.Add(name="s")([a, d]), L.Multiply(name="t")([b, c])]), numbers(3, 5, 3))

# Chains inside a chain, one of them in another.
deepest = keras.Sequential([L.Dense(3), L.LayerNormalization()], name="deepest")
first = keras.Sequential([L.Bidirectional(L.LSTM(2, return_sequences=True)), deepest], name="first")
save("chains", keras.Sequential([keras.Input((5, 3)), first, L.GRU(3), keras.Sequential([L.Dense(2)], name="last")]), numbers(3, 5, 3))

# A graph with branches inside a chain, whose parts training leaves alone.
xi = keras.Input((None, 3), name="xi")
frozen = L.Dense(3, name="frozen")
frozen.trainable = False
branches = keras.Model(xi, L.Add(name="sum")([frozen(xi), L.BatchNormalization(name="norm")(L.Dense(3, name="free")(xi))]), name="branches")
save("branches", keras.Sequential([keras.Input((None, 3)), branches, L.LSTM(2), L.Dense(1)]), numbers(3, 5, 3))

# Two inputs and a merging layer inside, in models two deep.
ai, bi = keras.Input((4,), name="ai"), keras.Input((2,), name="bi")
merged = keras.Model([ai, bi], L.Concatenate(name="both")([ai, L.Dense(3, name="of_b")(bi)]), name="merged")
ao, bo = keras.Input((5, 3), name="ao"), keras.Input((2,), name="bo")
outer = keras.Model([ao, bo], L.Dense(3, name="end")(merged([L.LSTM(4, name="reader")(ao), bo])), name="outer")
a, b = keras.Input((5, 3), name="a"), keras.Input((2,), name="b")
save("deep", keras.Model([a, b], [outer([a, b]), L.Dense(1, name="other")(b)]), numbers(3, 5, 3), numbers(3, 2))

# Masks into, out of and inside a model.
ids_in = keras.Input((7,), name="ids", dtype="int32")
encoder = keras.Sequential([keras.Input((7, 3)), L.LSTM(3, return_sequences=True), L.Dense(3)], name="encoder")
h = encoder(L.Embedding(9, 3, mask_zero=True, name="table")(ids_in))
save("mask_in", keras.Model(ids_in, L.Dense(1, name="end")(L.GlobalMaxPooling1D(name="most")(h))), ids(3, 7))
inner = keras.Sequential([keras.Input((7,), dtype="int32"), L.Embedding(9, 3, mask_zero=True), L.LSTM(3)], name="words")
ids_in = keras.Input((7,), name="ids", dtype="int32")
save("mask_inside", keras.Model(ids_in, L.Dense(2, name="end")(inner(ids_in))), ids(3, 7))

# The same class twice, and a model that is the end.
one = keras.Sequential([keras.Input((3,)), L.Dense(2, name="same")], name="one")
other = keras.Sequential([keras.Input((3,)), L.Dense(2, name="same")], name="other")
x = keras.Input((5, 3), name="x")
h = L.SimpleRNN(3, name="reader")(x)
save("twice", keras.Model(x, [one(h), other(h)]), numbers(3, 5, 3))

# Inputs and outputs by name, in another order than theirs.
zi, ai = keras.Input((3,), name="zi"), keras.Input((3,), name="ai")
named = keras.Model({"z": zi, "a": ai}, {"y": L.Dense(2, name="of_z")(zi), "b": L.Dense(2, name="of_a")(ai)}, name="named")
p, q = keras.Input((3,), name="p"), keras.Input((3,), name="q")
given = named({"a": q, "z": p})
save("by_name", keras.Model([p, q], [given["y"], L.Dense(1, name="end")(given["b"])]), numbers(3, 3), numbers(3, 3))

# A graph that is called twice, and of whose calls each is read where calls or outputs are counted from another number.
xi = keras.Input((3,), name="xi")
counted = keras.Model(xi, L.Dense(3, name="inside", activation="tanh")(xi), name="counted")
x = keras.Input((3,), name="x")
once = counted(x)
save("outputs_first", keras.Model(x, [once, L.Dense(1, name="end")(counted(once))]), numbers(3, 3))
x = keras.Input((3,), name="x")
once = counted(x)
save("outputs_last", keras.Model(x, [L.Dense(1, name="end")(once), counted(L.Dense(3, name="between")(once))]), numbers(3, 3))
x = keras.Input((3,), name="x")
once = counted(x)
again = counted(once)
save("outputs_both", keras.Model(x, [once, again, L.Add(name="sum")([once, again])]), numbers(3, 3))
chained = keras.Sequential([keras.Input((3,)), L.Dense(3, name="inside", activation="tanh")], name="chained")
x = keras.Input((3,), name="x")
once = chained(x)
save("chain_outputs", keras.Model(x, [once, chained(once)]), numbers(3, 3))

# A mask out of a model, and through two.
ids_in = keras.Input((7,), name="ids", dtype="int32")
table = L.Embedding(9, 3, mask_zero=True, name="table")(ids_in)
encoder = keras.Sequential([keras.Input((7, 3)), L.LSTM(3, return_sequences=True)], name="encoder")
save("mask_through_chain", keras.Model(ids_in, L.LSTM(2, name="end")(encoder(table))), ids(3, 7))
ids_in = keras.Input((7,), name="ids", dtype="int32")
table = L.Embedding(9, 3, mask_zero=True, name="table")(ids_in)
xi = keras.Input((7, 3), name="xi")
graph = keras.Model(xi, L.Add(name="sum")([L.LSTM(3, name="inner_lstm", return_sequences=True)(xi), L.Dense(3, name="inner_dense")(xi)]), name="graph")
save("mask_through_graph", keras.Model(ids_in, L.GRU(2, name="end")(graph(table))), ids(3, 7))
ids_in = keras.Input((7,), name="ids", dtype="int32")
words = keras.Sequential([keras.Input((7,), dtype="int32"), L.Embedding(9, 3, mask_zero=True), L.Dense(3)], name="words")
save("mask_out", keras.Model(ids_in, L.LSTM(2, name="end")(words(ids_in))), ids(3, 7))
save("mask_out_of_chain", keras.Sequential([keras.Input((7,), dtype="int32"),
    keras.Sequential([L.Embedding(9, 3, mask_zero=True), L.LSTM(3, return_sequences=True)]), L.LSTM(2)]), ids(3, 7))
archive.close()
