/** HDF5, as far as Keras writes it. */
@NullMarked
package dev.lanewise.formats.hdf5;

import org.jspecify.annotations.NullMarked;
