@org.jspecify.annotations.NullMarked
package dev.firebreak.oncall;
