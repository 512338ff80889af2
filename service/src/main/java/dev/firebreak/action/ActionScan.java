package dev.firebreak.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks into the folder or jar this package was loaded from and makes the actions found there. */
final class ActionScan {
  private ActionScan() {}

  static List<Action> find(Equipment equipment) {
    List<Action> found = new ArrayList<>();
    for (String name : classNames()) {
      Class<?> type = load(name);
      if (Action.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        found.add(make(type, equipment));
      }
    }
    return found;
  }

  private static List<String> classNames() {
    URL here = ActionScan.class.getResource("ActionScan.class");
    if (here == null) {
      throw new IllegalStateException("cannot tell where the actions were loaded from");
    }
    try {
      URI uri = here.toURI();
      if (!uri.getScheme().equals("jar")) {
        return classNames(Path.of(uri).resolveSibling(""));
      }
      String text = uri.toString();
      int bang = text.indexOf("!/");
      URI jar = URI.create(text.substring("jar:".length(), bang));
      try (FileSystem inside = FileSystems.newFileSystem(Path.of(jar), Map.of())) {
        return classNames(inside.getPath(text.substring(bang + 1)).resolveSibling(""));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot read " + here, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + here, e);
    }
  }

  private static List<String> classNames(Path room) throws IOException {
    try (Stream<Path> files = Files.walk(room, 2)) {
      return files
          .map(file -> room.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.indexOf('/') > 0 && file.endsWith("Action.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .map(file -> ActionScan.class.getPackageName() + '.' + file.replace('/', '.'))
          .sorted()
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("cannot load " + name, e);
    }
  }

  private static Action make(Class<?> type, Equipment equipment) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(Equipment.class);
      constructor.setAccessible(true);
      return (Action) constructor.newInstance(equipment);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("cannot make " + type.getName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          type.getName() + " needs a constructor that takes the Equipment", e);
    }
  }
}
