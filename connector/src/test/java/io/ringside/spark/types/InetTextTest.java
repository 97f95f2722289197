// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One text for each address, and one address for each of these texts. */
class InetTextTest {
  private static String shown(byte[] address) {
    return new String(InetText.format(address, 0, address.length), StandardCharsets.US_ASCII);
  }

  @Property
  boolean writesWhatItShowsOfIpv4(@ForAll @Size(4) byte[] address) {
    return Arrays.equals(InetText.parse(shown(address)), address);
  }

  @Property
  boolean writesWhatItShowsOfIpv6(@ForAll @Size(16) byte[] address) {
    return Arrays.equals(InetText.parse(shown(address)), address);
  }

  @Property
  boolean writesWhatItShowsOfMappedAddresses(@ForAll @Size(4) byte[] last) {
    byte[] address = ByteBuffer.allocate(16).putInt(8, 0xffff).put(12, last).array();
    return Arrays.equals(InetText.parse(shown(address)), address);
  }

  @ParameterizedTest
  @CsvSource({
    "0:0:0:0:0:ffff:102:304, 00000000000000000000ffff01020304",
    "::ffff:1.2.3.4, 01020304",
    "::ffff:102:304, 01020304",
    "0:0:0:0:0:FFFF:102:304, 01020304",
    "0:0:0:0:0:ffff:0102:0304, 01020304",
    "::1, 00000000000000000000000000000001",
    "::1.2.3.4, 00000000000000000000000001020304"
  })
  void takesOnlyItsOwnSpellingForAMappedAddress(String text, String bytes) {
    assertThat(InetText.parse(text)).isEqualTo(HexFormat.of().parseHex(bytes));
  }
}
