// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A file behind a URL of this machine that counts how often it is fetched. */
public final class CountedFile implements AutoCloseable {
  private static final String PATH = "/file";

  private final HttpServer server;
  private final AtomicInteger fetches = new AtomicInteger();

  private CountedFile(HttpServer server) {
    this.server = server;
  }

  /**
   * Serves a content on a free port of 127.0.0.1 until it is closed.
   *
   * @throws IOException when there is no port to listen on
   */
  public static CountedFile of(byte[] content) throws IOException {
    CountedFile file =
        new CountedFile(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    file.server.createContext(
        PATH,
        exchange -> {
          file.fetches.incrementAndGet();
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    file.server.start();
    return file;
  }

  /** Where it is. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** How often it was fetched since the last {@link #forget}. */
  public int fetches() {
    return fetches.get();
  }

  /** Counts from 0 again. */
  public void forget() {
    fetches.set(0);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
