@NullMarked
package dev.firebreak.runbook;

import org.jspecify.annotations.NullMarked;
