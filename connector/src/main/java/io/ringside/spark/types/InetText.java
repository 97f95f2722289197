// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Internet addresses between bytes and text (RFC 4291, section 2.2), without any lookup of names.
 * IPv6 is written uncompressed, as {@link java.net.InetAddress#getHostAddress} prints it.
 *
 * <p>Each address has one text and each of these texts one address, so that a row read and written
 * again keeps its key: the 16 bytes of an IPv4 address that is mapped into IPv6 are {@code
 * 0:0:0:0:0:ffff:102:304}. Any other spelling of them, such as {@code ::ffff:1.2.3.4}, is the IPv4
 * address, as in CQL.
 */
public final class InetText {
  /** The bytes of an IPv4 address. */
  public static final int V4_BYTES = 4;

  /** The bytes of an IPv6 address. */
  public static final int V6_BYTES = 16;

  private static final int GROUPS = 8;
  private static final int V4_START = V6_BYTES - V4_BYTES;

  private InetText() {}

  /** The ASCII text of the 4 or 16 bytes from an index on. */
  public static byte[] format(byte[] bytes, int start, int size) {
    return size == V4_BYTES ? formatV4(bytes, start) : formatV6(bytes, start);
  }

  private static boolean isMapped(byte[] bytes, int start) {
    return BigEndian.getLong(bytes, start) == 0 && BigEndian.getInt(bytes, start + 8) == 0xffff;
  }

  private static byte[] formatV4(byte[] bytes, int start) {
    byte[] text = new byte[15];
    int at = 0;
    for (int i = 0; i < V4_BYTES; i++) {
      int value = bytes[start + i] & 0xff;
      if (i > 0) {
        text[at++] = '.';
      }
      if (value >= 100) {
        text[at++] = (byte) ('0' + value / 100);
      }
      if (value >= 10) {
        text[at++] = (byte) ('0' + value / 10 % 10);
      }
      text[at++] = (byte) ('0' + value % 10);
    }
    return Arrays.copyOf(text, at);
  }

  private static byte[] formatV6(byte[] bytes, int start) {
    StringBuilder text = new StringBuilder(39);
    for (int group = 0; group < GROUPS; group++) {
      if (group > 0) {
        text.append(':');
      }
      text.append(Integer.toHexString(BigEndian.getShort(bytes, start + 2 * group) & 0xffff));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The 4 or 16 bytes of a literal address, or null if the text is anything else (a host name, a
   * zone, a netmask, surrounding blanks).
   */
  public static byte @Nullable [] parse(String text) {
    return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
  }

  private static byte @Nullable [] parseV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != V4_BYTES) {
      return null;
    }
    byte[] address = new byte[V4_BYTES];
    for (int i = 0; i < V4_BYTES; i++) {
      int value = number(parts[i], 10, 3);
      if (value < 0 || value > 255) {
        return null;
      }
      address[i] = (byte) value;
    }
    return address;
  }

  private static byte @Nullable [] parseV6(String text) {
    int gap = text.indexOf("::");
    byte[] address;
    if (gap < 0) {
      address = groups(text);
      if (address == null || address.length != V6_BYTES) {
        return null;
      }
    } else {
      byte[] head = groups(text.substring(0, gap));
      byte[] tail = groups(text.substring(gap + 2));
      if (head == null || tail == null || head.length + tail.length >= V6_BYTES) {
        return null;
      }
      address = Arrays.copyOf(head, V6_BYTES);
      System.arraycopy(tail, 0, address, V6_BYTES - tail.length, tail.length);
    }
    boolean shown = text.equals(new String(formatV6(address, 0), StandardCharsets.US_ASCII));
    return isMapped(address, 0) && !shown
        ? Arrays.copyOfRange(address, V4_START, V6_BYTES)
        : address;
  }

  /** Groups of 16 bits between single colons, the last one possibly a dotted IPv4 address. */
  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    if (parts.length > GROUPS) {
      return null;
    }
    byte[] last = parseV4(parts[parts.length - 1]);
    int plain = last == null ? parts.length : parts.length - 1;
    ByteBuffer bytes = ByteBuffer.allocate(2 * plain + (last == null ? 0 : V4_BYTES));
    for (int i = 0; i < plain; i++) {
      int value = number(parts[i], 16, 4);
      if (value < 0) {
        return null;
      }
      bytes.putShort((short) value);
    }
    if (last != null) {
      bytes.put(last);
    }
    return bytes.array();
  }

  /** A number of 1 to {@code longest} ASCII digits, or -1. */
  private static int number(String digits, int radix, int longest) {
    if (digits.isEmpty() || digits.length() > longest) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
