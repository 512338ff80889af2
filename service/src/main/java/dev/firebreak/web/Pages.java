package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Ordered;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Gates;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws pages, follows forms, and turns whatever goes wrong into a page a human can use. */
final class Pages {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
  private static final MediaType HTML = MediaType.valueOf("text/html; charset=utf-8");
  private static final int MANY_GATES = 100;
  private static final int PATIENCE_SECONDS = 10;

  private final Canvas canvas;
  private final Frame frame;
  private final Ledger ledger;
  private final Gates gates;

  Pages(Canvas canvas, Frame frame, Ledger ledger, Gates gates) {
    this.canvas = canvas;
    this.frame = frame;
    this.ledger = ledger;
    this.gates = gates;
  }

  /** A page made from one consistent read. */
  Response show(ContainerRequestContext request, Function<Tx, Sheet> build) {
    return attempt(
        request,
        () -> {
          Drawn drawn = ledger.read(tx -> new Drawn(build.apply(tx), waiting(tx)));
          return draw(200, request, drawn.sheet(), drawn.waiting());
        });
  }

  /** Something out of one consistent read. */
  <T> T read(Function<Tx, T> what) {
    return ledger.read(what);
  }

  /** A page that needs no database. */
  Response show(ContainerRequestContext request, Sheet sheet) {
    return draw(200, request, sheet, 0);
  }

  /** Something else than a page, with a page for its faults. */
  Response answer(ContainerRequestContext request, Function<Tx, Response> build) {
    return attempt(request, () -> ledger.read(build));
  }

  /**
   * Follows a form and goes back to a page.
   *
   * @param order gives the order, from the form and who sent it; what it throws is shown
   * @param back the page to go to, with what was done as its {@code said}
   */
  Response follow(
      ContainerRequestContext request,
      MultivaluedMap<String, String> fields,
      BiFunction<Form, Principal, Future<?>> order,
      String back) {
    return attempt(
        request,
        () -> {
          Visit visit = Visit.of(request);
          Form form = Form.of(visit, fields);
          Object done = order.apply(form, visit.who()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
          boolean stored = done instanceof Ordered ordered && ordered.stored();
          String said = stored ? back.replaceFirst("said=\\w+", "said=stored") : back;
          return Response.seeOther(URI.create(said)).build();
        });
  }

  /** Whatever goes wrong in it becomes a page. */
  Response attempt(ContainerRequestContext request, Callable<Response> work) {
    try {
      return work.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fault(request, Fault.of(e));
    } catch (Exception e) {
      return fault(request, explain(e));
    }
  }

  /** A fault as a page. */
  Response fault(ContainerRequestContext request, Fault fault) {
    return draw(fault.status(), request, new Sheet("fault", fault.title(), "", null, fault), 0);
  }

  /** A page that goes on to the login by itself, so that the browser brings its cookie. */
  Response bounce(ContainerRequestContext request, String path) {
    return draw(401, request, new Sheet("bounce", "Sign in", "", null, new Bounce(path)), 0);
  }

  record Bounce(String path) {}

  private record Drawn(Sheet sheet, int waiting) {}

  private int waiting(Tx tx) {
    return gates.list(tx, Gate.Status.OPEN, null, null, MANY_GATES).size();
  }

  private Response draw(int status, ContainerRequestContext request, Sheet sheet, int waiting) {
    @Nullable Visit visit = Visit.known(request).orElse(null);
    String said = request.getUriInfo().getQueryParameters().getFirst("said");
    Map<String, Object> model = new LinkedHashMap<>(Plain.model(sheet.view()));
    model.put("shell", Plain.model(frame.around(sheet, visit, said, waiting)));
    return Response.status(status).type(HTML).entity(canvas.html(sheet.template(), model)).build();
  }

  private static Fault explain(Exception e) {
    Fault fault = Fault.of(e);
    if (fault.status() >= 500) {
      LOG.error("a page of the console failed: {}", fault.title(), e);
    }
    return fault;
  }
}
