"""Writes the files of src/test/resources/hdf5: every structure of HDF5 that the reader knows.

Element i of an array, in row-major order, is i / 2 - 3. Made with h5py 3 (any libhdf5 from 1.10 on):
    python3 make_hdf5_files.py
"""
import pathlib

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent.parent / "resources" / "hdf5"


def values(shape, dtype="<f4"):
    return (np.arange(int(np.prod(shape))) / 2 - 3).reshape(shape).astype(dtype)


def low_level(group, name, shape, layout=None, early=False, chunks=None):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    if layout is not None:
        properties.set_layout(layout)
    if chunks is not None:
        properties.set_chunk(chunks)
    if early:
        properties.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    space = h5py.h5s.create_simple(shape)
    data = h5py.h5d.create(group.id, name.encode(), h5py.h5t.IEEE_F32LE, space, properties)
    data.write(h5py.h5s.ALL, h5py.h5s.ALL, values(shape))


def arrays(group, latest):
    for dtype in ("<f2", "<f4", "<f8", ">f2", ">f4", ">f8"):
        group.create_dataset(("be_" if dtype[0] == ">" else "") + dtype[1:], data=values((4, 5), dtype))
    shape = (5, 7)
    group.create_dataset("chunked", data=values(shape), chunks=(2, 3))
    group.create_dataset("one_chunk", data=values(shape), chunks=shape)
    group.create_dataset("one_chunk_gzip", data=values(shape), chunks=shape, compression="gzip")
    group.create_dataset("gzip", data=values(shape), chunks=(2, 3), compression="gzip")
    group.create_dataset(
        "all_filters", data=values((50, 7)), chunks=(20, 3), compression="gzip", shuffle=True, fletcher32=True
    )
    group.create_dataset("lzf", data=np.zeros((50, 7), "<f4") + values((50, 1)), chunks=(50, 7), compression="lzf")
    group.create_dataset("fletcher", data=values((3, 3), "<f8"), chunks=(2, 2), fletcher32=True)
    group.create_dataset("one_axis", data=values((1500,)), chunks=(1,))
    group.create_dataset("cube", data=values((3, 4, 5)), chunks=(2, 3, 2))
    group.create_dataset("grows", data=values(shape), chunks=(2, 3), maxshape=(None, None))
    group.create_dataset("grows_gzip", data=values((40, 30)), chunks=(1, 3), maxshape=(None, None), compression="gzip")
    group.create_dataset("scalar", data=np.float32(-3))
    group.create_dataset("empty", data=np.zeros((0, 4), "<f4"))
    low_level(group, "compact", shape, layout=h5py.h5d.COMPACT)
    low_level(group, "run", shape, early=True, chunks=(2, 3))
    if latest:
        group.create_dataset("grows_one_way", data=values((9,)), chunks=(2,), maxshape=(None,))
    group.create_dataset("never_written", shape=(4, 4), dtype="<f4")
    group.create_dataset("half_written", shape=(4, 4), dtype="<f4", chunks=(2, 4))[:2] = 1
    group.create_dataset("ints", data=np.arange(3))
    group.create_dataset("texts", data=[b"a"])


def texts(group):
    group.attrs["vlen"] = "däta"
    group.attrs["vlens"] = ["a", "", "ccc"]
    group.attrs["fixed"] = np.array([b"ab", b"c"], "S4")
    group.attrs["empty"] = np.zeros((0,), "S1")
    group.attrs["number"] = 1.5
    group.attrs["none"] = h5py.Empty("S1")
    blanks = h5py.h5t.C_S1.copy()
    blanks.set_size(6)
    blanks.set_strpad(h5py.h5t.STR_SPACEPAD)
    space = h5py.h5s.create(h5py.h5s.SCALAR)
    padded = h5py.h5a.create(group.id, b"blanks", blanks, space)
    padded.write(np.array(b"a b", "S6"))


def write(name, latest, **settings):
    with h5py.File(HERE / name, "w", **settings) as f:
        arrays(f.create_group("arrays"), latest)
        texts(f.create_group("texts"))
        many = f.create_group("many")
        for i in range(300):
            many["group%d" % i] = f["texts"]
        for i in range(30):
            many.attrs["attribute%d" % i] = "text %d" % i
        f.create_group("large").attrs["text"] = np.bytes_(b"x" * (100_000 if latest else 60_000))


HERE.mkdir(exist_ok=True)
write("earliest.h5", False, libver="earliest")
write("latest.h5", True, libver="latest")
