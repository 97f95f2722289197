// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The write time that a job's cells get. Driver only.
 *
 * @param source who decides
 * @param micros microseconds since the epoch for {@link Source#FIXED}, else null
 */
public record WriteTimestamp(Source source, @Nullable Long micros) implements Serializable {

  /** Who decides the write time. */
  public enum Source {
    /** The job's start, the same for all its cells, so that a repeated task changes nothing. */
    JOB,
    /** Each coordinator, when a request arrives. */
    SERVER,
    /** The user. */
    FIXED
  }

  static WriteTimestamp parse(String text) {
    return switch (text) {
      case "job" -> new WriteTimestamp(Source.JOB, null);
      case "server" -> new WriteTimestamp(Source.SERVER, null);
      default -> {
        try {
          yield new WriteTimestamp(Source.FIXED, Long.parseLong(text));
        } catch (NumberFormatException malformed) {
          throw new IllegalArgumentException(
              "'"
                  + text
                  + "' is not a write time. Use 'job', 'server' or microseconds since the epoch");
        }
      }
    };
  }
}
