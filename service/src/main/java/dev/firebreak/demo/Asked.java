package dev.firebreak.demo;

/** A question to people, and the run that waits for its answer. */
record Asked(String gate, String run) {}
