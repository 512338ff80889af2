package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the service itself lives by is not changed: its host, its database, whoever lets people in.
 * Such a change could end the very run that makes it, and the way to stop it. What takes a change
 * back is let through.
 */
public final class OwnGuard implements Guard {
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]+){0,3}");
  private static final String LOCAL = "127.0.0.1";

  private final Map<String, String> own = new HashMap<>();
  private final Map<String, String> anyDomain = new HashMap<>();
  private final List<Glob> allowed;

  /**
   * @param own what it is, by name or address of the host
   * @param allow globs of targets that may be changed all the same
   */
  public OwnGuard(Map<String, String> own, List<String> allow) {
    own.forEach(this::keep);
    allowed = allow.stream().map(Glob::new).toList();
  }

  private void keep(String host, String what) {
    String name = plain(host);
    Object unused = own.putIfAbsent(name, what);
    if (ADDRESS.matcher(name).matches()) {
      return;
    }
    if (name.indexOf('.') > 0) {
      unused = own.putIfAbsent(label(name), what);
    } else {
      anyDomain.put(name, what);
    }
  }

  /** A name up to its domain. */
  private static String label(String name) {
    int domain = name.indexOf('.');
    return domain < 0 ? name : name.substring(0, domain);
  }

  /** Without port, brackets and the dot at the end, in small letters. */
  private static String plain(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.indexOf(']') > 0) {
      return name.substring(1, name.indexOf(']'));
    }
    boolean many = name.indexOf(':') != name.lastIndexOf(':');
    String bare = many ? name : PORT.matcher(name).replaceFirst("");
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }

  @Override
  public String name() {
    return "own";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    if (proposal.undo()) {
      return new Decision.Allow();
    }
    for (String target : proposal.targets()) {
      Optional<String> what = what(target);
      if (what.isPresent() && allowed.stream().noneMatch(glob -> glob.matches(target))) {
        return new Decision.Deny(sentence(target, what.get()));
      }
    }
    return new Decision.Allow();
  }

  /** The first part of several is the kind of a target. */
  private Optional<String> what(String target) {
    int kind = target.indexOf('/');
    for (String part : target.substring(kind + 1).split("/", -1)) {
      Optional<String> what = known(plain(part));
      if (what.isPresent()) {
        return what;
      }
    }
    return Optional.empty();
  }

  /** A host whose domain nobody told us is itself in whatever domain. */
  private Optional<String> known(String name) {
    String what = own.get(LOOPBACK.matcher(name).matches() ? LOCAL : name);
    return Optional.ofNullable(what == null ? anyDomain.get(label(name)) : what);
  }

  private static Reason sentence(String target, String what) {
    return new Reason(
        "own-part",
        "'%s' is %s of Firebreak itself, and a change there could end the run that makes it and the way to stop it; do it by hand, or add the target to own.allow in the configuration"
            .formatted(target, what));
  }
}
