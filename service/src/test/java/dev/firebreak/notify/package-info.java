@org.jspecify.annotations.NullMarked
package dev.firebreak.notify;
