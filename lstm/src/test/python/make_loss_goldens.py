"""Losses, their gradients, metrics and weights of samples, as Keras 3.15 on JAX computes them.

    python make_loss_goldens.py ../resources/dev/lanewise/lstm

writes losses.csv, metrics.csv and weighted.csv.
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402

OUT = sys.argv[1]
ROWS = 6
random = np.random.default_rng(7)


def text(array):
    return " ".join("%.9g" % x for x in np.asarray(array, np.float32).ravel())


def shares(rows, classes):
    p = random.random((rows, classes)).astype(np.float32) + 0.05
    return (p / p.sum(-1, keepdims=True)).astype(np.float32)


def one_hot(rows, classes):
    return np.eye(classes, dtype=np.float32)[random.integers(0, classes, rows)]


def normal(*shape):
    return random.standard_normal(shape).astype(np.float32)


def gaussian(y, p):
    """torch.nn.GaussianNLLLoss of variance e^s, written out."""
    m, s = jnp.split(p, 2, -1)
    return jnp.mean(0.5 * (s + (y - m) ** 2 / jnp.exp(s)))


def pinball(quantiles):
    q = jnp.asarray(quantiles)

    def loss(y, p):
        d = jnp.repeat(y, len(quantiles), -1) - p
        many = jnp.tile(q, y.shape[-1])
        return jnp.mean(jnp.maximum(many * d, (many - 1) * d))

    return loss


def losses():
    k = keras.losses
    probabilities = random.random((ROWS, 3)).astype(np.float32)
    yes_no = (random.random((ROWS, 3)) > 0.5).astype(np.float32)
    numbers = random.integers(0, 4, (ROWS, 1)).astype(np.float32)
    yield "mse", k.MeanSquaredError(), normal(ROWS, 3), normal(ROWS, 3)
    yield "mae", k.MeanAbsoluteError(), normal(ROWS, 3), normal(ROWS, 3)
    yield "huber 1", k.Huber(1.0), normal(ROWS, 3) * 2, normal(ROWS, 3)
    yield "huber 0.5", k.Huber(0.5), normal(ROWS, 3) * 2, normal(ROWS, 3)
    yield "binary", k.BinaryCrossentropy(), probabilities, yes_no
    yield "binary logits", k.BinaryCrossentropy(from_logits=True), normal(ROWS, 3) * 5, yes_no
    yield "categorical", k.CategoricalCrossentropy(), shares(ROWS, 4), one_hot(ROWS, 4)
    raw = random.random((ROWS, 4)).astype(np.float32) + 0.1
    yield "categorical", k.CategoricalCrossentropy(), raw, one_hot(ROWS, 4)
    yield "categorical", k.CategoricalCrossentropy(), raw, shares(ROWS, 4)
    logits = normal(ROWS, 4) * 5
    yield "categorical logits", k.CategoricalCrossentropy(from_logits=True), logits, one_hot(ROWS, 4)
    yield "sparse", k.SparseCategoricalCrossentropy(), shares(ROWS, 4), numbers
    yield "sparse", k.SparseCategoricalCrossentropy(), raw, numbers
    yield "sparse logits", k.SparseCategoricalCrossentropy(from_logits=True), logits, numbers
    yield "pinball", pinball([0.1, 0.5, 0.9]), normal(ROWS, 6), normal(ROWS, 2)
    yield "gaussian", gaussian, normal(ROWS, 4), normal(ROWS, 2)


with open(os.path.join(OUT, "losses.csv"), "w") as out:
    out.write("loss,outputs,targets,p,y,value,gradient\n")
    for name, loss, p, y in losses():
        value, gradient = jax.value_and_grad(lambda q: loss(jnp.asarray(y), q))(jnp.asarray(p))
        fields = [name, p.shape[1], y.shape[1], text(p), text(y), text(value), text(gradient)]
        out.write(",".join(str(f) for f in fields) + "\n")


def metrics():
    m = keras.metrics
    p = random.random((40, 1)).astype(np.float32)
    y = (p + 0.3 * normal(40, 1) > 0.5).astype(np.float32)
    edge = (random.integers(0, 200, (40, 1)) / np.float32(199)).astype(np.float32)
    yield "auc", m.AUC(), p, y
    yield "auc", m.AUC(), edge, y
    yield "rmse", m.RootMeanSquaredError(), normal(40, 3), normal(40, 3)
    yield "mae", m.MeanAbsoluteError(), normal(40, 3), normal(40, 3)
    yield "accuracy", m.BinaryAccuracy(), p, y
    classes = shares(40, 6)
    yield "categorical accuracy", m.CategoricalAccuracy(), classes, one_hot(40, 6)
    yield "top 3", m.TopKCategoricalAccuracy(3), classes, one_hot(40, 6)
    numbers = random.integers(0, 6, (40, 1)).astype(np.float32)
    yield "sparse accuracy", m.SparseCategoricalAccuracy(), classes, numbers
    yield "sparse top 2", m.SparseTopKCategoricalAccuracy(2), classes, numbers


with open(os.path.join(OUT, "metrics.csv"), "w") as out:
    out.write("metric,outputs,targets,p,y,value\n")
    for name, metric, p, y in metrics():
        metric.update_state(y[:24], p[:24])  # two batches
        metric.update_state(y[24:], p[24:])
        fields = [name, p.shape[1], y.shape[1], text(p), text(y), text(metric.result())]
        out.write(",".join(str(f) for f in fields) + "\n")


def fits():
    """Five epochs of two batches of 6 of 16 samples, the last 4 to validate."""
    weights = random.random(16).astype(np.float32) * 2
    yield "none", "categorical_crossentropy", {}
    yield "samples", "categorical_crossentropy", {"sample_weight": weights}
    yield "classes", "categorical_crossentropy", {"class_weight": {0: 3.0, 2: 0.25}}
    yield "samples", "mse", {"sample_weight": weights}
    yield "classes", "sparse_categorical_crossentropy", {"class_weight": {0: 3.0, 2: 0.25}}
    yield "steps", "mse", {"sample_weight": weights[:, None]}  # of sequences of 1 to 4 steps


def layers(weights, loss):
    if weights == "steps":
        return [keras.Input((4, 5)), keras.layers.Masking(), keras.layers.Dense(3, use_bias=False)]
    softmax = [] if loss == "mse" else [keras.layers.Softmax()]
    return [keras.Input((5,)), keras.layers.Dense(3, use_bias=False), *softmax]


with open(os.path.join(OUT, "weighted.csv"), "w") as out:
    out.write("weights,loss,x,y,kernel,sample_weight,losses,validation,metric,validation_metric\n")
    for name, loss, given in fits():
        if name == "steps":
            x = normal(16, 4, 5) * (np.arange(4)[None, :] <= np.arange(16)[:, None] % 4)[..., None]
            y = normal(16, 4, 3)
        else:
            x = normal(16, 5)
            y = one_hot(16, 3)
        model = keras.Sequential(layers(name, loss))
        kernel = normal(5, 3)
        model.set_weights([kernel])
        metric = "mae" if loss == "mse" else "accuracy"
        model.compile(keras.optimizers.SGD(0.1), loss, metrics=[metric])
        wanted = y.argmax(-1) if loss.startswith("sparse") else y
        history = model.fit(
            x, wanted, batch_size=6, epochs=5, shuffle=False, validation_split=0.25, verbose=0, **given
        ).history
        fields = [name, loss, text(x), text(wanted), text(kernel), text(given.get("sample_weight", []))]
        # While it trains, Keras on JAX loses the mask of its metrics, and measures padding too.
        training = [] if name == "steps" else history[metric]
        fields += [text(history["loss"]), text(history["val_loss"])]
        fields += [text(training), text(history["val_" + metric])]
        out.write(",".join(fields) + "\n")
