package dev.firebreak.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Style, script and icon, each at an address that changes with its text. */
final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");
  private static final int HASH = 12;

  private final Map<String, Asset> assets =
      Map.of(
          "console.css", load("console.css"),
          "console.js", load("console.js"),
          "icon.svg", load("icon.svg"));

  /** One file. */
  record Asset(String type, byte[] content, String hash) {}

  Optional<Asset> find(String name) {
    return Optional.ofNullable(assets.get(name));
  }

  Shell.Files files() {
    return new Shell.Files(address("console.css"), address("console.js"), address("icon.svg"));
  }

  private String address(String name) {
    return "/assets/" + find(name).orElseThrow().hash() + "/" + name;
  }

  private static Asset load(String name) {
    try (InputStream file = Assets.class.getResourceAsStream("assets/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the console lacks its file " + name);
      }
      byte[] content = file.readAllBytes();
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      return new Asset(TYPES.getOrDefault(name, "text/plain"), content, hash.substring(0, HASH));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
