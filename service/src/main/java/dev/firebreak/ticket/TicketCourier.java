package dev.firebreak.ticket;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Message;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.outbox.Courier;
import dev.firebreak.outbox.CourierException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Carries messages to ticket systems: finds the incident's ticket or opens it, notes, attaches,
 * resolves, reads back, and puts it on record. Carried again after a failure at any point, a
 * message doubles nothing: a ticket is found by the incident's id in it, a note by its reference
 * line, an attachment by name and size. Two messages of one incident never go side by side in one
 * process.
 */
public final class TicketCourier implements Courier {
  private static final int STRIPES = 64;

  private final TicketPorts ports;
  private final Map<String, TicketSystem> systems = new TreeMap<>();
  private final TicketTexts texts;
  private final String baseUrl;
  private final InstantSource clock;
  private final ObjectMapper json;
  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  /**
   * @param baseUrl where the console is, for links
   */
  public TicketCourier(
      TicketPorts ports,
      Collection<TicketSystem> systems,
      TicketTexts texts,
      String baseUrl,
      InstantSource clock,
      ObjectMapper json) {
    this.ports = ports;
    systems.forEach(system -> this.systems.put(system.name(), system));
    this.texts = texts;
    this.baseUrl = baseUrl.replaceAll("/+$", "");
    this.clock = clock;
    this.json = json;
  }

  @Override
  public String kind() {
    return TicketMessages.KIND;
  }

  /** Messages of one incident speak of one ticket: the second waits for the first. */
  @Override
  public boolean oneAtATime() {
    return true;
  }

  @Override
  public String carry(Message message) {
    TicketRequest request = TicketRequest.of(message);
    TicketSystem system = system(request);
    ReentrantLock lock = lock(request);
    lock.lock();
    try {
      TicketFacts facts = TicketFacts.read(ports, request);
      TicketWords words =
          new TicketWords(texts, new TicketModel(system.markup(), baseUrl), request, facts);
      TicketRecord record = new TicketRecord(ports, request, facts, clock, json);
      return new Carriage(ports, request, facts, system, words, record).go();
    } catch (StoreUnavailable e) {
      throw new CourierException("the database does not answer: " + e.getMessage(), false, e);
    } catch (ExpressionException e) {
      throw new CourierException(
          "the text of the ticket cannot be written: " + e.getMessage(), true, e);
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(TicketRequest request) {
    return locks[Math.floorMod((request.incident() + request.system()).hashCode(), STRIPES)];
  }

  private TicketSystem system(TicketRequest request) {
    TicketSystem system = systems.get(request.system());
    if (system == null) {
      throw new CourierException(
          "there is no ticket system '%s' in the configuration, section tickets (there are: %s)"
              .formatted(
                  request.system(),
                  systems.isEmpty() ? "none" : String.join(", ", systems.keySet())),
          true,
          null);
    }
    return system;
  }
}
