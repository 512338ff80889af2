package dev.firebreak.channel.smtp;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Secrets;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends notices as mail, one connection each. A repeat has the same Message-ID; all of an incident
 * refer to the same, so that mail programs show them together. Thread-safe.
 */
final class SmtpChannel implements Channel {
  private static final int MAX_QUOTE = 200;

  private final String name;
  private final Properties properties;
  private final Login login;
  private final InternetAddress from;
  private final List<InternetAddress> to;
  private final InstantSource clock;

  SmtpChannel(
      String name,
      Properties properties,
      Login login,
      InternetAddress from,
      List<InternetAddress> to,
      InstantSource clock) {
    this.name = name;
    this.properties = properties;
    this.login = login;
    this.from = from;
    this.to = List.copyOf(to);
    this.clock = clock;
  }

  /** Who the service is to the mail server; both null where it wants no login. */
  record Login(@Nullable String username, @Nullable SecretRef password, Secrets secrets) {
    private @Nullable String secret() {
      return password == null ? null : secrets.value(password);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String send(Notice notice) {
    Session session = Session.getInstance(properties);
    try (Transport transport = session.getTransport("smtp")) {
      List<InternetAddress> readers = readers(notice.to());
      Mail mail = Mail.of(session, notice, from, readers, clock.instant());
      transport.connect(login.username(), login.secret());
      transport.sendMessage(mail, readers.toArray(Address[]::new));
      return "accepted as " + mail.getMessageID();
    } catch (SecretUnavailable e) {
      throw refused(String.valueOf(e.getMessage()), false, e);
    } catch (SendFailedException e) {
      return partly(e);
    } catch (MessagingException e) {
      throw refused(server() + " did not take it: " + said(e), Replies.permanent(e), e);
    }
  }

  /** A mailbox of its own is asked for: {@code to: [..]} of the channel are other people. */
  @Override
  public Optional<String> addressFault(@Nullable String address) {
    if (address == null) {
      return Optional.of("channel '%s' needs 'to': a mail address".formatted(name));
    }
    try {
      new InternetAddress(address, true).validate();
      return Optional.empty();
    } catch (AddressException e) {
      return Optional.of("'to' is no mail address: " + e.getMessage());
    }
  }

  private List<InternetAddress> readers(@Nullable String address) throws AddressException {
    return address == null ? to : List.of(new InternetAddress(address, true));
  }

  /** Some readers have it: to try again would tell them twice, so the others are named instead. */
  private String partly(SendFailedException e) {
    List<Address> reached = list(e.getValidSentAddresses());
    List<Address> missed =
        Stream.concat(
                list(e.getInvalidAddresses()).stream(), list(e.getValidUnsentAddresses()).stream())
            .toList();
    if (reached.isEmpty()) {
      throw refused(server() + " did not take it: " + said(e), Replies.permanent(e), e);
    }
    return "accepted, but not for " + names(missed) + ": " + said(e);
  }

  private static List<Address> list(Address @Nullable [] addresses) {
    return addresses == null ? List.of() : Arrays.asList(addresses);
  }

  private static String names(List<Address> addresses) {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
  }

  private String server() {
    return properties.get("mail.smtp.host") + ":" + properties.get("mail.smtp.port");
  }

  private String said(MessagingException e) {
    String said = Replies.deepest(e);
    return Words.line(login.secrets().masker().mask(said), MAX_QUOTE);
  }

  private ChannelException refused(String what, boolean permanent, Throwable cause) {
    return new ChannelException(
        "channel '" + name + "': " + Objects.requireNonNull(what), permanent, cause);
  }
}
