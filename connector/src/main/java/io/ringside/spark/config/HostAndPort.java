// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A contact point. The host name is kept as given and looked up when a session connects. Sent to
 * executors.
 *
 * @param host a name or an IP literal, without brackets
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) implements Serializable {
  private static final int LARGEST_PORT = 65_535;

  /** What may be repeated of a text that is wrong: more may be a user and a password. */
  private static final Pattern HARMLESS = Pattern.compile("[\\w.-]*(:-?\\d*)?");

  /** A name or an address; with {@code @} or {@code /}, it would be a URL. */
  private static final Pattern HOST = Pattern.compile("[^\\s@/:]+|[0-9A-Fa-f:.]+(%\\w+)?");

  /**
   * Reads {@code host}, {@code host:port}, {@code [ipv6]:port} or a bare IPv6 address.
   *
   * @throws IllegalArgumentException with the reason, for any other text; it repeats the text only
   *     where that cannot hold a password
   */
  static HostAndPort parse(String text, int defaultPort) {
    String trimmed = text.trim();
    int bracket = trimmed.startsWith("[") ? trimmed.indexOf(']') : -1;
    int colon = trimmed.indexOf(':', bracket + 1);
    boolean bareIpv6 = bracket < 0 && colon >= 0 && trimmed.indexOf(':', colon + 1) >= 0;
    if (colon < 0 || bareIpv6) {
      return of(bracket < 0 ? trimmed : trimmed.substring(1, bracket), defaultPort, text);
    }
    String host = bracket < 0 ? trimmed.substring(0, colon) : trimmed.substring(1, bracket);
    try {
      return of(host, Integer.parseInt(trimmed.substring(colon + 1)), text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(shown(text) + " has no number after its colon");
    }
  }

  private static HostAndPort of(String host, int port, String text) {
    if (!HOST.matcher(host).matches() || port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException(
          shown(text) + " is not a host with a port from 1 to " + LARGEST_PORT);
    }
    return new HostAndPort(host, port);
  }

  private static String shown(String text) {
    return HARMLESS.matcher(text.trim()).matches()
        ? "'" + text + "'"
        : "an entry, which is not shown as it may hold a password,";
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }
}
