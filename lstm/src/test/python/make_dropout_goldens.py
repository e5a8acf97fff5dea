"""Makes ../resources/dev/lanewise/lstm/dropout.csv: what recurrent layers of Keras 3.15 (JAX) give in training with dropout and
recurrent_dropout, and the gradients of it, with the masks that Lanewise draws from seed 1 for the first batch.

    python make_dropout_goldens.py

A layer of 3 units reads 2 samples of 4 steps of 2 features. Element i of array k is sin(i + k) / 2, in double, rounded to float. Arrays 0 to 2
are the weights in Keras's order and layout, 5 is x, 6 what each output is multiplied by in the sum that is differentiated.
"""

import math
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
import jax
import keras
import numpy as np

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
UNITS, BATCH, STEPS, FEATURES = 3, 2, 4, 2


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


class SplitMix64:
    def __init__(self, seed, index):
        self.state = mix((mix((seed + GOLDEN) & MASK) + GOLDEN * (2 * index + 1)) & MASK)

    def next(self):
        self.state = (self.state + GOLDEN) & MASK
        return mix(self.state)


def masks(count, width, rate, use):
    seed = SplitMix64(1, use).next()
    rows = [SplitMix64(seed, row) for row in range(BATCH)]
    return [
        np.array(
            [[0 if (row.next() >> 11) * 2.0**-53 < rate else 1 / (1 - rate) for _ in range(width)] for row in rows],
            "float32",
        )
        for _ in range(count)
    ]


def sines(k, *shape):
    values = [math.sin(i + k) / 2 for i in range(math.prod(shape))]
    return np.array(values, "float64").reshape(shape).astype("float32")


def rows(name, layer, gates, order):
    """Order: of the masks of x, by the gates as Keras has them."""
    cell = layer.cell
    x = sines(5, BATCH, STEPS, FEATURES)
    layer.build(x.shape)
    for k, weight in enumerate(layer.trainable_variables):
        weight.assign(sines(k, *weight.shape))
    of = sines(6, BATCH, STEPS, UNITS)

    def run(weights, x):
        apart = cell.recurrent_dropout > 0 and gates > 1
        if cell.dropout > 0:
            drawn = masks(gates if apart else 1, FEATURES, cell.dropout, 0)
            cell._dropout_mask = [drawn[i] for i in order] if apart else drawn[0]
        if cell.recurrent_dropout > 0:
            drawn = masks(gates, UNITS, cell.recurrent_dropout, 1)
            cell._recurrent_dropout_mask = drawn if apart else drawn[0]
        y, _ = layer.stateless_call(weights, layer.non_trainable_variables, x, training=True)
        return (y * of).sum(), y

    weights = [weight.value for weight in layer.trainable_variables]
    (dweights, dx), y = jax.grad(run, argnums=(0, 1), has_aux=True)(weights, x)
    found = {"y": y, "x": dx}
    for weight, gradient in zip(layer.trainable_variables, dweights):
        found[weight.name] = gradient
    for key, value in found.items():
        yield ",".join([name, key] + [repr(float(v)) for v in np.asarray(value).ravel()])


def main():
    lines = []
    for word, options in {
        "input": {"dropout": 0.4},
        "state": {"recurrent_dropout": 0.4},
        "both": {"dropout": 0.3, "recurrent_dropout": 0.5},
    }.items():
        options = {"return_sequences": True, **options}
        lines += rows(f"lstm-{word}", keras.layers.LSTM(UNITS, **options), 4, [0, 1, 2, 3])
        lines += rows(f"gru-{word}", keras.layers.GRU(UNITS, **options), 3, [1, 2, 0])
        lines += rows(f"reset-before-{word}", keras.layers.GRU(UNITS, reset_after=False, **options), 3, [0, 1, 2])
        lines += rows(f"simple-rnn-{word}", keras.layers.SimpleRNN(UNITS, **options), 1, [0])
    path = Path(__file__).parent / "../resources/dev/lanewise/lstm/dropout.csv"
    path.write_text("\n".join(lines) + "\n")


main()
