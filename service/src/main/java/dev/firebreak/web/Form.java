package dev.firebreak.web;

import dev.firebreak.access.SessionDesk;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A form that was sent by a page of this session. */
final class Form {
  private static final int LONGEST = 4_000;

  private final MultivaluedMap<String, String> fields;

  private Form(MultivaluedMap<String, String> fields) {
    this.fields = fields;
  }

  /** A form whose hidden word is this session's. */
  static Form of(Visit visit, MultivaluedMap<String, String> fields) {
    Form form = new Form(fields);
    if (!visit.session().knows(form.optional(SessionDesk.CSRF_FIELD))) {
      throw new Fault.Refusal(Fault.STALE_FORM);
    }
    return form;
  }

  /** A form of a stranger: nothing vouches for it but the browser's word on where it came from. */
  static Form ofStranger(MultivaluedMap<String, String> fields) {
    return new Form(fields);
  }

  /** The field's text without blanks at its ends, empty when it was not sent. */
  String optional(String name) {
    String value = fields.getFirst(name);
    String text = value == null ? "" : value.strip();
    if (text.length() > LONGEST) {
      throw new Fault.Refusal(
          Fault.bad("'%s' has %d characters; %d fit.".formatted(name, text.length(), LONGEST)));
    }
    return text;
  }

  /** What was filled in of a gate's form, by the names of its fields. */
  Map<String, Object> answers() {
    Map<String, Object> answers = new LinkedHashMap<>();
    for (String name : fields.keySet()) {
      String answer = name.startsWith(FormLine.PREFIX) ? optional(name) : "";
      if (!answer.isEmpty()) {
        answers.put(name.substring(FormLine.PREFIX.length()), answer);
      }
    }
    return answers;
  }

  /** A field that must be filled in. */
  String required(String name, String missing) {
    String text = optional(name);
    if (text.isEmpty()) {
      throw new Fault.Refusal(Fault.bad(missing));
    }
    return text;
  }
}
