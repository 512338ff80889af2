package dev.firebreak.channel.smtp;

import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a mail server's refusal means (RFC 5321 §4.2.1). Pure. */
final class Replies {
  private static final int PERMANENT = 500;
  private static final int MAX_DEPTH = 20;

  private Replies() {}

  /** Whether every reply in the chain is a 5yz; a failed login or connection may be put right. */
  static boolean permanent(MessagingException e) {
    boolean any = false;
    Throwable at = e;
    for (int i = 0; at != null && i < MAX_DEPTH; i++, at = next(at)) {
      int code = code(at);
      if (code > 0 && code < PERMANENT) {
        return false;
      }
      any |= code >= PERMANENT;
    }
    return any;
  }

  /** The last cause's words: the server's own. */
  static String deepest(MessagingException e) {
    Throwable at = e;
    for (int i = 0; i < MAX_DEPTH; i++) {
      Throwable next = next(at);
      if (next == null) {
        break;
      }
      at = next;
    }
    return at.getClass().getSimpleName() + ": " + at.getMessage();
  }

  private static @org.jspecify.annotations.Nullable Throwable next(Throwable at) {
    return at instanceof MessagingException mail && mail.getNextException() != null
        ? mail.getNextException()
        : at.getCause();
  }

  private static int code(Throwable at) {
    return switch (at) {
      case SMTPAddressFailedException address -> address.getReturnCode();
      case SMTPSenderFailedException sender -> sender.getReturnCode();
      case SMTPSendFailedException send -> send.getReturnCode();
      default -> -1;
    };
  }
}
