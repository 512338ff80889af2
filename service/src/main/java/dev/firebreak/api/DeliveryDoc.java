package dev.firebreak.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.firebreak.alert.Delivery;
import dev.firebreak.core.Masker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery with its receipt and its body.
 *
 * @param receipt written beside the other members
 * @param size of the body in bytes
 * @param body its beginning as text, with secrets masked
 * @param bodyCut whether there is more of it
 */
@Wire
record DeliveryDoc(
    @JsonUnwrapped ReceiptDoc receipt, String mediaType, int size, String body, boolean bodyCut) {
  private static final int MOST_SHOWN = 256 * 1024;

  static DeliveryDoc of(Delivery delivery, Masker masker) {
    byte[] body = delivery.body();
    boolean cut = body.length > MOST_SHOWN;
    byte[] shown = cut ? masker.maskCut(Arrays.copyOf(body, MOST_SHOWN)) : masker.mask(body);
    return new DeliveryDoc(
        ReceiptDoc.of(delivery),
        delivery.mediaType(),
        body.length,
        new String(shown, StandardCharsets.UTF_8),
        cut);
  }

  /** A delivery as a line of a list. */
  @Wire
  record Line(
      String delivery,
      String source,
      String receivedAt,
      @Nullable String replayOf,
      int size,
      int alerts,
      Map<String, Integer> counts) {
    static Line of(Delivery delivery) {
      return new Line(
          delivery.id(),
          delivery.source(),
          Times.text(delivery.receivedAt()),
          delivery.replayOf(),
          delivery.body().length,
          delivery.outcomes().size(),
          ReceiptDoc.counts(delivery));
    }
  }
}
