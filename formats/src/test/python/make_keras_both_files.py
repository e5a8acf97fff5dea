"""Makes ../resources/keras3/both.zip with Keras itself: KERAS_BACKEND=jax python make_keras_both_files.py (Keras 3.15.1).

A folder a model with a Bidirectional whose merge_mode is None: as model.keras, model.h5, and model.weights.h5 beside model.json; its inputs
x0.npy, x1.npy, .. in the model's order, and Keras's own answers y0.npy, y1.npy, .. Folders below refused/ have model.json and weights alone.
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
random = np.random.default_rng(47)
keras.utils.set_random_seed(47)
archive = zipfile.ZipFile(HERE / "both.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9)


def put(name, data):
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def array(values):
    file = io.BytesIO()
    np.save(file, np.asarray(values))
    return file.getvalue()


def numbers(*shape):
    return random.normal(size=shape).astype("float32")


def ids(*shape):
    """Token ids below 9, with padding 0 after one sample's end and before another's begin."""
    made = random.integers(1, 9, shape).astype("int32")
    made[1, -2:] = made[2, :2] = 0
    return made


def save(name, model, *x):
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
    if x:
        y = model.predict(x[0] if len(x) == 1 else list(x), verbose=0)
        for kind, arrays in ("x", x), ("y", y if isinstance(y, (list, tuple)) else [y]):
            for i, values in enumerate(arrays):
                put(f"{name}/{kind}{i}.npy", array(values))


def both(layer, name="both"):
    return L.Bidirectional(layer, merge_mode=None, name=name)


def sequences(name="x", features=2):
    return keras.Input((None, features), name=name)


def words(name="x"):
    return keras.Input((None,), dtype="int32", name=name)


# Each direction is read by layers of its own; the outputs are both as they are.
x = sequences()
f, b = both(L.LSTM(3, return_sequences=True))(x)
save("sequences", keras.Model(x, [L.Dense(2, name="of_f")(f), L.GRU(2, name="of_b")(b)]), numbers(3, 5, 2))
x = sequences()
save("last_steps", keras.Model(x, both(L.GRU(3))(x)), numbers(3, 5, 2))
x = sequences()
f, b = both(L.SimpleRNN(3, return_sequences=True))(x)
save("backward_first", keras.Model(x, [b, L.Multiply(name="product")([f, b])]), numbers(3, 5, 2))

# One direction alone, behind which the model is layers one after the other.
x = sequences()
save("forward_alone", keras.Model(x, L.Dense(2, name="end")(both(L.LSTM(3))(x)[0])), numbers(3, 5, 2))
x = sequences()
save("backward_alone", keras.Model(x, L.LSTM(2, name="end")(both(L.LSTM(3, return_sequences=True))(x)[1])), numbers(3, 5, 2))

# The states come after both outputs.
x, d = sequences(), sequences("d")
f, b, fh, fc, bh, bc = both(L.LSTM(3, return_sequences=True, return_state=True))(x)
y = L.LSTM(3, return_sequences=True, name="decoder")(d, initial_state=[fh, bc])
save("states", keras.Model([x, d], [L.Add(name="sum")([f, b]), y, fc, bh]), numbers(3, 5, 2), numbers(3, 4, 2))
x, d = sequences(), sequences("d")
f, b, fh, bh = both(L.GRU(3, return_state=True), "reader")(x)
c, e = both(L.GRU(3, return_sequences=True), "writer")(d, initial_state=[bh, fh])
save("gru_states", keras.Model([x, d], [L.Concatenate(name="ends")([f, b]), e, c]), numbers(3, 5, 2), numbers(3, 4, 2))

# Called twice, with one set of weights.
x, d = sequences(), sequences("d")
shared = both(L.LSTM(3), "shared")
(f, b), (c, e) = shared(x), shared(d)
save("twice", keras.Model([x, d], [L.Add(name="fe")([f, e]), L.Multiply(name="bc")([b, c])]), numbers(3, 5, 2), numbers(3, 4, 2))

# The mask of the input is that of both outputs.
x = words()
f, b = both(L.LSTM(3, return_sequences=True))(L.Embedding(9, 3, mask_zero=True)(x))
save("masks", keras.Model(x, [L.LSTM(2, name="of_f")(f), L.GRU(2, return_sequences=True, name="of_b")(b)]), ids(3, 6))
x = sequences()
padded = numbers(3, 6, 2)
padded[1, 4:] = padded[2, :3] = 0
f, b = both(L.GRU(3, return_sequences=True))(L.Masking()(x))
save("masks_merged", keras.Model(x, L.Bidirectional(L.LSTM(2), name="end")(L.Concatenate()([b, f]))), padded)
x = words()
f, b = both(L.LSTM(3))(L.Embedding(9, 3, mask_zero=True)(x))
save("masks_last_steps", keras.Model(x, [L.Dense(2, name="of_b")(b), f]), ids(3, 6))

# Within models within the model.
x = sequences("xi")
inner = keras.Model(x, both(L.LSTM(3, return_sequences=True))(x)[::-1], name="inner")
x = sequences()
b, f = inner(x)
save("inner", keras.Model(x, [L.LSTM(2, name="of_b")(b), L.Dense(2, name="of_f")(f)]), numbers(3, 5, 2))
chain = keras.Sequential([sequences("xc"), L.Dense(3), both(L.LSTM(3))], name="chain")
x = sequences()
f, b = chain(x)
save("inner_chain", keras.Model(x, [L.Dense(2, name="of_b")(b), L.Dense(2, name="of_f")(f)]), numbers(3, 5, 2))

save("refused/sequential", keras.Sequential([sequences(), both(L.LSTM(3))]))

archive.close()
