/** Assembly: configuration, wiring, the command line. Imports all, imported by none. */
@NullMarked
package dev.firebreak.app;

import org.jspecify.annotations.NullMarked;
