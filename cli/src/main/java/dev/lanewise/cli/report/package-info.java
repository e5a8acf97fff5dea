/** What a command leaves to look at: pictures, and a page that holds everything. */
@NullMarked
package dev.lanewise.cli.report;

import org.jspecify.annotations.NullMarked;
