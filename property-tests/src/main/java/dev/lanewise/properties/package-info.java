/** Laws that hold for every implementation, vector width and thread count: see the tests. */
@NullMarked
package dev.lanewise.properties;

import org.jspecify.annotations.NullMarked;
