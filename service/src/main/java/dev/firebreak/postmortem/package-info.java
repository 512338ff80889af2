/**
 * The first draft of a postmortem, computed from an incident's journal, alerts and artifacts. It
 * reads ports and asks nobody; what it relies on in the journal is written down at {@link
 * dev.firebreak.postmortem.Chronicle}. Begin with {@link dev.firebreak.postmortem.PostmortemDesk}.
 */
@NullMarked
package dev.firebreak.postmortem;

import org.jspecify.annotations.NullMarked;
