/** Files as such, and zip archives: opened, read as numbers, written whole or not at all. */
@NullMarked
package dev.lanewise.formats.files;

import org.jspecify.annotations.NullMarked;
