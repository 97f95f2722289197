// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spark's own standalone cluster: a Master on 127.0.0.1 and Workers on addresses of their own, so
 * that Spark takes them for different hosts. Each Worker has one core and room for one executor of
 * a gigabyte.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final String MASTER_HOST = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Pattern ALIVE_WORKERS = Pattern.compile("\"aliveworkers\"\\s*:\\s*(\\d+)");

  private final List<SparkProcess> processes = new ArrayList<>();
  private final int port;
  private final int statusPort;

  private StandaloneCluster(int port, int statusPort) {
    this.port = port;
    this.statusPort = statusPort;
  }

  /**
   * Starts one and waits until the Master knows all Workers.
   *
   * @param workers the address of each, such as 127.0.0.2
   * @throws IllegalStateException when a process ends, or not all are there within two minutes;
   *     with what they printed
   */
  public static StandaloneCluster start(SparkHome home, List<String> workers) {
    List<Integer> ports = freePorts();
    StandaloneCluster cluster = new StandaloneCluster(ports.get(0), ports.get(1));
    try {
      cluster.launch(home, workers);
      cluster.awaitWorkers(workers.size());
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Two different ones of the Master's address, which nothing listens on. */
  private static List<Integer> freePorts() {
    try (ServerSocket first = new ServerSocket();
        ServerSocket second = new ServerSocket()) {
      first.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      second.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return List.of(first.getLocalPort(), second.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch(SparkHome home, List<String> workers) {
    processes.add(
        SparkProcess.start(
            home,
            "master",
            MASTER_HOST,
            "org.apache.spark.deploy.master.Master",
            List.of(
                "--host",
                MASTER_HOST,
                "--port",
                String.valueOf(port),
                "--webui-port",
                String.valueOf(statusPort))));
    for (String worker : workers) {
      processes.add(
          SparkProcess.start(
              home,
              "worker-" + worker,
              worker,
              "org.apache.spark.deploy.worker.Worker",
              List.of(
                  "--host",
                  worker,
                  "--port",
                  "0",
                  "--webui-port",
                  "0",
                  "--cores",
                  "1",
                  "--memory",
                  "1g",
                  "--work-dir",
                  home.directory().resolve("work-" + worker).toString(),
                  master())));
    }
  }

  private void awaitWorkers(int count) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (aliveWorkers() < count) {
      boolean late = System.nanoTime() > deadline;
      if (late || !processes.stream().allMatch(SparkProcess::isAlive)) {
        throw new IllegalStateException(
            "Cannot start %d Workers: %s.%n%s"
                .formatted(
                    count,
                    late ? "not all are there after " + START_LIMIT : "a process has ended",
                    String.join(
                        System.lineSeparator(),
                        processes.stream().map(SparkProcess::output).toList())));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** How many Workers the Master says it has; 0 while it does not answer. */
  private int aliveWorkers() {
    URI status = URI.create("http://%s:%d/json/".formatted(MASTER_HOST, statusPort));
    try (InputStream body = status.toURL().openStream()) {
      Matcher alive =
          ALIVE_WORKERS.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      return alive.find() ? Integer.parseInt(alive.group(1)) : 0;
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** The Master as a session's builder takes it. */
  public String master() {
    return "spark://%s:%d".formatted(MASTER_HOST, port);
  }

  /** Ends the Workers, and their executors with them, then the Master. */
  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }
}
