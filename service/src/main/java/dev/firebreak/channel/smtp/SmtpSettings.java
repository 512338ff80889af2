package dev.firebreak.channel.smtp;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * {@code type: smtp}.
 *
 * @param host the mail server
 * @param port 587 with {@code starttls}, 465 with {@code implicit}, 25 with {@code none}, when not
 *     given
 * @param tls {@code starttls} (when not given), {@code implicit}, or {@code none}; with the first
 *     two nothing is sent unless the connection is encrypted and the certificate is the host's
 * @param username for servers that want a login; not with {@code tls: none}
 * @param password {@code {env: NAME}} or {@code {file: path}}; together with {@code username}
 * @param from the sender's address
 * @param to the readers' addresses, at least one
 * @param timeout bound of each exchange with the server, 1s to 20s; 10s when not given
 */
@JsonTypeName("smtp")
public record SmtpSettings(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String tls,
    @Nullable String username,
    @Nullable SecretRef password,
    @Nullable String from,
    @Nullable List<String> to,
    @Nullable String timeout)
    implements ChannelSettings {
  @Override
  public Channel build(String name, ChannelParts parts) {
    InternetAddress sender = address(name, "from", Words.needed(name, "from", from));
    List<InternetAddress> readers =
        Words.needed(name, "to", to).stream().map(one -> address(name, "to", one)).toList();
    if (readers.isEmpty()) {
      throw Words.wrong(name, "to", "is empty: nobody would read this");
    }
    return new SmtpChannel(
        name,
        properties(name),
        new SmtpChannel.Login(username, login(name), parts.secrets()),
        sender,
        readers,
        parts.clock());
  }

  private @Nullable SecretRef login(String name) {
    if ((username == null) != (password == null)) {
      throw Words.wrong(name, "username", "and password belong together: give both or none");
    }
    if (username != null && tls(name) == Tls.NONE) {
      throw Words.wrong(name, "tls", "is none: the password would be sent in clear");
    }
    return password;
  }

  private Tls tls(String name) {
    try {
      return tls == null ? Tls.STARTTLS : Tls.valueOf(tls.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Words.wrong(name, "tls", "must be starttls, implicit or none, not '" + tls + "'");
    }
  }

  Properties properties(String name) {
    Tls secured = tls(name);
    if (port != null && (port < 1 || port > 65_535)) {
      throw Words.wrong(name, "port", "must be from 1 to 65535, not " + port);
    }
    String millis = Long.toString(Words.timeout(name, timeout).toMillis());
    Properties mail = new Properties();
    mail.put("mail.smtp.host", Words.needed(name, "host", host));
    mail.put("mail.smtp.port", Integer.toString(port == null ? secured.port : port));
    mail.put("mail.smtp.connectiontimeout", millis);
    mail.put("mail.smtp.timeout", millis);
    mail.put("mail.smtp.writetimeout", millis);
    mail.put("mail.smtp.auth", Boolean.toString(username != null));
    mail.put("mail.smtp.starttls.enable", Boolean.toString(secured == Tls.STARTTLS));
    mail.put("mail.smtp.starttls.required", Boolean.toString(secured == Tls.STARTTLS));
    mail.put("mail.smtp.ssl.enable", Boolean.toString(secured == Tls.IMPLICIT));
    mail.put("mail.smtp.ssl.checkserveridentity", "true");
    mail.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    mail.put("mail.smtp.sendpartial", "true");
    mail.put("mail.smtp.quitwait", "false");
    return mail;
  }

  private static InternetAddress address(String name, String key, String written) {
    try {
      InternetAddress address = new InternetAddress(written, true);
      address.validate();
      if (written.indexOf('@') < 0 || written.chars().anyMatch(Character::isISOControl)) {
        throw new AddressException("no domain");
      }
      return address;
    } catch (AddressException e) {
      throw Words.wrong(name, key, "'" + Words.line(written, 100) + "' is no mail address");
    }
  }

  /** How the connection is encrypted. */
  private enum Tls {
    STARTTLS(587),
    IMPLICIT(465),
    NONE(25);

    private final int port;

    Tls(int port) {
      this.port = port;
    }
  }
}
