/** Tests of postmortems. */
@org.jspecify.annotations.NullMarked
package dev.firebreak.postmortem;
