/** Forecasters of tables: their recipes as JSON, and what their tables may not be. */
@NullMarked
package dev.lanewise.formats.forecast;

import org.jspecify.annotations.NullMarked;
