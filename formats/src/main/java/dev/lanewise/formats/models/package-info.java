/** What files of models share, of whatever format: their sizes, and whose they are. */
@NullMarked
package dev.lanewise.formats.models;

import org.jspecify.annotations.NullMarked;
