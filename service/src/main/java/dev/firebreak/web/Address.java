package dev.firebreak.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Addresses of this console. */
final class Address {
  private Address() {}

  /** One part of a path, which can become neither another part nor another site. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Several parts of a path, as in the name of a step of a list: {@code drain/move[4]}. */
  static String parts(String text) {
    return Arrays.stream(text.split("/", -1)).map(Address::part).collect(Collectors.joining("/"));
  }

  /** Where to go after the login: a path of this site, or the front page. */
  static String next(String wanted) {
    boolean ours = wanted.matches("/[A-Za-z0-9_./%-]{0,200}") && !wanted.startsWith("//");
    return ours && !wanted.contains("..") ? wanted : "/";
  }
}
