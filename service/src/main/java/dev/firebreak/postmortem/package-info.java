/** The draft of a postmortem: journal and artifacts in, a Markdown document out. */
@NullMarked
package dev.firebreak.postmortem;

import org.jspecify.annotations.NullMarked;
