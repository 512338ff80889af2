package dev.firebreak.channel.smtp;

import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Words;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A notice as a mail whose Message-ID is the notice's own. */
final class Mail extends MimeMessage {
  private static final int MAX_SUBJECT = 200;
  private static final int MAX_TEXT = 50_000;

  private final String id;

  private Mail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static Mail of(
      Session session, Notice notice, InternetAddress from, List<InternetAddress> to, Instant at)
      throws MessagingException {
    String domain = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
    Mail mail = new Mail(session, id("notice", notice.key(), domain));
    String thread = id("incident", notice.thread(), domain);
    mail.setFrom(from);
    mail.setRecipients(Message.RecipientType.TO, to.toArray(Address[]::new));
    mail.setSubject(Words.line(notice.subject(), MAX_SUBJECT), "UTF-8");
    mail.setSentDate(Date.from(at));
    mail.setHeader("References", thread);
    mail.setHeader("In-Reply-To", thread);
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");
    mail.setHeader("List-Id", "Firebreak <firebreak." + domain + ">");
    mail.setHeader("X-Firebreak-Incident", plain(notice.thread()));
    mail.setHeader("X-Firebreak-Severity", grade(notice.matter()));
    mail.setContent(both(notice));
    mail.saveChanges();
    return mail;
  }

  /** Filters of mail programs read it, so it is letters, digits and few others. */
  private static String plain(String value) {
    return value.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  private static String grade(Matter matter) {
    return matter.severity() == null ? "unknown" : matter.grade().name().toLowerCase(Locale.ROOT);
  }

  /** The plainest first: a mail program shows the last that it can (RFC 2046 §5.1.4). */
  private static MimeMultipart both(Notice notice) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(text(notice), "UTF-8", "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(Page.of(notice, MAX_TEXT), "UTF-8", "html");
    return new MimeMultipart("alternative", text, html);
  }

  private static String text(Notice notice) {
    String text = Words.lines(notice.text(), MAX_TEXT);
    return notice.link() == null
        ? text + "\n"
        : text + "\n\n" + Words.line(notice.link(), 2_000) + "\n";
  }

  /** A Message-ID of hex digits only: no key can write into the header. */
  private static String id(String what, String key, String domain) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
      return "<%s.%s@%s>".formatted(what, HexFormat.of().formatHex(hash, 0, 16), domain);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
