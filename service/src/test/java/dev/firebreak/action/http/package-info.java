@NullMarked
package dev.firebreak.action.http;

import org.jspecify.annotations.NullMarked;
