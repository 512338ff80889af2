@NullMarked
package dev.firebreak.cluster;

import org.jspecify.annotations.NullMarked;
