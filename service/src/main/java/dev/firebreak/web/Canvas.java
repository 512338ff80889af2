package dev.firebreak.web;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.MustacheException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Fills the console's own templates in. They see maps, lists, texts, numbers and booleans only; a
 * name that is not there is an error, partials come from this room's folder alone, and every value
 * is written by {@link PageText}. Thread-safe.
 */
final class Canvas {
  private static final Pattern NAME = Pattern.compile("[a-z]+(?:-[a-z]+)*");

  private final DefaultMustacheFactory templates = new Ours();

  /** A page or fragment as HTML. */
  String html(String template, Map<String, Object> model) {
    StringWriter html = new StringWriter(16_384);
    templates.compile(template).execute(html, model);
    return html.toString();
  }

  private static final class Ours extends DefaultMustacheFactory {
    Ours() {
      setObjectHandler(new PlainScopes());
    }

    @Override
    public String resolvePartialPath(String folder, String name, String extension) {
      return name;
    }

    @Override
    public Reader getReader(String name) {
      String path = "pages/" + name + ".mustache";
      InputStream file =
          NAME.matcher(name).matches() ? Canvas.class.getResourceAsStream(path) : null;
      if (file == null) {
        throw new MustacheException("no template '" + name + "' in the console");
      }
      return new InputStreamReader(file, StandardCharsets.UTF_8);
    }

    @Override
    public void encode(String value, Writer out) {
      try {
        PageText.write(value, out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
