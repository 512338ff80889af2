/**
 * The console: pages for humans, live by server-sent events, whole without JavaScript. It reads
 * through the ports of the rooms below and gives orders to the engine; it decides nothing. Begin
 * with {@link dev.firebreak.web.WebRoom}.
 */
@NullMarked
package dev.firebreak.web;

import org.jspecify.annotations.NullMarked;
