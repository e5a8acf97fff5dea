"""Makes ../resources/dev/lanewise/lstm/penalties.csv: the losses of 5 updates of small models of Keras 3.15 (JAX) with regularizers and layers
that are not trainable, and the loss that evaluate gives after them.

    python make_penalty_goldens.py

No file holds the numbers that go in: element i of array k is sin(i + k) / 2, in double, rounded to float. Arrays 1, 2 .. are the weights in
Keras's order, of moving variances 1 more; 50 is x of 6 samples of 4 steps of 3 features, or the ids i mod 4; 60 is y, times 4.
No weight is 0, where JAX has 1 for the slope of |w|, and TensorFlow, PyTorch and this library have 0.
"""

import math
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from keras import layers, optimizers
from keras.regularizers import L1, L1L2, L2


def sines(k, *shape):
    values = [math.sin(i + k) / 2 for i in range(math.prod(shape))]
    return np.array(values, "float64").reshape(shape).astype("float32")


X = sines(50, 6, 4, 3)
IDS = np.arange(24).reshape(6, 4) % 4
Y = 4 * sines(60, 6, 2)
ALL = {"kernel_regularizer": L2(0.02), "recurrent_regularizer": L1(0.01), "bias_regularizer": L1L2(0.03, 0.05)}
BOTH = {"kernel_regularizer": L1L2(0.01, 0.02), "bias_regularizer": L2(0.1)}


def chain(*own):
    return keras.Sequential([keras.Input(X.shape[1:]), *own])


def twice():
    x = keras.Input(X.shape[1:])
    shared = layers.Dense(3, **BOTH)
    return keras.Model(x, layers.Dense(2)(layers.LSTM(4)(shared(shared(x)))))


def models():
    sgd = lambda: optimizers.SGD(0.1)
    yield "lstm", chain(layers.LSTM(5, **ALL), layers.Dense(2, **BOTH)), sgd(), X
    yield "gru", chain(layers.GRU(5, **ALL), layers.Dense(2)), sgd(), X
    yield "simple-rnn", chain(layers.SimpleRNN(5, **ALL), layers.Dense(2)), sgd(), X
    yield "bidirectional", chain(layers.Bidirectional(layers.LSTM(3, **ALL)), layers.Dense(2)), sgd(), X
    yield "conv1d", chain(layers.Conv1D(4, 2, **BOTH), layers.LSTM(3), layers.Dense(2)), sgd(), X
    embedding = layers.Embedding(4, 3, embeddings_regularizer=L1L2(0.02, 0.01))
    yield "embedding", keras.Sequential([keras.Input((4,)), embedding, layers.LSTM(3), layers.Dense(2)]), sgd(), IDS
    yield "clipped", chain(layers.LSTM(5, **ALL), layers.Dense(2, **BOTH)), optimizers.SGD(0.5, global_clipnorm=0.2), X
    yield "adam", chain(layers.LSTM(5, **ALL), layers.Dense(2, **BOTH)), optimizers.Adam(0.02), X
    yield "twice", twice(), sgd(), X
    frozen = layers.LSTM(5, trainable=False, **ALL)
    yield "frozen", chain(layers.Dense(3, **BOTH), frozen, layers.Dense(2)), sgd(), X
    fixed = layers.BatchNormalization(trainable=False)
    yield "fixed", chain(layers.Dense(3), fixed, layers.LSTM(5, **ALL), layers.Dense(2)), sgd(), X


def main():
    lines = []
    for name, model, optimizer, x in models():
        model.compile(optimizer, "mse")
        for k, weight in enumerate(model.weights, 1):
            more = 1 if weight.path.endswith("moving_variance") else 0
            weight.assign(sines(k, *weight.shape) + more)
        losses = model.fit(x, Y, batch_size=6, epochs=5, shuffle=False, verbose=0).history["loss"]
        losses.append(model.evaluate(x, Y, batch_size=6, verbose=0))
        lines.append(",".join([name] + [repr(float(np.float32(loss))) for loss in losses]))
    path = Path(__file__).parent / "../resources/dev/lanewise/lstm/penalties.csv"
    path.write_text("\n".join(lines) + "\n")


main()
