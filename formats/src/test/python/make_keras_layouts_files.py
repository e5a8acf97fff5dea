"""Makes ../resources/keras3/layouts.zip: KERAS_BACKEND=jax python make_keras_layouts_files.py (Keras 3.15.1, h5py 3).

plain/: one model's weights in every layout that Keras had for .keras archives and weights alone, beside model.json, x0.npy and Keras's own
answer y0.npy. sharded.weights.json and its shards, get_weights.npz and model.weights.h5 are Keras's and NumPy's own; the others are the same arrays
in groups named as Keras 2.13 and Keras 3.0 named them, on Linux and on Windows.
float16/, bfloat16/: a model in that precision as model.keras and model.h5; its weights, as Keras rounded them, give y0.npy in float32.
"""

import io
import json
import os
import tempfile
import zipfile
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
import h5py
import keras
import numpy as np
from keras import layers as L

HERE = Path(__file__).parent / "../resources/keras3"
random = np.random.default_rng(47)
archive = zipfile.ZipFile(HERE / "layouts.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9)


def put(name, data):
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def array(values):
    file = io.BytesIO()
    np.save(file, np.asarray(values))
    return file.getvalue()


def fill(model):
    for weight in model.weights:
        weight.assign(random.normal(size=weight.shape, scale=0.5))


def groups(layers, container, doubled, around=""):
    """The path of each layer's group, and its arrays; Keras 2 counts a layer that has weights twice."""
    used = {}
    for layer in layers:
        kind = type(layer).__name__
        name = {"LSTM": "lstm", "InputLayer": "input_layer"}.get(kind, kind.lower())
        count = used.get(name, 0)
        used[name] = count + (2 if doubled and layer.weights else 1)
        path = f"{around}{container}/{name}" + (f"_{count}" if count else "")
        if kind == "Sequential":
            yield from groups(layer.layers, container, doubled, path + "/")
        elif kind == "Bidirectional":
            yield path + "/forward_layer/cell", layer.forward_layer.get_weights()
            yield path + "/backward_layer/cell", layer.backward_layer.get_weights()
        elif kind == "LSTM":
            yield path + "/cell", layer.get_weights()
        else:
            yield path, layer.get_weights()


def hdf5(model, container, doubled, windows):
    file = io.BytesIO()
    with h5py.File(file, "w") as target:
        target.create_group("vars")
        for path, arrays in groups(model.layers, container, doubled):
            own = target.create_group(path.replace("/", "\\") if windows else path).create_group("vars")
            for i, values in enumerate(arrays):
                own[str(i)] = values
    return file.getvalue()


def of_keras2(node):
    """The same config as Keras 2.13 wrote it."""
    if isinstance(node, list):
        return [of_keras2(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, value in node.items():
        if key in ("quantization_config", "optional", "build_config", "zero_output_for_mask"):
            continue
        if key == "dtype" and isinstance(value, dict):
            value = value["config"]["name"]
        if key == "inbound_nodes":
            value = [[[*call["args"][0]["config"]["keras_history"], {}]] for call in value]
        made["batch_input_shape" if key == "batch_shape" else key] = of_keras2(value)
    return made


def old_archive(model, windows):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as old:
        old.writestr("metadata.json", json.dumps({"keras_version": "2.13.1", "date_saved": "2023-07-01@10:00:00"}))
        old.writestr("config.json", json.dumps(of_keras2(json.loads(model.to_json()))))
        old.writestr("model.weights.h5", hdf5(model, "_layer_checkpoint_dependencies", True, windows))
    return file.getvalue()


def plain():
    inner = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="relu"), L.Dense(3), L.Dense(2)], name="inner")
    x = keras.Input((5, 3), name="x")
    h = L.Bidirectional(L.LSTM(2, return_sequences=True), name="both")(x)
    h = L.LSTM(3, name="second")(L.LSTM(3, name="first", return_sequences=True)(h))
    model = keras.Model(x, L.Dense(2, name="end")(inner(h)))
    fill(model)
    with tempfile.TemporaryDirectory() as folder:
        model.save_weights(f"{folder}/model.weights.h5")
        model.save_weights(f"{folder}/sharded.weights.json", max_shard_size=1e-6)
        np.savez(f"{folder}/get_weights.npz", *model.get_weights())
        np.savez(f"{folder}/fortran.npz", *[np.asfortranarray(each.astype("float64")) for each in model.get_weights()])
        for file in sorted(Path(folder).iterdir()):
            put(f"plain/{file.name}", file.read_bytes())
    put("plain/model.json", model.to_json())
    put("plain/keras2.keras", old_archive(model, False))
    put("plain/keras2_windows.keras", old_archive(model, True))
    put("plain/windows.weights.h5", hdf5(model, "layers", False, True))
    put("plain/keras2_windows.weights.h5", hdf5(model, "_layer_checkpoint_dependencies", True, True))
    values = random.normal(size=(3, 5, 3)).astype("float32")
    put("plain/x0.npy", array(values))
    put("plain/y0.npy", array(model.predict(values, verbose=0)))


def half(precision):
    def model(dtype):
        return keras.Sequential([
            keras.Input((5, 3)), L.LSTM(4, recurrent_initializer="glorot_uniform", dtype=dtype), L.Dense(2, dtype=dtype)])

    of_half, of_float = model(precision), model("float32")
    fill(of_half)
    for to, weight in zip(of_float.weights, of_half.weights):
        to.assign(np.asarray(weight.value).astype("float32"))
    with tempfile.TemporaryDirectory() as folder:
        for file in "model.keras", "model.h5":
            of_half.save(f"{folder}/{file}")
            put(f"{precision}/{file}", Path(folder, file).read_bytes())
    values = random.normal(size=(3, 5, 3)).astype("float32")
    put(f"{precision}/x0.npy", array(values))
    put(f"{precision}/y0.npy", array(of_float.predict(values, verbose=0)))


plain()
half("float16")
half("bfloat16")
archive.close()
