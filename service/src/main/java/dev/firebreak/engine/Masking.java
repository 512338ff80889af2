package dev.firebreak.engine;

import dev.firebreak.action.Evidence;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Masks secrets in everything that comes back from an action, before it is kept or shown. */
final class Masking {
  private final Masker masker;

  Masking(Masker masker) {
    this.masker = masker;
  }

  Outcome outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded ok ->
          new Outcome.Succeeded(fields(ok.output()), evidence(ok.evidence()), ok.messages());
      case Outcome.Failed failed ->
          new Outcome.Failed(
              reason(failed.reason()),
              failed.retryable(),
              fields(failed.output()),
              evidence(failed.evidence()));
      case Outcome.Unknown unknown ->
          new Outcome.Unknown(
              reason(unknown.reason()), fields(unknown.output()), evidence(unknown.evidence()));
    };
  }

  Map<String, Object> fields(Map<String, Object> values) {
    Map<String, Object> masked = new LinkedHashMap<>();
    values.forEach((name, value) -> masked.put(masker.mask(name), tree(value)));
    return masked;
  }

  private Object tree(Object value) {
    return switch (value) {
      case String text -> masker.mask(text);
      case Map<?, ?> map -> {
        Map<String, Object> masked = new LinkedHashMap<>();
        map.forEach((name, item) -> masked.put(masker.mask(String.valueOf(name)), tree(item)));
        yield masked;
      }
      case List<?> list -> list.stream().map(this::tree).toList();
      default -> value;
    };
  }

  private Reason reason(Reason reason) {
    return new Reason(reason.code(), masker.mask(reason.text()));
  }

  private List<Evidence> evidence(List<Evidence> found) {
    return found.stream().map(this::evidence).toList();
  }

  private Evidence evidence(Evidence found) {
    byte[] content =
        found.truncated() ? masker.maskCut(found.content()) : masker.mask(found.content());
    return new Evidence(found.name(), found.mediaType(), content, found.truncated());
  }
}
