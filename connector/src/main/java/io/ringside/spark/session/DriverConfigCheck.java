// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.TypedDriverOption;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the driver's configuration before a session opens: the driver looks at most of it when it
 * has begun to connect, and then ends in time-outs and in errors that repeat values. What is wrong
 * is named here by its setting and line alone. Pure. Driver and executors.
 */
final class DriverConfigCheck {
  private static final String PROFILES = "profiles";

  /** The driver itself would leave out what it cannot read, and log it. */
  private static final Pattern CONTACT_POINT = Pattern.compile("[^\\s@/]+:\\d{1,5}");

  /**
   * How a value is read.
   *
   * @param name what it has to be
   * @param reader throws when it is something else
   */
  private record Kind(String name, BiConsumer<Config, String> reader) {}

  private static final Kind TEXT = new Kind("a text", Config::getString);
  private static final Kind TEXTS = new Kind("a list of texts", Config::getStringList);

  private static final Map<GenericType<?>, Kind> KINDS =
      Map.of(
          GenericType.BOOLEAN,
          new Kind("true or false", Config::getBoolean),
          GenericType.INTEGER,
          new Kind("a whole number", Config::getInt),
          GenericType.LONG,
          new Kind("a size", Config::getBytes),
          GenericType.DOUBLE,
          new Kind("a number", Config::getDouble),
          GenericType.DURATION,
          new Kind("a duration", Config::getDuration),
          GenericType.listOf(String.class),
          TEXTS,
          GenericType.listOf(Double.class),
          new Kind("a list of numbers", Config::getDoubleList),
          GenericType.listOf(Duration.class),
          new Kind("a list of durations", Config::getDurationList),
          GenericType.mapOf(String.class, String.class),
          new Kind("a section", Config::getObject));

  /** Where the driver looks for a class that is named without its package. */
  private static final List<String> PACKAGES = packages();

  private final ConfigObject settings;

  private DriverConfigCheck(ConfigObject settings) {
    this.settings = settings;
  }

  /**
   * Checks all settings that the driver knows, in the profiles as well.
   *
   * @param settings those of the driver, resolved
   * @throws IllegalArgumentException that names the first that is wrong, without its value
   */
  static void check(ConfigObject settings) {
    new DriverConfigCheck(settings).check();
    ConfigValue profiles = settings.get(PROFILES);
    if (profiles instanceof ConfigObject all) {
      all.forEach(
          (name, profile) ->
              new DriverConfigCheck(section(PROFILES + '.' + name, profile)).check());
    }
  }

  private static ConfigObject section(String path, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object;
    }
    throw wrong(path, value, "a section");
  }

  private void check() {
    for (TypedDriverOption<?> option : TypedDriverOption.builtInValues()) {
      String path = option.getRawOption().getPath();
      ConfigValue value = find(path);
      if (value != null) {
        check(path, value, KINDS.getOrDefault(option.getExpectedType(), TEXT));
      }
    }
    String points = DefaultDriverOption.CONTACT_POINTS.getPath();
    ConfigValue listed = find(points);
    if (listed != null
        && !listed.atKey("value").getStringList("value").stream()
            .allMatch(point -> CONTACT_POINT.matcher(point).matches())) {
      throw wrong(points, listed, "a list of host:port");
    }
  }

  private static List<String> packages() {
    String core = CqlSession.class.getPackageName().replace(".api.", ".internal.") + '.';
    String dse = core.replace(".oss.", ".dse.");
    List<String> packages = new ArrayList<>(List.of(dse + "auth", dse + "loadbalancing"));
    for (String name :
        List.of(
            "addresstranslation",
            "auth",
            "connection",
            "loadbalancing",
            "metadata",
            "metadata.schema",
            "metrics",
            "retry",
            "session.throttling",
            "specex",
            "ssl",
            "time",
            "tracker")) {
      packages.add(core + name);
    }
    String metrics = core.replace(".core.", ".metrics.");
    packages.addAll(List.of(metrics + "micrometer", metrics + "microprofile"));
    return packages;
  }

  private static boolean isClass(String name) {
    return name.indexOf('.') >= 0
        ? isThere(name)
        : PACKAGES.stream().anyMatch(place -> isThere(place + '.' + name));
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name, false, DriverConfigCheck.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private @Nullable ConfigValue find(String path) {
    ConfigObject section = settings;
    List<String> keys = List.of(path.split("\\."));
    for (String key : keys.subList(0, keys.size() - 1)) {
      ConfigValue next = section.get(key);
      if (next == null || next.valueType() == ConfigValueType.NULL) {
        return null;
      }
      section = section(path.substring(0, path.indexOf(key) + key.length()), next);
    }
    ConfigValue value = section.get(keys.get(keys.size() - 1));
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  private static void check(String path, ConfigValue value, Kind kind) {
    try {
      kind.reader().accept(value.atKey("value"), "value");
    } catch (ConfigException e) {
      throw wrong(path, value, kind.name());
    }
    // The driver would log each name that it tries.
    if (path.endsWith(".class") && !isClass(value.atKey("value").getString("value"))) {
      throw wrong(path, value, "the name of a class next to the connector");
    }
    if (path.endsWith(".classes")
        && !value.atKey("value").getStringList("value").stream()
            .allMatch(DriverConfigCheck::isClass)) {
      throw wrong(path, value, "a list of names of classes next to the connector");
    }
  }

  private static IllegalArgumentException wrong(String path, ConfigValue value, String kind) {
    return new IllegalArgumentException(
        "'%s' in line %d is not %s".formatted(path, value.origin().lineNumber(), kind));
  }
}
