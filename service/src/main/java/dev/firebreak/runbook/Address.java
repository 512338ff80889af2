package dev.firebreak.runbook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a step of a run, taken apart: {@code move/copy[17].undo} is the undoing of the item 17
 * of the step {@code copy} of the rung {@code move}.
 *
 * @param top the id of the rung, or of the step outside any
 * @param step the id of the step within the rung, empty when it is the rung itself
 * @param item the place in the list it goes over, from 0; -1 when it is no item
 * @param part {@code verify}, {@code undo}, {@code list} or {@code answers}; empty for the step
 *     itself
 */
public record Address(String top, String step, int item, String part) {
  /** The proof of a change. */
  public static final String VERIFY = "verify";

  /** What takes a change back. */
  public static final String UNDO = "undo";

  /** The list a step goes over, as it was worked out. */
  public static final String LIST = "list";

  /** What people filled in when they approved a change. */
  public static final String ANSWERS = "answers";

  private static final Pattern FORM =
      Pattern.compile("([^/.\\[]+)(?:/([^/.\\[]+)(?:\\[([0-9]{1,9})\\])?)?(?:\\.([a-z]+))?");

  /** The parts of an id; one of another form is all {@code top}. */
  public static Address of(String id) {
    if (isPlain(id)) {
      return new Address(id, "", -1, "");
    }
    Matcher form = FORM.matcher(id);
    if (!form.matches()) {
      return new Address(id, "", -1, "");
    }
    return new Address(
        form.group(1),
        form.group(2) == null ? "" : form.group(2),
        form.group(3) == null ? -1 : Integer.parseInt(form.group(3)),
        form.group(4) == null ? "" : form.group(4));
  }

  private static boolean isPlain(String id) {
    return id.indexOf('/') < 0 && id.indexOf('.') < 0 && id.indexOf('[') < 0;
  }

  /** Whether it is one item of a list, or a part of one. */
  public boolean ofItem() {
    return item >= 0;
  }

  /** Whether it takes a change back. */
  public boolean undoes() {
    return part.equals(UNDO);
  }

  /** The id of the whole step, whatever item or part of it this is. */
  public String whole() {
    return step.isEmpty() ? top : top + "/" + step;
  }

  /** The id of the step or item, whatever part of it this is. */
  public String holder() {
    return ofItem() ? whole() + "[" + item + "]" : whole();
  }

  /** What limits and cool-downs count by: all items of a step together, the undoing apart. */
  public String counted() {
    return part.isEmpty() ? whole() : whole() + "." + part;
  }
}
