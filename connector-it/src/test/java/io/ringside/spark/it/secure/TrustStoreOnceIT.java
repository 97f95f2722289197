// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.it.CountedFile;
import io.ringside.spark.it.Spark;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a query fetches a trust store that lies behind a URL. */
class TrustStoreOnceIT {
  private static final SparkSession SPARK = Spark.SESSION;

  private static CountedFile authorities;

  @BeforeAll
  static void serve() throws IOException {
    Secured.makeTable();
    authorities = CountedFile.of(Files.readAllBytes(Secured.CERTIFICATES.ca()));
    SPARK.conf().set("spark.sql.catalog.fetched", "io.ringside.spark.CassandraCatalog");
    Map<String, String> catalog = options();
    catalog.keySet().removeAll(Set.of("keyspace", "table"));
    catalog.forEach((key, value) -> SPARK.conf().set("spark.sql.catalog.fetched." + key, value));
  }

  @AfterAll
  static void stop() {
    authorities.close();
  }

  @BeforeEach
  void forget() {
    authorities.forget();
  }

  private static Map<String, String> options() {
    Map<String, String> options = new HashMap<>(Secured.options());
    options.remove("tls.truststore-password");
    options.put("tls.truststore", authorities.url());
    return options;
  }

  @Test
  void aReadByFormatFetchesOnce() {
    assertThat(Secured.table(options()).count()).isEqualTo(3);
    assertThat(authorities.fetches()).isEqualTo(1);
  }

  @Test
  void aSqlQueryFetchesOnce() {
    assertThat(SPARK.sql("SELECT * FROM fetched.secured.t").count()).isEqualTo(3);
    assertThat(authorities.fetches()).isEqualTo(1);
  }

  @Test
  void aWriteByFormatFetchesOnce() {
    Secured.table(Secured.options())
        .write()
        .format("cassandra")
        .options(options())
        .mode("append")
        .save();
    assertThat(authorities.fetches()).isEqualTo(1);
  }
}
