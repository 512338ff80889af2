@NullMarked
package dev.firebreak.action.command;

import org.jspecify.annotations.NullMarked;
