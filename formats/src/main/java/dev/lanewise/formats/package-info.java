/**
 * Files to models, arrays and tables, and back. {@link dev.lanewise.formats.ModelReader} reads any
 * model, {@link dev.lanewise.formats.CsvTable} a table, {@link dev.lanewise.formats.RowTimes} its
 * times. All third-party parsers of the library live here.
 */
@NullMarked
package dev.lanewise.formats;

import org.jspecify.annotations.NullMarked;
