// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.Secret;
import io.ringside.spark.config.TlsConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What no error of a connection may repeat: its passwords, and all that the file of the driver's
 * configuration says, as any of it may be one. The words of the driver and of the JDK go through
 * this. Pure. Driver and executors.
 */
final class SecretWords {
  private static final String MASK = "*****";

  /** Null when there is nothing to hide. */
  private final @Nullable Pattern pattern;

  private SecretWords(Collection<String> words) {
    String all =
        words.stream()
            .filter(word -> !word.isBlank())
            .distinct()
            // Of words that begin alike, the longest has to be tried first.
            .sorted(Comparator.comparing(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    this.pattern =
        all.isEmpty() ? null : Pattern.compile("(?<![A-Za-z0-9])(?:" + all + ")(?![A-Za-z0-9])");
  }

  /** Those of a connection. */
  static SecretWords of(ConnectionConfig config) {
    List<String> words = new ArrayList<>();
    add(config.password(), words);
    TlsConfig tls = config.tls();
    if (tls != null) {
      add(tls.trustStorePassword(), words);
      add(tls.keyStorePassword(), words);
    }
    if (config.driverConfig() != null) {
      addValues(config.driverConfig(), words);
    }
    return new SecretWords(words);
  }

  private static void add(@Nullable Secret secret, List<String> words) {
    if (secret != null) {
      words.add(secret.reveal());
    }
  }

  private static void addValues(Secret file, List<String> words) {
    try {
      Config config =
          ConfigFactory.parseString(new String(file.bytes(), StandardCharsets.UTF_8)).resolve();
      addValues(config.root(), words);
    } catch (ConfigException unreadable) {
      // No session opens with it, and the error about that repeats nothing of it.
    }
  }

  private static void addValues(ConfigValue value, List<String> words) {
    if (value instanceof ConfigObject object) {
      object.values().forEach(entry -> addValues(entry, words));
    } else if (value instanceof ConfigList list) {
      list.forEach(entry -> addValues(entry, words));
    } else if (value.unwrapped() instanceof String text) {
      words.add(text);
    }
  }

  /** A text with each of the words masked. */
  String masked(String text) {
    return pattern == null ? text : pattern.matcher(text).replaceAll(MASK);
  }

  /**
   * An error as the cause of another one; null when it, or what caused it, has one of the words.
   */
  @Nullable Throwable cause(Throwable error) {
    return has(error, Collections.newSetFromMap(new IdentityHashMap<>())) ? null : error;
  }

  private boolean has(@Nullable Throwable error, Set<Throwable> seen) {
    if (pattern == null || error == null || !seen.add(error)) {
      return false;
    }
    boolean has = pattern.matcher(String.valueOf(error)).find() || has(error.getCause(), seen);
    for (Throwable suppressed : error.getSuppressed()) {
      has |= has(suppressed, seen);
    }
    return has;
  }
}
