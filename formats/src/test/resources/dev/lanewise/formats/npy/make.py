"""Writes the golden .npy files beside it. Made with NumPy 2.4.6: python3 make.py"""
import pathlib

import numpy as np
from numpy.lib import format as npy

HERE = pathlib.Path(__file__).parent


def write(name, array, version=None):
    with open(HERE / f"{name}.npy", "wb") as file:
        npy.write_array(file, array, version=version)


table = np.array([[1.5, -2.25, 3.0], [4.0, 5.5, -6.75]])
write("f4", table.astype("<f4"))
write("f4_big", table.astype(">f4"))
write("f4_fortran", np.asfortranarray(table.astype("<f4")))
write("f4_version2", table.astype("<f4"), (2, 0))
write("f4_version3", table.astype("<f4"), (3, 0))
write("f4_cube_fortran", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
write("f4_scalar", np.array(7.5, dtype="<f4"))
write("f4_vector", np.array([1, 2, 3], dtype="<f4"))
write("f4_empty", np.zeros((0, 4), dtype="<f4"))
write("f8", table)
write("f8_big", table.astype(">f8"))
write("f8_rounded", np.array([0.1, 1 / 3, 16777217.0, np.nan, np.inf, -np.inf]))
write("f8_beyond", np.array([1.0, 1e39]))
write("f2", table.astype("<f2"))
write("bool", np.array([True, False, True]))
for name in ("i1", "i2", "i4", "i8"):
    info = np.iinfo(name)
    write(name, np.array([info.min, -1, 0, 7, info.max], dtype="<" + name))
for name in ("u1", "u2", "u4", "u8"):
    write(name, np.array([0, 7, np.iinfo(name).max], dtype=">" + name))
write("c8", np.zeros(2, dtype="<c8"))
write("structured", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
