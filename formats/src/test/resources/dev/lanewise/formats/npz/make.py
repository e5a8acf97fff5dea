"""Writes the golden .npz files beside it. Made with NumPy 1.24.2: python3 make.py"""
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
arrays = {"x": np.arange(6, dtype="<f4").reshape(2, 3), "layer/bias": np.array([0.5, -1]), "arr_0": np.array(7)}
np.savez(HERE / "stored.npz", **arrays)
np.savez_compressed(HERE / "compressed.npz", **arrays)
np.savez(HERE / "object.npz", o=np.zeros(2, "<c8"))
