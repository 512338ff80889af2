package dev.firebreak.runbook;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the forms that people fill in when they approve. */
final class FormReader {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(?:password|passwd|passphrase|secret|api_?key|token|credential).*");

  private final Values values;
  private final Findings findings;

  FormReader(Values values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  /**
   * The form of a rung.
   *
   * @param conditional whether people are not always asked
   */
  AnswerForm read(YamlNode rung, @Nullable YamlNode form, boolean conditional) {
    if (form == null) {
      return AnswerForm.NONE;
    }
    if (YamlNode.at(rung, "steps") != null) {
      findings.error(
          form,
          "not-with-steps",
          "a rung with steps asks for each of its changes, and has no form",
          "put the form on a rung with a `do`");
    }
    sections(YamlNode.at(rung, "do"), values.text(rung, "id", ""));
    List<FormField> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : YamlNode.items(form)) {
      FormField field = field(node);
      fields.add(field);
      check(node, field, names.add(field.name()), conditional);
    }
    return new AnswerForm(fields);
  }

  /** A plan shows the place of an answer: it cannot show what an answer would make of it. */
  private void sections(@Nullable YamlNode node, String rung) {
    switch (node) {
      case null -> {}
      case YamlNode.Items items -> items.items().forEach(item -> sections(item, rung));
      case YamlNode.Fields fields ->
          fields.fields().values().forEach(field -> sections(field.value(), rung));
      case YamlNode.Scalar scalar -> {
        String text = YamlNode.text(scalar);
        Pattern section =
            Pattern.compile(
                "\\{\\{\\s*[#^]\\s*steps(?:\\s*}}|\\." + Pattern.quote(rung) + "[\\s.}])");
        if (text != null && section.matcher(text).find()) {
          findings.error(
              scalar,
              "answer-decides",
              "an answer fills its place in a plan, and decides nothing in it",
              "write {{steps.%s.answers.name}} without # or ^".formatted(rung));
        }
      }
    }
  }

  private FormField field(YamlNode node) {
    String name = values.text(node, "name", "");
    FormType type = FormType.named(values.text(node, "type", "text")).orElse(FormType.TEXT);
    YamlNode written = YamlNode.at(node, "default");
    FormField bare =
        new FormField(
            name,
            values.text(node, "label", name),
            values.text(node, "help", ""),
            type,
            values.flag(node, "required", written == null),
            null,
            bound(node, "min"),
            bound(node, "max"),
            values.texts(YamlNode.at(node, "options")));
    Object fallback = written == null ? null : fallback(bare, written);
    return fallback == null
        ? bare
        : new FormField(
            name,
            bare.label(),
            bare.help(),
            type,
            bare.required(),
            fallback,
            bare.min(),
            bare.max(),
            bare.options());
  }

  private @Nullable Object fallback(FormField field, YamlNode written) {
    Object plain = YamlNode.plain(written);
    try {
      return field.read(plain == null ? "" : plain);
    } catch (IllegalArgumentException e) {
      findings.error(written, "wrong-value", "the default " + e.getMessage(), "");
      return null;
    }
  }

  private static @Nullable BigDecimal bound(YamlNode node, String key) {
    return YamlNode.at(node, key) instanceof YamlNode.Scalar scalar
            && scalar.value() instanceof Number number
        ? new BigDecimal(number.toString())
        : null;
  }

  private void check(YamlNode node, FormField field, boolean fresh, boolean conditional) {
    if (!fresh) {
      error(node, "name", "duplicate-field", "'" + field.name() + "' is asked for twice", "");
    }
    boolean counts = field.type() == FormType.INTEGER || field.type() == FormType.NUMBER;
    if (!counts && (field.min() != null || field.max() != null)) {
      String key = field.min() == null ? "max" : "min";
      error(node, key, "not-with-type", "only an integer or a number has " + key, "");
    }
    if (field.min() != null && field.max() != null && field.min().compareTo(field.max()) > 0) {
      error(node, "max", "wrong-value", "max is less than min: nothing fits", "");
    }
    if ((field.type() == FormType.CHOICE) == field.options().isEmpty()) {
      boolean choice = field.type() == FormType.CHOICE;
      error(
          node,
          choice ? "type" : "options",
          "not-with-type",
          choice ? "a choice needs options" : "only a choice has options",
          choice ? "say options: [a, b]" : "say type: choice");
    }
    if (!field.required() && YamlNode.at(node, "default") == null) {
      error(
          node,
          "required",
          "no-default",
          "what need not be answered needs a default: nothing is filled in with nothing",
          "give '" + field.name() + "' a default");
    }
    if (conditional && field.required()) {
      error(
          node,
          "name",
          "not-asked",
          "`when` may leave people unasked, and then nobody answers '" + field.name() + "'",
          "give it a default and leave out required, or leave out `when`");
    }
    if (SECRET.matcher(field.name() + " " + field.label()).matches()) {
      YamlNode at = YamlNode.at(node, "name");
      findings.warning(
          at == null ? node : at,
          "secret-in-form",
          "'" + field.name() + "' sounds like a secret: answers are shown, and kept on the record",
          "name a configured credential instead");
    }
  }

  private void error(YamlNode node, String key, String code, String message, String advice) {
    YamlNode at = YamlNode.at(node, key);
    findings.error(at == null ? node : at, code, message, advice);
  }
}
