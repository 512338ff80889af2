package dev.firebreak.guard;

/**
 * What people have to hear once.
 *
 * @param key of the message; a second one of the same key is not sent
 * @param incidentId on whose record it stands
 * @param owner the team or person who answers for it
 * @param path of the page of the console to look at: {@code /breakers}
 */
public record Warning(
    String key, String incidentId, String owner, String subject, String text, String path) {}
