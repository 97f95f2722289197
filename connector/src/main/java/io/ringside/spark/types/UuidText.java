// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

/** UUIDs between 16 bytes and 36 characters (RFC 4122, section 3), without objects in between. */
public final class UuidText {
  /** The bytes of a UUID. */
  public static final int BYTES = 16;

  private static final int CHARACTERS = 36;

  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private UuidText() {}

  /** The 36 lower-case ASCII characters of the 16 bytes from an index on. */
  public static byte[] format(byte[] bytes, int start) {
    byte[] text = new byte[CHARACTERS];
    int at = 0;
    for (int i = 0; i < BYTES; i++) {
      if (isDash(at)) {
        text[at++] = '-';
      }
      byte value = bytes[start + i];
      text[at++] = DIGITS[value >> 4 & 0xf];
      text[at++] = DIGITS[value & 0xf];
    }
    return text;
  }

  /**
   * Turns text of either case into 16 bytes in the same array, from the same index.
   *
   * @return false if the text is not a UUID; the array is then undefined
   */
  public static boolean parseInPlace(byte[] text, int start, int length) {
    if (length != CHARACTERS) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < BYTES; i++) {
      if (isDash(at) && text[start + at++] != '-') {
        return false;
      }
      int high = Character.digit((char) (text[start + at++] & 0xff), 16);
      int low = Character.digit((char) (text[start + at++] & 0xff), 16);
      if (high < 0 || low < 0) {
        return false;
      }
      text[start + i] = (byte) (high << 4 | low);
    }
    return true;
  }

  private static boolean isDash(int at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
  }
}
