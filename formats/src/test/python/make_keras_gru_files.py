"""Writes Keras files of GRU and SimpleRNN in the layouts of Keras 1, of Keras 2.0 and of CuDNN, and the right answers.

As make_keras_files.py beside it, whose functions it takes. Made with h5py 3.16 and NumPy 2.4:
    python3 make_keras_gru_files.py
"""
import numpy as np

from make_keras_files import ACTIVATIONS, FEATURES, STEPS, UNITS, X, draw, expected, layer, named, sequential, write_model

GATES = "zrh"


def gru(x, weights, after, recurrent="sigmoid", sequences=False, backwards=False):
    kernel, recurrent_kernel, bias = (w.astype(np.float64) for w in weights)
    r, units = ACTIVATIONS[recurrent], len(recurrent_kernel)
    of_input, of_state = bias if after else (bias, np.zeros_like(bias))
    h = np.zeros((len(x), units))
    outputs = []
    for t in range(x.shape[1])[:: -1 if backwards else 1]:
        z, reset, new = np.split(x[:, t] @ kernel + of_input, 3, axis=1)
        hz, hr, hn = np.split(h @ recurrent_kernel + of_state, 3, axis=1)
        z, reset = r(z + hz), r(reset + hr)
        new = np.tanh(new + (reset * hn if after else (reset * h) @ recurrent_kernel[:, 2 * units:]))
        h = z * h + (1 - z) * new
        outputs.append(h)
    return np.stack(outputs, 1) if sequences else h


def simple_rnn(x, weights):
    kernel, recurrent_kernel, bias = (w.astype(np.float64) for w in weights)
    h = np.zeros((len(x), len(recurrent_kernel)))
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias)
    return h


def gru_weights(after, features=FEATURES):
    return [draw(features, 3 * UNITS), draw(UNITS, 3 * UNITS), draw(*([2] if after else []), 3 * UNITS)]


def cudnn_gru(weights):
    kernel, recurrent_kernel, bias = weights
    return [
        # The inverse of k.T.reshape(k.shape, order="F"), which is what Keras does to read it.
        np.hstack([k.reshape(k.shape[::-1], order="F").T for k in np.hsplit(kernel, 3)]),
        np.hstack([k.T for k in np.hsplit(recurrent_kernel, 3)]),
        bias.reshape(-1),
    ]


def keras_1():
    """Nine arrays: W, U and b of the update gate, the reset gate and the candidate. Then a SimpleRNN, which has three."""
    first, last = gru_weights(False), [draw(UNITS, UNITS), draw(UNITS, UNITS), draw(UNITS)]
    common = dict(
        output_dim=UNITS, activation="tanh", init="glorot_uniform", inner_init="orthogonal", go_backwards=False, stateful=False,
        unroll=False, consume_less="cpu", U_regularizer=None, b_regularizer=None, W_regularizer=None, dropout_W=0.0, dropout_U=0.0)
    config = {
        "class_name": "Sequential",
        "config": [
            layer(
                "GRU", "gru_1", **common, inner_activation="hard_sigmoid", batch_input_shape=[None, STEPS, FEATURES],
                input_dim=FEATURES, input_length=STEPS, return_sequences=True),
            layer("SimpleRNN", "simplernn_1", **common, input_dim=UNITS, input_length=None, return_sequences=False),
        ],
    }
    gates = [np.split(w, 3, axis=-1) for w in first]
    arrays = [(f"gru_1_{kind}_{gate}", gates["WUb".index(kind)][GATES.index(gate)]) for gate in GATES for kind in "WUb"]
    names = [f"simplernn_1_{kind}" for kind in "WUb"]
    write_model("keras1_gru", config, [("gru_1", arrays), ("simplernn_1", list(zip(names, last)))], None)
    expected("keras1_gru", simple_rnn(gru(X, first, False, "hard_sigmoid_2", sequences=True), last))


def keras_2():
    """2.0.8: no reset_after, which was not yet; no recurrent_activation, which then meant hard_sigmoid."""
    first = gru_weights(False)
    config = sequential([layer("GRU", "gru_1", units=UNITS, batch_input_shape=[None, None, FEATURES])])
    write_model("keras2_gru", config, [("gru_1", named("gru_1/", first))], "2.0.8")
    expected("keras2_gru", gru(X, first, False, "hard_sigmoid_2"))


def cudnn():
    """Alone, then in both directions."""
    first, ahead, back = gru_weights(True), gru_weights(True, UNITS), gru_weights(True, UNITS)
    config = sequential([
        layer("CuDNNGRU", "cu_dnngru_1", units=UNITS, batch_input_shape=[None, STEPS, FEATURES], return_sequences=True),
        layer("Bidirectional", "both", merge_mode="concat", layer=layer("CuDNNGRU", "cu_dnngru_2", units=UNITS)),
    ])
    both = named("both/forward_cu_dnngru_2/", cudnn_gru(ahead)) + named("both/backward_cu_dnngru_2/", cudnn_gru(back))
    write_model("cudnn_gru", config, [("cu_dnngru_1", named("cu_dnngru_1/", cudnn_gru(first))), ("both", both)], "2.2.4")
    steps = gru(X, first, True, sequences=True)
    expected("cudnn_gru", np.concatenate([gru(steps, ahead, True), gru(steps, back, True, backwards=True)], -1))


if __name__ == "__main__":
    keras_1()
    keras_2()
    cudnn()
