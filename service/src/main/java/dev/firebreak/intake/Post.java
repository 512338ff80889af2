package dev.firebreak.intake;

import dev.firebreak.alert.Headers;

/**
 * One webhook request.
 *
 * @param source the name in its path
 * @param headers as sent
 * @param mediaType as sent, empty when it was not
 * @param body the raw bytes, inflated
 * @param loopback whether it came over the loopback interface
 */
public record Post(
    String source, Headers headers, String mediaType, byte[] body, boolean loopback) {}
