"""Makes ../resources/tfjs/converted.zip: KERAS_BACKEND=jax python make_tfjs_keras_files.py (Keras 3.15.1, h5py 3).

Keras's models in the layout that tensorflowjs_converter gives them, with Keras's own answers: a folder each of model.json, group1-shard1of1.bin,
x0.npy and y0.npy. The weights have the names that model.h5 has (Keras 3), those of Keras 2, or numbers, as converted .keras archives have.
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

HERE = Path(__file__).parent / "../resources/tfjs"
random = np.random.default_rng(53)
archive = zipfile.ZipFile(HERE / "converted.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9)


def put(name, data):
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def array(values):
    file = io.BytesIO()
    np.save(file, np.asarray(values))
    return file.getvalue()


def of_keras2(node):
    if isinstance(node, list):
        return [of_keras2(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, value in node.items():
        if key in ("quantization_config", "optional", "build_config", "module", "registered_name", "zero_output_for_mask", "build_input_shape"):
            continue
        if key == "dtype" and isinstance(value, dict):
            value = value["config"]["name"]
        made["batch_input_shape" if key == "batch_shape" else key] = of_keras2(value)
    return made


def save(name, model, x, names="keras3"):
    for weight in model.weights:
        weight.assign(abs(random.normal(size=weight.shape)) + 0.3 if "variance" in weight.path else random.normal(size=weight.shape, scale=0.5))
    weights = []
    with tempfile.TemporaryDirectory() as folder:
        model.save(f"{folder}/model.h5")
        with h5py.File(f"{folder}/model.h5") as file:
            config = json.loads(file.attrs["model_config"])
            group = file["model_weights"]
            for layer in group.attrs["layer_names"]:
                for i, weight in enumerate(group[layer].attrs["weight_names"]):
                    called = weight
                    if names == "keras2":
                        called = weight.removeprefix(model.name + "/")
                    elif names == "numbers":
                        called = f"{layer}/{i}"
                    weights.append((called, np.array(group[layer][weight])))
    version = "3.15.1"
    if names == "keras2":
        config, version = of_keras2(config), "2.15.0"
    specs = [{"name": called, "shape": list(values.shape), "dtype": "float32"} for called, values in weights]
    put(f"{name}/model.json", json.dumps({
        "format": "layers-model", "generatedBy": f"keras v{version}", "convertedBy": "TensorFlow.js Converter v4.22.0",
        "modelTopology": {"keras_version": version, "backend": "tensorflow", "model_config": config},
        "weightsManifest": [{"paths": ["group1-shard1of1.bin"], "weights": specs}]}))
    put(f"{name}/group1-shard1of1.bin", b"".join(values.tobytes() for _, values in weights))
    put(f"{name}/x0.npy", array(x))
    put(f"{name}/y0.npy", array(model.predict(x, verbose=0)))


def numbers(*shape):
    return random.normal(size=shape).astype("float32")


def chain(*layers):
    return keras.Sequential([keras.Input((6, 3)), *layers])


for kind in "keras3", "keras2", "numbers":
    save(f"gru_after_{kind}", chain(L.GRU(4), L.Dense(2)), numbers(3, 6, 3), kind)
    save(f"gru_before_{kind}", chain(L.GRU(4, reset_after=False), L.Dense(2)), numbers(3, 6, 3), kind)
    save(f"normalized_{kind}", chain(L.BatchNormalization(), L.Identity(), L.LSTM(3), L.LayerNormalization()), numbers(3, 6, 3), kind)
for kind in "keras3", "keras2":
    both = chain(L.Bidirectional(L.GRU(3, return_sequences=True)), L.Bidirectional(L.LSTM(2), merge_mode="ave"), L.Dense(1))
    save(f"bidirectional_{kind}", both, numbers(3, 6, 3), kind)
save("nested", chain(keras.Sequential([L.LSTM(3, return_sequences=True), L.Dense(3)], name="inner"), L.LSTM(2)), numbers(3, 6, 3))
save("hard_keras3", chain(L.LSTM(3, recurrent_activation="hard_sigmoid")), 3 * numbers(3, 6, 3))
archive.close()
