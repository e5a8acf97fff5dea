"""Makes files of ../resources/keras3 with Keras itself: KERAS_BACKEND=jax python make_keras3_files.py recurrent weightless configs (Keras 3.15.1).

more.zip, recurrent.zip and weightless.zip have a folder a model: the model as model.keras, model.h5, and model.weights.h5 beside model.json; its input
x.npy, and Keras's own answer y.npy. configs.json has the settings that each layer of Keras writes.
"""

import io
import json
import os
import sys
import tempfile
import zipfile
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from keras import layers as L

HERE = Path(__file__).parent / "../resources/keras3"
random = np.random.default_rng(15)
archive = None


def begin(name):
    global archive, random
    keras.utils.clear_session()
    keras.utils.set_random_seed(15)
    random = np.random.default_rng(15)
    archive = zipfile.ZipFile(HERE / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9)


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


def padded():
    x = numbers(3, 6, 2)
    x[1, 4:] = x[2, :3] = 0.5
    return x


def more():
    begin("more")
    steps = padded()
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
    save("masking_nodes", keras.Model(inputs, L.Dense(1)(L.LSTM(2)(hidden))), steps)

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


def recurrent():
    begin("recurrent")
    full = {"activation": "relu", "recurrent_activation": "hard_sigmoid", "return_sequences": True}
    for name, after in (("after", True), ("before", False)):

        def gru(units, **settings):
            return L.GRU(units, reset_after=after, **settings)

        sequential(f"gru_{name}", (6, 3), gru(5))
        sequential(f"gru_{name}_steps", (6, 3), gru(5, return_sequences=True), gru(4))
        sequential(f"gru_{name}_backwards", (6, 3), gru(5, go_backwards=True, return_sequences=True))
        sequential(f"gru_{name}_no_bias", (6, 3), gru(5, use_bias=False))
        sequential(f"gru_{name}_hard", (6, 3), gru(5, **full), L.Dense(1))
        sequential(f"gru_{name}_both", (6, 3), L.Bidirectional(gru(4, return_sequences=True)), L.Bidirectional(gru(3), merge_mode="sum"))
        one_by_one(f"gru_{name}", gru)
    sequential("rnn", (6, 3), L.SimpleRNN(5))
    sequential("rnn_steps", (6, 3), L.SimpleRNN(5, return_sequences=True), L.SimpleRNN(4, activation="relu"))
    sequential("rnn_backwards", (6, 3), L.SimpleRNN(5, go_backwards=True, return_sequences=True))
    sequential("rnn_no_bias", (6, 3), L.SimpleRNN(5, use_bias=False))
    both = [L.Bidirectional(L.SimpleRNN(4, return_sequences=True)), L.Bidirectional(L.SimpleRNN(3), merge_mode="ave")]
    sequential("rnn_both", (6, 3), *both)
    one_by_one("rnn", L.SimpleRNN)
    archive.close()


def one_by_one(name, layer):
    """The layer over padding: of steps, and of ids."""
    masked = [L.Masking(0.5), layer(4, return_sequences=True, zero_output_for_mask=True), L.Bidirectional(layer(3))]
    save(f"{name}_masking", keras.Sequential([keras.Input((None, 2)), *masked]), padded())
    ids = random.integers(1, 9, (3, 6))
    ids[1, 4:] = ids[2, :3] = 0
    words = [L.Embedding(9, 3, mask_zero=True), layer(4, return_sequences=True), L.TimeDistributed(L.Dense(2)), layer(3)]
    save(f"{name}_embedding", keras.Sequential([keras.Input((None,), dtype="int32"), *words]), ids.astype("int32"))


