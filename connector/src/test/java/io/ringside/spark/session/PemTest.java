// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  /** Of nobody's key. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdTCCARugAwIBAgIUY1tabUumbeYc2HOuVM+R+MxAC+MwCgYIKoZIzj0EAwIw
      DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjExMDA1MDRaGA8yMTI2MTAyODEwMDUw
      NFowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNr9
      Xw0eC/V0/H7DQr8xLT6F67AETkvyi/iUAZx1Uc34vuExq4RUCPTshIbqPMdwoIRl
      PQPOzuyKp4iy7qjAOs+jUzBRMB0GA1UdDgQWBBS9nVUtrNlcGBE4ize44iQAzHsy
      FTAfBgNVHSMEGDAWgBS9nVUtrNlcGBE4ize44iQAzHsyFTAPBgNVHRMBAf8EBTAD
      AQH/MAoGCCqGSM49BAMCA0gAMEUCIBRsfW7wCuhbSxPtOkmXpQscQlzyJhOHIjTq
      hfxLVflbAiEA7wP05Dgi1i7cWQ7K4ncKcc2upEu1rkXRu852/XOSVjc=
      -----END CERTIFICATE-----
      """;

  /** Of the password {@code secret}, by {@code openssl pkcs8 -topk8 -v2 aes-256-cbc}. */
  private static final String ENCRYPTED =
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhPocUHt87heAICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENpfEfMvzJvCAJ7Yk9uOdbsEgZDL
      xsLQELAfhzgdNTid7cIpExzsWT3vli0/PMv3oAAwturxRB76MPqfCq6RvwBVeEbT
      mdMacDHbOkJP8TI4208gkDG2rT0Q4dp6L6sR72UERm2/592DZq/akPsZAaUylS+T
      t1TlzBhXLWWyoj/o55AxjrnwmH6r7j0O1zHo4HVYTug+RBFbwhZEZtDBVMDLfbo=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  private static final String DECRYPTED =
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJqzIxVeL08j/WFOMPfJs4hSeR6MEcN1r"
          + "lrmLFu290TqhRANCAATa/V8NHgv1dPx+w0K/MS0+heuwBE5L8ov4lAGcdVHN+L7hMauEVAj07ISG6jzHcKCEZT0Dzs7siqeIsu6owDrP";

  private static byte[] text(String type, byte[] key) {
    return "Bag Attributes\n-----BEGIN %s-----\n%s\n-----END %s-----\n%s"
        .formatted(type, Base64.getMimeEncoder().encodeToString(key), type, CERTIFICATE)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsKeysOfEveryAlgorithm(String algorithm) throws GeneralSecurityException, IOException {
    Key key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    var store = Pem.identity(text("PRIVATE KEY", key.getEncoded()), null);
    assertThat(store.getKey("key", new char[0]).getEncoded()).isEqualTo(key.getEncoded());
    assertThat(store.getCertificateChain("key")).hasSize(1);
  }

  @Test
  void decryptsKeysOfOpenssl() throws GeneralSecurityException, IOException {
    char[] password = "secret".toCharArray();
    byte[] text = (ENCRYPTED + CERTIFICATE).getBytes(StandardCharsets.US_ASCII);
    assertThat(Pem.identity(text, password).getKey("key", password).getEncoded())
        .isEqualTo(Base64.getDecoder().decode(DECRYPTED));
    assertThatThrownBy(() -> Pem.identity(text, "wrong".toCharArray()))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> Pem.identity(text, null)).isInstanceOf(InvalidKeySpecException.class);
  }

  @Test
  void refusesTextsThatLackAPart() throws GeneralSecurityException, IOException {
    Key key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
    assertThatThrownBy(() -> Pem.identity(CERTIFICATE.getBytes(StandardCharsets.US_ASCII), null))
        .hasMessageContaining("no block PRIVATE KEY");
    assertThatThrownBy(() -> Pem.identity(text("RSA PRIVATE KEY", key.getEncoded()), null))
        .hasMessageContaining("no block PRIVATE KEY");
    String alone = new String(text("PRIVATE KEY", key.getEncoded()), StandardCharsets.US_ASCII);
    byte[] keyOnly = alone.replace(CERTIFICATE, "").getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> Pem.identity(keyOnly, null))
        .hasMessageContaining("no block CERTIFICATE");
    assertThat(Pem.trusted(keyOnly).size()).isZero();
  }

  @Test
  void tellsPemFromOtherBytes() {
    assertThat(Pem.isPem(CERTIFICATE.getBytes(StandardCharsets.US_ASCII))).isTrue();
    assertThat(Pem.isPem(new byte[] {1, 2, 3})).isFalse();
    assertThat(Pem.isPem(new byte[0])).isFalse();
  }
}
