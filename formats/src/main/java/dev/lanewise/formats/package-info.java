/** Files to models and arrays, and back. All third-party parsers live here. */
@NullMarked
package dev.lanewise.formats;

import org.jspecify.annotations.NullMarked;
