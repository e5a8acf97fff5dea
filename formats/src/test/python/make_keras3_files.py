"""Makes ../resources/keras3/more.zip and configs.json with Keras itself: KERAS_BACKEND=jax python make_keras3_files.py (Keras 3.15.1).

more.zip has a folder a model: the model as model.keras, model.h5, and model.weights.h5 beside model.json; its input x.npy, and Keras's
own answer y.npy. configs.json has the settings that each layer of Keras writes.
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
keras.utils.set_random_seed(15)
random = np.random.default_rng(15)
archive = zipfile.ZipFile(HERE / "more.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9)


def put(name, data):
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def array(values):
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def numbers(*shape):
    return random.normal(size=shape).astype("float32")


def save(name, model, x):
    for weight in model.weights:
        weight.assign(random.normal(size=weight.shape, scale=0.5))
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("model.keras", "model.h5"):
            model.save(f"{folder}/{suffix}")
        model.save_weights(f"{folder}/model.weights.h5")
        for suffix in ("model.keras", "model.h5", "model.weights.h5"):
            put(f"{name}/{suffix}", Path(folder, suffix).read_bytes())
    put(f"{name}/model.json", model.to_json())
    inputs = x if isinstance(x, list) else [x]
    y = model.predict(x, verbose=0)
    put(f"{name}/x.npy", array(inputs[0]))
    put(f"{name}/y.npy", array(y[0] if isinstance(y, list) else y))


def sequential(name, shape, *layers, batch=3):
    save(name, keras.Sequential([keras.Input(shape), *layers]), numbers(batch, *shape))


padded = numbers(3, 6, 2)
padded[1, 4:] = padded[2, :3] = 0.5

sequential("flatten_first", (4, 3), L.LSTM(5, return_sequences=True), L.Flatten(data_format="channels_first"), L.Dense(2))
sequential("flatten_first_2d", (4, 3), L.LSTM(5), L.Flatten(data_format="channels_first"), L.Dense(2))
sequential("softmax_list", (4, 3), L.LSTM(2, return_sequences=True), L.Softmax(axis=[1, 2]))
sequential("softmax_last_of_2d", (4, 3), L.LSTM(4), L.Softmax(axis=1))
sequential("softmax_from_end", (4, 3), L.LSTM(2, return_sequences=True), L.Softmax(axis=-2))
save("stateful", keras.Sequential([keras.Input(batch_shape=(3, 4, 2)), L.LSTM(3, stateful=True)]), numbers(3, 4, 2))

inputs = keras.Input((None, 2))
hidden = L.Masking(0.5)(inputs)
hidden = L.Bidirectional(L.LSTM(3, return_sequences=True))(hidden)
hidden = L.TimeDistributed(L.Dense(3, activation="relu"))(L.Dropout(0.2)(hidden))
save("masking_nodes", keras.Model(inputs, L.Dense(1)(L.LSTM(2)(hidden))), padded)

# What a chain cannot hold.
inputs = keras.Input((4, 2))
save("training", keras.Model(inputs, L.LSTM(2)(L.Dropout(0.5)(inputs, training=True))), numbers(3, 4, 2))
shared = L.LSTM(2, return_sequences=True)
save("shared", keras.Model(inputs, shared(shared(inputs))), numbers(3, 4, 2))
hidden = L.LSTM(3, return_sequences=True, name="steps")(inputs)
save("inner_output", keras.Model(inputs, [hidden, L.LSTM(2, name="last")(hidden)]), numbers(3, 4, 2))
save("state_output", keras.Model(inputs, L.Dense(2)(L.LSTM(3, return_state=True)(inputs)[1])), numbers(3, 4, 2))
ids = keras.Input((5,), dtype="int32")
words = L.Embedding(9, 3)(ids)
other = L.LSTM(2)(words, mask=keras.ops.not_equal(ids, 7))
save("other_mask", keras.Model(ids, other), random.integers(0, 9, (3, 5)))
archive.close()


def configs():
    made = [
        L.LSTM(2), L.Dense(2), L.Embedding(3, 4), L.Masking(), L.Conv1D(2, 3), L.Flatten(), L.Reshape((2, 3)), L.Permute((2, 1)),
        L.Dropout(0.1), L.Softmax(), L.Activation("relu"), L.SpatialDropout1D(0.1), L.GaussianDropout(0.1), L.GaussianNoise(0.1),
        L.ActivityRegularization(), L.Bidirectional(L.LSTM(2)), L.TimeDistributed(L.Dense(2)), L.InputLayer(shape=(2,)),
    ]
    return {type(layer).__name__: sorted(layer.get_config()) for layer in made}


(HERE / "configs.json").write_text(json.dumps(configs(), indent=1) + "\n")
