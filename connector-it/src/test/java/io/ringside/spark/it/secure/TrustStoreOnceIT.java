// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringside.spark.it.Spark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a query fetches a trust store that lies behind a URL. */
class TrustStoreOnceIT {
  private static final SparkSession SPARK = Spark.SESSION;
  private static final AtomicInteger READS = new AtomicInteger();

  private static HttpServer server;

  @BeforeAll
  static void serve() throws IOException {
    Secured.makeTable();
    byte[] authorities = Files.readAllBytes(Secured.CERTIFICATES.ca());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/ca.pem",
        exchange -> {
          READS.incrementAndGet();
          exchange.sendResponseHeaders(200, authorities.length);
          exchange.getResponseBody().write(authorities);
          exchange.close();
        });
    server.start();
    SPARK.conf().set("spark.sql.catalog.fetched", "io.ringside.spark.CassandraCatalog");
    Map<String, String> catalog = options();
    catalog.keySet().removeAll(Set.of("keyspace", "table"));
    catalog.forEach((key, value) -> SPARK.conf().set("spark.sql.catalog.fetched." + key, value));
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @BeforeEach
  void forget() {
    READS.set(0);
  }

  private static Map<String, String> options() {
    Map<String, String> options = new HashMap<>(Secured.options());
    options.remove("tls.truststore-password");
    options.put("tls.truststore", "http://127.0.0.1:" + server.getAddress().getPort() + "/ca.pem");
    return options;
  }

  @Test
  void aReadByFormatFetchesOnce() {
    assertThat(Secured.table(options()).count()).isEqualTo(3);
    assertThat(READS).hasValue(1);
  }

  @Test
  void aSqlQueryFetchesOnce() {
    assertThat(SPARK.sql("SELECT * FROM fetched.secured.t").count()).isEqualTo(3);
    assertThat(READS).hasValue(1);
  }

  @Test
  void aWriteByFormatFetchesOnce() {
    Secured.table(Secured.options())
        .write()
        .format("cassandra")
        .options(options())
        .mode("append")
        .save();
    assertThat(READS).hasValue(1);
  }
}
