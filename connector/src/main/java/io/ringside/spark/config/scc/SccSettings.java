// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config.scc;

import io.ringside.spark.error.EditDistance;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The session settings of the DataStax connector (SCC), by name. Driver only. */
public final class SccSettings {
  /** The start of the name of every such setting. */
  public static final String PREFIX = "spark.cassandra.";

  private SccSettings() {}

  /**
   * The names of all settings, those that do not apply included.
   *
   * @param aliases the names that stand for an option of this connector; options of a single read
   *     or write among them are left out
   */
  public static List<String> names(Stream<Alias> aliases) {
    Stream<String> taken = aliases.map(Alias::name).filter(name -> name.startsWith(PREFIX));
    Stream<String> retired = RetiredSetting.ALL.stream().map(RetiredSetting::name);
    return Stream.concat(taken, retired).distinct().toList();
  }

  /**
   * A warning for each setting whose name starts as those of the DataStax connector do and is none
   * of them.
   *
   * @param settings names as set, with or without {@code <cluster>/} or the like before them;
   *     settings of other programs are left out
   * @param known the names of all settings
   */
  public static List<String> unknown(Collection<String> settings, Collection<String> known) {
    return settings.stream()
        .filter(setting -> name(setting).startsWith(PREFIX) && !known.contains(name(setting)))
        .sorted()
        .map(
            setting ->
                "Cannot apply setting '%s': there is none of this name.%s"
                    .formatted(setting, EditDistance.suggestion(name(setting), known)))
        .toList();
  }

  private static String name(String setting) {
    return setting.substring(setting.indexOf('/') + 1);
  }
}
