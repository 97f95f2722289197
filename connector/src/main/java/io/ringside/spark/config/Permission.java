// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;

/**
 * Whether statements of a kind may run. Where the settings that the application starts with forbid
 * it, a session cannot allow it; else it may say either. Driver only.
 *
 * @param option the option that says it
 * @param granted whether they may
 * @param isFinal whether the application forbids it
 */
public record Permission(String option, boolean granted, boolean isFinal) implements Serializable {
  static Permission of(ConfigOption<Boolean> option, OptionResolver options) {
    boolean forbidden = Boolean.FALSE.equals(options.findOfApplication(option));
    return new Permission(option.key(), options.get(option) && !forbidden, forbidden);
  }

  /**
   * What to do where it is not granted, as a sentence with a line to paste.
   *
   * @param catalog the name of the catalog
   */
  public String advice(String catalog) {
    String setting = "spark.sql.catalog." + catalog + '.' + option;
    return isFinal
        ? "The settings that the application starts with say so: to allow it, start the application with --conf %s=true."
            .formatted(setting)
        : "To allow it, run SET `%s`=true.".formatted(setting);
  }
}
