package dev.firebreak.runbook;

import dev.firebreak.runbook.YamlNode.Field;
import dev.firebreak.runbook.YamlNode.Fields;
import dev.firebreak.runbook.YamlNode.Items;
import dev.firebreak.runbook.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the plain part of YAML 1.2: one document of mappings, lists and single values. Whatever
 * could mean two things is an error.
 */
final class YamlReader {
  private static final int DEEPEST = 30;
  private static final int MOST_NODES = 20_000;

  private final Findings findings;
  private final Iterator<Event> events;
  private int nodes;

  private YamlReader(Findings findings, Iterator<Event> events) {
    this.findings = findings;
    this.events = events;
  }

  /** The tree of a file, empty when there is none; problems go to {@code findings}. */
  static Optional<YamlNode> read(String text, Findings findings) {
    Optional<String> readable = YamlText.check(text, findings);
    if (readable.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = !findings.refused();
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(YamlText.LONGEST).build();
    try {
      return new YamlReader(findings, new Parse(settings).parseString(readable.get()).iterator())
          .document();
    } catch (TooMuch e) {
      findings.error(e.at, "too-deep", e.what, "");
    } catch (MarkedYamlEngineException e) {
      if (!whole) {
        return Optional.empty(); // What was taken out may be why; it was reported.
      }
      Optional<Mark> mark = e.getProblemMark();
      findings.error(
          mark.map(m -> m.getLine() + 1).orElse(1),
          mark.map(m -> m.getColumn() + 1).orElse(1),
          "yaml",
          "this is not YAML: " + e.getProblem(),
          "");
    } catch (YamlEngineException e) {
      findings.error(1, 1, "yaml", "this is not YAML: " + e.getMessage(), "");
    }
    return Optional.empty();
  }

  /** Ends the reading of a bomb. */
  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Scalar at;
    private final String what;

    TooMuch(Scalar at, String what) {
      super(what, null, false, false);
      this.at = at;
      this.what = what;
    }
  }

  private Optional<YamlNode> document() {
    YamlNode root = null;
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
        findings.error(
            none(event), "second-document", "a second document", "one file holds one runbook");
        return Optional.ofNullable(root);
      }
      if (event instanceof NodeEvent node) {
        root = node(node, 0);
      }
    }
    if (root == null) {
      findings.error(1, 1, "empty", "the file is empty", "");
    }
    return Optional.ofNullable(root);
  }

  private YamlNode node(NodeEvent event, int depth) {
    if (depth > DEEPEST || ++nodes > MOST_NODES) {
      throw new TooMuch(
          none(event),
          depth > DEEPEST ? "nested more than 30 deep" : "more than " + MOST_NODES + " values");
    }
    if (event instanceof AliasEvent) {
      findings.error(none(event), "alias", "an alias", "write the value out");
      return none(event);
    }
    if (event.getAnchor().isPresent()) {
      findings.error(none(event), "anchor", "an anchor", "write the value out where it is used");
    }
    if (event instanceof ScalarEvent scalar) {
      tag(event, scalar.getTag());
      return YamlScalars.read(scalar, none(event), findings);
    }
    if (event instanceof CollectionStartEvent start) {
      tag(event, start.getTag());
    }
    return event.getEventId() == Event.ID.SequenceStart
        ? items(event, depth)
        : fields(event, depth);
  }

  private void tag(Event event, Optional<String> tag) {
    tag.ifPresent(
        name -> findings.error(none(event), "tag", "the tag '" + name + "'", "write no tags"));
  }

  private Items items(Event start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    Event event = events.next();
    while (event instanceof NodeEvent item) {
      items.add(node(item, depth + 1));
      event = events.next();
    }
    return new Items(List.copyOf(items), none(start).line(), none(start).column());
  }

  private Fields fields(Event start, int depth) {
    Map<String, Field> fields = new LinkedHashMap<>();
    Event event = events.next();
    while (event instanceof NodeEvent key) {
      String name = key(key, depth);
      YamlNode value = node((NodeEvent) events.next(), depth + 1);
      Scalar at = none(key);
      Field before = fields.putIfAbsent(name, new Field(at.line(), at.column(), value));
      if (before != null) {
        findings.error(
            at,
            "duplicate-key",
            "'" + name + "' is written twice",
            "the first is on line " + before.line());
      }
      event = events.next();
    }
    return new Fields(fields, none(start).line(), none(start).column());
  }

  private String key(NodeEvent event, int depth) {
    if (event instanceof ScalarEvent scalar && scalar.getAnchor().isEmpty()) {
      tag(event, scalar.getTag());
      if (scalar.getValue().equals("<<") && scalar.isPlain()) {
        findings.error(none(event), "merge-key", "a merge key", "write the keys out");
      }
      return scalar.getValue();
    }
    findings.error(none(event), "key", "a key must be a single text", "");
    YamlNode skipped = node(event, depth + 1);
    return "?" + skipped.line() + ":" + skipped.column();
  }

  private static Scalar none(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return new Scalar(
        null,
        ' ',
        mark.map(m -> m.getLine() + 1).orElse(1),
        mark.map(m -> m.getColumn() + 1).orElse(1));
  }
}