def weightless():
    begin("weightless")
    for name, pooling in (("max", L.MaxPooling1D), ("average", L.AveragePooling1D)):
        sequential(f"{name}_valid", (11, 3), pooling(2), pooling(3, strides=1), L.LSTM(2))
        same = [pooling(3, strides=1, padding="same"), pooling(4, strides=3, padding="same"), pooling(2, padding="same")]
        sequential(f"{name}_same", (13, 3), *same)
        sequential(f"{name}_gaps", (11, 3), pooling(2, strides=4), pooling(1, strides=2, padding="same"))
        sequential(f"{name}_first", (4, 9), pooling(2, padding="same", data_format="channels_first"))
        # Keras hands no mask on from here.
        save(f"{name}_masking", keras.Sequential([keras.Input((None, 2)), L.Masking(0.5), pooling(2), L.LSTM(3)]), padded())
    for name, pooling in (("max", L.GlobalMaxPooling1D), ("average", L.GlobalAveragePooling1D)):
        sequential(f"{name}_of_all", (7, 3), L.LSTM(4, return_sequences=True), pooling(), L.Dense(2))
        sequential(f"{name}_of_all_kept", (7, 3), pooling(keepdims=True), L.LSTM(2))
        sequential(f"{name}_of_all_first", (4, 9), pooling(data_format="channels_first"))
        sequential(f"{name}_of_all_first_kept", (4, 9), pooling(data_format="channels_first", keepdims=True))
        ids = random.integers(1, 9, (3, 6))
        ids[1, 4:] = ids[2, :3] = 0
        words = [keras.Input((None,), dtype="int32"), L.Embedding(9, 3, mask_zero=True), L.SpatialDropout1D(0.2), pooling()]
        save(f"{name}_of_words", keras.Sequential([*words, L.Dense(2)]), ids.astype("int32"))
        inputs = keras.Input((None, 2))
        hidden = L.LSTM(3, return_sequences=True)(L.Masking(0.5)(inputs))
        save(f"{name}_of_nodes", keras.Model(inputs, pooling()(L.ELU(0.5)(hidden))), padded())
    relu = [L.ReLU(), L.ReLU(6.0), L.ReLU(negative_slope=0.25), L.ReLU(1.5, 0.5, 0.75), L.LeakyReLU(), L.LeakyReLU(0.1), L.ELU(), L.ELU(0.3)]
    for i, layer in enumerate(relu):
        sequential(f"function_{i}", (4, 3), L.Dense(8), layer)
    names = ["relu", "tanh", "softsign", "elu", "selu", "hard_sigmoid", "leaky_relu", "exponential"]
    sequential("activation_layers", (4, 3), *[layer for name in names for layer in (L.LSTM(3, return_sequences=True), L.Activation(name))])
    save("activation_masking", keras.Sequential([keras.Input((None, 2)), L.Masking(0.5), L.Activation("softsign"), L.LSTM(3)]), padded())
    inputs = keras.Input((4, 3))
    hidden = L.Dense(3)(inputs)
    save("activation_beside", keras.Model(inputs, L.Add()([hidden, L.Activation("tanh")(hidden)])), numbers(3, 4, 3))
    shared = L.Dense(3)
    save("activation_of_shared", keras.Model(inputs, L.Add()([L.Activation("tanh")(shared(inputs)), shared(inputs)])), numbers(3, 4, 3))
    inner = [L.Dense(4), L.Activation("relu"), L.Dense(5, activation="softmax"), L.Flatten(), L.Dropout(0.5), L.Activation("softsign")]
    inner += [L.Softmax(), L.LeakyReLU(0.2), L.ELU(), L.ReLU()]
    sequential("time_distributed", (6, 3), *map(L.TimeDistributed, inner), L.LSTM(2))
    archive.close()


def configs():
    made = [
        L.LSTM(2), L.GRU(2), L.SimpleRNN(2), L.Dense(2), L.Embedding(3, 4), L.Masking(), L.Conv1D(2, 3), L.Flatten(),
        L.Reshape((2, 3)), L.Permute((2, 1)), L.Dropout(0.1), L.Softmax(), L.Activation("relu"), L.SpatialDropout1D(0.1),
        L.GaussianDropout(0.1), L.GaussianNoise(0.1), L.ActivityRegularization(), L.Bidirectional(L.LSTM(2)),
        L.TimeDistributed(L.Dense(2)), L.InputLayer(shape=(2,)), L.Add(), L.Average(), L.Multiply(), L.Concatenate(),
        L.MaxPooling1D(), L.AveragePooling1D(2), L.GlobalMaxPooling1D(), L.GlobalAveragePooling1D(), L.ReLU(), L.LeakyReLU(), L.ELU(),
        L.LayerNormalization(), L.BatchNormalization(),
    ]
    settings = {type(layer).__name__: sorted(layer.get_config()) for layer in made}
    (HERE / "configs.json").write_text(json.dumps(settings, indent=1) + "\n")


for made in sys.argv[1:]:
    {"more": more, "recurrent": recurrent, "weightless": weightless, "configs": configs}[made]()
