/** The console: pages for humans, live by server-sent events, whole without JavaScript. */
@NullMarked
package dev.firebreak.web;

import org.jspecify.annotations.NullMarked;
