"""Makes ../resources/keras3/normalization.zip with Keras itself: KERAS_BACKEND=jax python make_keras3_normalization_files.py (Keras 3.15.1).

A folder a model, as make_keras3_files.py has them. Those that begin with fit_ were trained on x.npy and target.npy, in batches of 4 in
order, for 3 epochs. first.keras is the model before, loss.npy has the mean squared error of each epoch. The model in the three forms is
the one after, with its moving averages and its answers y.npy.
"""

import tempfile
from pathlib import Path

import make_keras3_files as files
from make_keras3_files import L, array, keras, np, numbers, put, sequential


def fit(name, layers, optimizer, padded=False):
    inputs = keras.Input((5, 3))
    hidden = L.Masking(0.5)(inputs) if padded else inputs
    for layer in layers:
        hidden = layer(hidden)
    model = keras.Model(inputs, hidden)
    for weight in model.weights:
        if "variance" not in weight.path:
            weight.assign(files.random.normal(size=weight.shape, scale=0.5))
    x = 2 * numbers(10, 5, 3) + 1
    if padded:
        x[1, 3:] = x[4, :2] = x[7] = 0.5
    target = numbers(10, *model.output_shape[1:])
    with tempfile.TemporaryDirectory() as folder:
        model.save(f"{folder}/first.keras")
        put(f"{name}/first.keras", Path(folder, "first.keras").read_bytes())
    model.compile(optimizer, "mse")
    history = model.fit(x, target, batch_size=4, epochs=3, shuffle=False, verbose=0)
    put(f"{name}/target.npy", array(target))
    put(f"{name}/loss.npy", array(np.float32(history.history["loss"])))
    forms(name, model, x)


def forms(name, model, x):
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("model.keras", "model.h5"):
            model.save(f"{folder}/{suffix}")
        model.save_weights(f"{folder}/model.weights.h5")
        for suffix in ("model.keras", "model.h5", "model.weights.h5"):
            put(f"{name}/{suffix}", Path(folder, suffix).read_bytes())
    put(f"{name}/model.json", model.to_json())
    put(f"{name}/x.npy", array(x))
    put(f"{name}/y.npy", array(model.predict(x, verbose=0)))


def predicted(name, shape, *layers):
    model = keras.Sequential([keras.Input(shape), *layers])
    for weight in model.weights:
        values = files.random.normal(size=weight.shape, scale=0.5)
        weight.assign(np.abs(values) + 0.1 if "variance" in weight.path else values)
    forms(name, model, 3 * numbers(3, *shape) + 1)


def main():
    files.begin("normalization")
    predicted("layer", (4, 3), L.LayerNormalization(), L.LSTM(5, return_sequences=True), L.LayerNormalization(epsilon=1e-5))
    predicted("layer_bare", (4, 3), L.LayerNormalization(center=False, scale=False), L.LSTM(5), L.LayerNormalization(scale=False, axis=1))
    predicted("layer_axis", (4, 3), L.LayerNormalization(center=False, axis=[2]), L.LSTM(2))
    predicted("batch", (4, 3), L.BatchNormalization(), L.LSTM(5, return_sequences=True), L.BatchNormalization(epsilon=1e-5, axis=2))
    predicted("batch_bare", (4, 3), L.BatchNormalization(center=False, scale=False), L.LSTM(5), L.BatchNormalization(scale=False, axis=1))
    predicted("batch_masked", (4, 3), L.Masking(0.5), L.BatchNormalization(center=False), L.LayerNormalization(), L.LSTM(2))
    predicted("softmax_of_several", (4, 3), L.LayerNormalization(), L.Softmax(axis=[1, 2]), L.BatchNormalization(), L.Softmax(axis=[2]))
    sgd = keras.optimizers.SGD(0.05, momentum=0.9)
    steps = {"return_sequences": True}
    fit("fit_layer", [L.LayerNormalization(), L.LSTM(4, **steps), L.LayerNormalization(), L.Dense(2)], sgd)
    adam = keras.optimizers.Adam(0.01)
    fit("fit_batch", [L.BatchNormalization(momentum=0.9), L.LSTM(4), L.BatchNormalization(), L.Dense(2)], adam)
    sgd = keras.optimizers.SGD(0.05)
    fit("fit_batch_steps", [L.LSTM(4, **steps), L.BatchNormalization(momentum=0.5, scale=False), L.LSTM(3), L.Dense(1)], sgd)
    sgd = keras.optimizers.SGD(0.05)
    masked = [L.BatchNormalization(momentum=0.7), L.LSTM(4, **steps), L.BatchNormalization(momentum=0.8), L.LSTM(3), L.Dense(1)]
    fit("fit_batch_masked", masked, sgd, padded=True)
    # What there is no layer for.
    sequential("layer_two_axes", (4, 3), L.LayerNormalization(axis=[1, 2]), L.LSTM(2))
    sequential("layer_rms", (4, 3), L.LayerNormalization(rms_scaling=True), L.LSTM(2))
    sequential("batch_steps", (4, 3), L.BatchNormalization(axis=1), L.LSTM(2))
    sequential("batch_renorm", (4, 3), L.BatchNormalization(renorm=True), L.LSTM(2))
    files.archive.close()


main()
