"""Writes the files of src/test/resources/hostile: Keras models that lead out of the file, or lie about sizes.

Each is keras3.h5 with one part changed. Made with h5py 3:
    python3 make_hostile_files.py
"""
import pathlib
import shutil
import zlib

import h5py

RESOURCES = pathlib.Path(__file__).parent.parent / "resources"
HERE = RESOURCES / "hostile"


def changed(name):
    shutil.copy(RESOURCES / "keras" / "keras3.h5", HERE / name)
    return h5py.File(HERE / name, "r+")


def first_matrix(f):
    names = []
    f.visititems(lambda name, node: names.append(name) if isinstance(node, h5py.Dataset) and node.ndim == 2 else None)
    return names[0]


def replaced(name, make):
    with changed(name) as f:
        array = first_matrix(f)
        data = f[array][()]
        del f[array]
        make(f, array, data)


def linked(name, link):
    with changed(name) as f:
        del f["model_weights"]
        f["model_weights"] = link


HERE.mkdir(exist_ok=True)
linked("external_group.h5", h5py.ExternalLink("/dev/zero", "/model_weights"))
linked("external_pipe.h5", h5py.ExternalLink("pipe", "/model_weights"))
linked("external_itself.h5", h5py.ExternalLink("external_itself.h5", "/model_weights"))
linked("soft_itself.h5", h5py.SoftLink("/model_weights"))
linked("soft_out.h5", h5py.SoftLink("/other/model_weights"))
replaced("external_array.h5", lambda f, name, data: f.__setitem__(name, h5py.ExternalLink("secret.h5", "/x")))
replaced(
    "external_bytes.h5",
    lambda f, name, data: f.create_dataset(name, data.shape, "f4", external=[("/etc/passwd", 0, data.nbytes)]),
)


def virtual(f, name, data):
    layout = h5py.VirtualLayout(data.shape, "f4")
    layout[...] = h5py.VirtualSource("secret.h5", "x", data.shape)
    f.create_virtual_dataset(name, layout)


replaced("virtual.h5", virtual)
replaced("huge.h5", lambda f, name, data: f.create_dataset(name, (1 << 40, 1 << 20), "f4", chunks=(1 << 10, 1 << 10)))
replaced("contiguous.h5", lambda f, name, data: f.create_dataset(name, (1 << 20, 1 << 12), "f4"))
replaced(
    "large_chunk.h5",
    lambda f, name, data: f.create_dataset(
        name, data=data, chunks=(1 << 12, 1 << 10), maxshape=(None, None), compression="gzip", compression_opts=9
    ),
)


def growing(f, name, data):
    # A chunk of the right size by its layout that inflates to 4 MB.
    array = f.create_dataset(name, data.shape, "f4", chunks=data.shape, compression="gzip")
    array.id.write_direct_chunk((0,) * data.ndim, zlib.compress(bytes(4 << 20), 9))


replaced("growing_chunk.h5", growing)
with changed("cycle.h5") as f:
    f["model_weights"]["loop"] = f["model_weights"]
