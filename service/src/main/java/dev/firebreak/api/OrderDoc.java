package dev.firebreak.api;

import dev.firebreak.engine.Ordered;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The answer to an order that is stored and not carried out yet.
 *
 * @param detail for a human
 */
@Wire
record OrderDoc(String run, String detail) {
  private static final String STORED =
      "The order is stored and will be carried out. This run belongs to another node, which has not"
          + " answered yet; if that node is gone, another one takes the run over, and the order"
          + " with it.";

  /** 200 with the run that has followed an order, or 202 when that will be later. */
  static Response answer(CompletableFuture<Ordered> order) {
    Ordered ordered = Waiting.on(order);
    return ordered.stored()
        ? Response.accepted(new OrderDoc(ordered.run().id(), STORED)).build()
        : Response.ok(RunDoc.whole(ordered.run(), List.of())).build();
  }
}
