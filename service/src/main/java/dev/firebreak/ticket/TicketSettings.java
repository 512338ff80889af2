package dev.firebreak.ticket;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dropwizard.jackson.Discoverable;

/**
 * One entry of the section {@code tickets}: a ticket system by its name. {@code type} chooses the
 * kind; each leaf of this room has one, found through {@code META-INF/services}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface TicketSettings extends Discoverable {
  /**
   * Makes the system. Asks nothing of the network: a system that is down stops no start.
   *
   * @param name its name in the configuration
   * @throws IllegalArgumentException naming the key that is wrong and what to write instead
   */
  TicketSystem build(String name, TicketParts parts);
}
