package dev.firebreak.action;

/**
 * Bytes that were found.
 *
 * @param name a file name without a path
 * @param mediaType as in {@code text/plain; charset=utf-8}
 * @param content at most what the configuration caps it to
 * @param truncated whether there was more
 */
public record Evidence(String name, String mediaType, byte[] content, boolean truncated) {}
