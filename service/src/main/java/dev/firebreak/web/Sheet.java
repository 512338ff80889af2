package dev.firebreak.web;

import org.jspecify.annotations.Nullable;

/**
 * One page before it is drawn.
 *
 * @param template its file
 * @param title one line
 * @param place which entry of the navigation it belongs to
 * @param live where its events come from, or null
 * @param view what its template sees
 */
record Sheet(String template, String title, String place, @Nullable String live, Record view) {}
