package dev.firebreak.observe;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;

/**
 * Leaves open to the network what monitors need. Thread dumps, profiles and tasks are for whoever
 * is on this very machine.
 */
final class AdminFence implements Filter {
  static final Set<String> OPEN = Set.of("/metrics", "/healthcheck", "/ready", "/ping");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer
        && closed(asked.getRequestURI(), asked.getRemoteAddr())) {
      Answers.json(answer, HttpServletResponse.SC_NOT_FOUND, "{}");
      return;
    }
    chain.doFilter(request, response);
  }

  /**
   * Whether an address does not see a page.
   *
   * @param address of the connection itself: what a proxy says of it is not asked
   */
  static boolean closed(String path, String address) {
    return !OPEN.contains(path) && !loopback(address);
  }

  private static boolean loopback(String address) {
    try {
      return InetAddress.ofLiteral(address.replaceAll("[\\[\\]]|%.*", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
