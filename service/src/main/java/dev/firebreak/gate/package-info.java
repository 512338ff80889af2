/**
 * Questions to humans: the frozen plan, who may answer, the votes, the walk to the next human. It
 * does not know how the run goes on. Begin with {@link dev.firebreak.gate.Gate}.
 */
@NullMarked
package dev.firebreak.gate;

import org.jspecify.annotations.NullMarked;
