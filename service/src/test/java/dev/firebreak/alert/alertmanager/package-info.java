@NullMarked
package dev.firebreak.alert.alertmanager;

import org.jspecify.annotations.NullMarked;
