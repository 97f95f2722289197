// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What settings refer to: the bytes of a file, of a file that Spark ships to its processes, of a
 * URL, or of the setting itself. A location is read once and its bytes are kept, so that all parts
 * of one query see the same. Driver only; one per query.
 */
public final class Content {
  private static final String PEM = "-----BEGIN";
  private static final String BASE64 = "base64:";
  private static final Set<String> SCHEMES = Set.of("http", "https", "file");
  private static final byte[] UNREAD = "unread".getBytes(StandardCharsets.UTF_8);
  private static final int TIMEOUT_MILLIS = 30_000;

  /** Nothing refers to more than a few kilobytes; a wrong path must not fill the memory. */
  private static final int MOST_BYTES = 16 << 20;

  private final Locations locations;
  private final Map<String, byte[]> known = new ConcurrentHashMap<>();

  /** Gets the bytes at a location. */
  @FunctionalInterface
  private interface Locations {
    byte[] read(String location) throws IOException;
  }

  private Content(Locations locations) {
    this.locations = locations;
  }

  /**
   * Content that is read when it is asked for.
   *
   * @param shipped the local path of a file of Spark's {@code --files}, by its name; need not exist
   */
  public static Content shippedAt(UnaryOperator<String> shipped) {
    return new Content(location -> read(location, shipped));
  }

  /** Content that is never read, to check all else: each location holds a few meaningless bytes. */
  public static Content unread() {
    return new Content(location -> UNREAD);
  }

  /** Whether a value is itself what {@link #inlineOrAt} gives, and no location. */
  static boolean isInline(String value) {
    String trimmed = value.trim();
    return trimmed.startsWith(PEM) || trimmed.startsWith(BASE64);
  }

  /** The bytes of PEM text or, without its prefix, of Base64; what is neither is a location. */
  byte[] inlineOrAt(String value) throws IOException {
    return isInline(value) ? inline(value) : at(value.trim());
  }

  /** The bytes of PEM text or Base64. */
  static byte[] inline(String value) {
    String trimmed = value.trim();
    if (trimmed.startsWith(PEM)) {
      return trimmed.getBytes(StandardCharsets.UTF_8);
    }
    return decoded(trimmed.startsWith(BASE64) ? trimmed.substring(BASE64.length()) : trimmed);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is neither PEM text nor Base64", e);
    }
  }

  /**
   * The bytes at a location.
   *
   * @throws IOException when there is nothing to read, with the reason but without contents
   */
  byte[] at(String location) throws IOException {
    byte[] bytes = known.get(location);
    if (bytes == null) {
      bytes = locations.read(location);
      known.put(location, bytes);
    }
    return bytes;
  }

  private static byte[] read(String location, UnaryOperator<String> shipped) throws IOException {
    int colon = location.indexOf("://");
    String scheme = location.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
    if (SCHEMES.contains(scheme) || location.startsWith("file:")) {
      return atUrl(location);
    }
    if (!scheme.isEmpty()) {
      throw new IOException("only paths, names of --files, http, https and file URLs can be read");
    }
    for (String candidate : new String[] {location, shipped.apply(location)}) {
      try {
        Path path = Path.of(candidate);
        if (Files.isRegularFile(path)) {
          try (InputStream in = Files.newInputStream(path)) {
            return limited(in);
          }
        }
      } catch (InvalidPathException notAPath) {
        // Same answer as for a path where nothing is.
      }
    }
    throw new IOException("there is no file of this path, nor one of this name among --files");
  }

  private static byte[] atUrl(String location) throws IOException {
    try {
      URLConnection connection = URI.create(location).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream in = connection.getInputStream()) {
        return limited(in);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("it is not a URL", e);
    } catch (IOException e) {
      // The reason of the JDK may repeat the URL, and a signed one is a secret.
      throw new IOException("its URL gives no answer (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static byte[] limited(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("it is larger than 16 MB");
    }
    return bytes;
  }
}
