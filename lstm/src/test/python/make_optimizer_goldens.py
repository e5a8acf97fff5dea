"""Makes ../resources/dev/lanewise/lstm/optimizers.csv and schedules.csv: the losses of 20 updates of a small LSTM by each optimizer of Keras
3.15 (JAX) and PyTorch 1.13, and learning rates of Keras's schedules. Each library makes its own lines:

    python make_optimizer_goldens.py keras
    python make_optimizer_goldens.py torch

The model is LSTM(5), Dense(2) on 6 samples of 4 steps of 3 features, its loss the mean squared error. All numbers are sines, so that no file
holds them: element i of array k is sin(i + k) / 2, in double, rounded to float. Arrays 0 to 4 are the weights in Keras's order and layout, 5
is x, 6 is y, which is multiplied by 4.
"""

import math
import os
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent / "../resources/dev/lanewise/lstm"
UPDATES = 20
SHAPES = [(3, 20), (5, 20), (20,), (5, 2), (2,)]


def sines(k, *shape):
    values = [math.sin(i + k) / 2 for i in range(math.prod(shape))]
    return np.array(values, "float64").reshape(shape).astype("float32")


WEIGHTS = [sines(k, *shape) for k, shape in enumerate(SHAPES)]
X = sines(5, 6, 4, 3)
Y = 4 * sines(6, 6, 2)


def save(file, library, rows):
    path = HERE / file
    others = [line for line in path.read_text().splitlines() if not line.startswith(library)] if path.exists() else []
    own = [",".join([f"{library}-{name}"] + [repr(float(np.float32(value))) for value in values]) for name, values in rows.items()]
    path.write_text("\n".join(sorted(others + own)) + "\n")


def keras_goldens():
    os.environ["KERAS_BACKEND"] = "jax"
    import keras
    from keras import optimizers as o

    schedules = {
        "exponential": o.schedules.ExponentialDecay(0.05, 7, 0.5),
        "staircase": o.schedules.ExponentialDecay(0.05, 7, 0.5, staircase=True),
        "cosine": o.schedules.CosineDecay(0.05, 15),
        "cosine-alpha": o.schedules.CosineDecay(0.05, 15, alpha=0.1),
        "cosine-warmup": o.schedules.CosineDecay(0.01, 12, alpha=0.1, warmup_target=0.05, warmup_steps=5),
        "piecewise": o.schedules.PiecewiseConstantDecay([4, 9], [0.05, 0.02, 0.01]),
    }

    def excluding(*names):
        optimizer = o.AdamW(0.02, weight_decay=2)
        optimizer.exclude_from_weight_decay(var_names=list(names))
        return optimizer

    cases = {
        "adam": o.Adam(0.02),
        "adam-epsilon": o.Adam(0.02, beta_1=0.8, beta_2=0.9, epsilon=0.01),
        "adam-cosine-warmup": o.Adam(schedules["cosine-warmup"]),
        "adamw": o.AdamW(0.02),
        "adamw-decay": o.AdamW(0.02, weight_decay=2),
        "adamw-excluding": excluding("bias"),
        "sgd": o.SGD(0.1),
        "sgd-momentum": o.SGD(0.05, momentum=0.9),
        "sgd-nesterov": o.SGD(0.05, momentum=0.9, nesterov=True),
        "sgd-nesterov-piecewise": o.SGD(schedules["piecewise"], momentum=0.9, nesterov=True),
        "sgd-clipnorm": o.SGD(0.2, clipnorm=0.3),
        "sgd-clipvalue": o.SGD(0.2, clipvalue=0.05),
        "sgd-global-clipnorm": o.SGD(0.2, global_clipnorm=0.3),
        "rmsprop": o.RMSprop(0.01),
        "rmsprop-epsilon": o.RMSprop(0.01, rho=0.8, epsilon=0.01),
        "rmsprop-momentum": o.RMSprop(0.005, momentum=0.5),
        "rmsprop-centered": o.RMSprop(0.01, centered=True, epsilon=1e-3),
        "rmsprop-momentum-centered-staircase": o.RMSprop(schedules["staircase"], momentum=0.5, centered=True, epsilon=0.1),
    }
    losses = {}
    for name, optimizer in cases.items():
        model = keras.Sequential([keras.Input((4, 3)), keras.layers.LSTM(5), keras.layers.Dense(2)])
        model.set_weights(WEIGHTS)
        model.compile(optimizer, "mse")
        losses[name] = model.fit(X, Y, batch_size=6, epochs=UPDATES, shuffle=False, verbose=0).history["loss"]
    save("optimizers.csv", "keras", losses)
    save("schedules.csv", "keras", {name: [schedule(i) for i in range(UPDATES)] for name, schedule in schedules.items()})


def torch_goldens():
    import torch
    from torch import optim as o

    cases = {
        "adam": lambda w: o.Adam(w, 0.02),
        "adam-epsilon": lambda w: o.Adam(w, 0.02, betas=(0.8, 0.9), eps=0.01),
        "adamw": lambda w: o.AdamW(w, 0.02),
        "adamw-decay": lambda w: o.AdamW(w, 0.02, weight_decay=2),
        "sgd": lambda w: o.SGD(w, 0.1),
        "sgd-momentum": lambda w: o.SGD(w, 0.05, momentum=0.9),
        "sgd-nesterov": lambda w: o.SGD(w, 0.05, momentum=0.9, nesterov=True),
        "sgd-clipvalue": lambda w: o.SGD(w, 0.2),
        "sgd-global-clipnorm": lambda w: o.SGD(w, 0.2),
        "rmsprop": lambda w: o.RMSprop(w, 0.01, alpha=0.9),
        "rmsprop-epsilon": lambda w: o.RMSprop(w, 0.01, alpha=0.8, eps=0.01),
        "rmsprop-momentum": lambda w: o.RMSprop(w, 0.005, alpha=0.9, momentum=0.5),
        "rmsprop-centered": lambda w: o.RMSprop(w, 0.01, alpha=0.9, centered=True, eps=1e-2),
    }
    clips = {
        "sgd-clipvalue": lambda w: torch.nn.utils.clip_grad_value_(w, 0.05),
        "sgd-global-clipnorm": lambda w: torch.nn.utils.clip_grad_norm_(w, 0.3),
    }
    x, y = torch.from_numpy(X), torch.from_numpy(Y)

    def loss(w):  # one bias, as Keras; torch.nn.LSTM would train two
        h = c = torch.zeros(6, 5)
        for t in range(4):
            i, f, g, out = (x[:, t] @ w[0] + h @ w[1] + w[2]).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = out.sigmoid() * c.tanh()
        return torch.nn.functional.mse_loss(h @ w[3] + w[4], y)

    losses = {}
    for name, optimizer in cases.items():
        w = [torch.from_numpy(weight.copy()).requires_grad_() for weight in WEIGHTS]
        updates, losses[name] = optimizer(w), []
        for _ in range(UPDATES):
            updates.zero_grad()
            found = loss(w)
            found.backward()
            clips.get(name, lambda _: None)(w)
            updates.step()
            losses[name].append(found.item())
    save("optimizers.csv", "torch", losses)


{"keras": keras_goldens, "torch": torch_goldens}[sys.argv[1]]()
