package dev.firebreak.runbook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads runbook files strictly, and says all that is wrong at once. Thread-safe; it reads no files
 * itself.
 */
public final class RunbookLoader {
  private final ActionVocabulary actions;
  private final Surroundings around;
  private final SchemaCheck shape;

  /** A loader that knows nothing of the configuration around the runbooks. */
  public RunbookLoader(ActionVocabulary actions) {
    this(actions, Surroundings.UNKNOWN);
  }

  /**
   * A loader.
   *
   * @param actions what runbooks may call
   * @param around what they may refer to by name
   */
  public RunbookLoader(ActionVocabulary actions, Surroundings around) {
    this.actions = actions;
    this.around = around;
    this.shape = new SchemaCheck(actions);
  }

  /**
   * Reads a file.
   *
   * @param file how problems name it
   * @param text its content
   */
  public Loaded load(String file, String text) {
    return load(file, text, true);
  }

  /**
   * Reads a version that was in force before: a template that went since is no reason to leave its
   * runs alone.
   */
  Loaded again(String file, String text) {
    return load(file, text, false);
  }

  /** The templates there are now, none when they are not known. */
  Set<String> templates() {
    Supplier<? extends Collection<String>> names = around.templates();
    return names == null ? Set.of() : Set.copyOf(names.get());
  }

  private Loaded load(String file, String text, boolean complete) {
    Findings findings = new Findings(file);
    Optional<YamlNode> root = YamlReader.read(text, findings);
    if (root.isEmpty()) {
      return new Loaded(null, findings.sorted());
    }
    shape.check(root.get(), findings);
    Runbook runbook =
        new RunbookReader(root.get(), text, actions, findings).read(text, version(text));
    new Lint(root.get(), around, findings).check(runbook);
    if (complete && around.templates() != null) {
      new TemplateNames(actions, templates(), findings).check(root.get());
    }
    return new Loaded(findings.refused() ? null : runbook, findings.sorted());
  }

  /** The version a text has: SHA-256 of its UTF-8, in hex. */
  public static String version(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
