package dev.firebreak.channel;

/**
 * What somebody did with an incident on the other side of a channel.
 *
 * @param thread the notice's thread: the incident's id
 * @param stage what became of it there, never {@code NEWS}
 * @param by who did it, as the other side calls them
 * @param eventId the other side's id of this report
 */
public record Feedback(String thread, Matter.Stage stage, String by, String eventId) {}
