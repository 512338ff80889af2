@org.jspecify.annotations.NullMarked
package dev.firebreak.api;
