// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import io.ringside.spark.types.InetText;
import io.ringside.spark.types.UuidText;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.VarcharType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Writers of texts, of types that have a text form, and of blobs; null for types that do not fit.
 */
final class TextWriters {
  private TextWriters() {}

  static @Nullable ValueWriter ofText(DataType spark) {
    return isText(spark) ? (row, i, out) -> out.writeText(row.getUTF8String(i)) : null;
  }

  static @Nullable ValueWriter ofAscii(DataType spark, String path) {
    return isText(spark) ? (row, i, out) -> writeAscii(row.getUTF8String(i), out, path) : null;
  }

  static @Nullable ValueWriter ofUuid(DataType spark, String path) {
    return isText(spark) ? (row, i, out) -> writeUuid(row.getUTF8String(i), out, path) : null;
  }

  static @Nullable ValueWriter ofTimeUuid(DataType spark, String path) {
    return isText(spark) ? (row, i, out) -> writeTimeUuid(row.getUTF8String(i), out, path) : null;
  }

  static @Nullable ValueWriter ofInet(DataType spark, String path) {
    return isText(spark) ? (row, i, out) -> writeInet(row.getUTF8String(i), out, path) : null;
  }

  static @Nullable ValueWriter ofBlob(DataType spark) {
    return spark instanceof BinaryType ? (row, i, out) -> out.writeBytes(row.getBinary(i)) : null;
  }

  /** Fixed-length and limited strings are strings from Spark 4.0 on, types of their own in 3.5. */
  static boolean isText(DataType spark) {
    return spark instanceof StringType || spark instanceof CharType || spark instanceof VarcharType;
  }

  private static void writeAscii(UTF8String text, CellOutput out, String path) {
    int start = out.size();
    out.writeText(text);
    byte[] written = out.array();
    for (int i = start; i < out.size(); i++) {
      if (written[i] < 0) {
        throw EncodeErrors.invalid(
            path,
            "a text has a character that is not ASCII",
            "Correct the value, or make the column's type text");
      }
    }
  }

  private static void writeUuid(UTF8String text, CellOutput out, String path) {
    int start = out.size();
    out.writeText(text);
    if (!UuidText.parseInPlace(out.array(), start, out.size() - start)) {
      throw EncodeErrors.invalid(
          path,
          "a text is not a UUID",
          "Use the 36 characters of the form 123e4567-e89b-12d3-a456-426614174000");
    }
    out.truncate(start + UuidText.BYTES);
  }

  private static void writeTimeUuid(UTF8String text, CellOutput out, String path) {
    int start = out.size();
    writeUuid(text, out, path);
    if ((out.array()[start + 6] & 0xf0) != 0x10) {
      throw EncodeErrors.invalid(
          path,
          "a UUID is not of version 1, the only one that a timeuuid can be",
          "Make time-based UUIDs, or make the column's type uuid");
    }
  }

  private static void writeInet(UTF8String text, CellOutput out, String path) {
    byte[] address = InetText.parse(text.toString());
    if (address == null) {
      throw EncodeErrors.invalid(
          path,
          "a text is not an IPv4 or IPv6 address",
          "Use a literal address such as 192.0.2.1 or 2001:db8::1; host names are not looked up");
    }
    out.writeBytes(address);
  }
}
