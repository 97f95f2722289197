// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Writes to a topic with Kafka's own client, which is not on the class path of these tests: its
 * classes are loaded from other jars and called by name.
 */
final class KafkaTopic implements AutoCloseable {
  private static final String CLIENTS = "org.apache.kafka.clients.producer.";
  private static final String STRINGS = "org.apache.kafka.common.serialization.StringSerializer";

  private final URLClassLoader loader;
  private final String topic;
  private final Closeable producer;

  /**
   * Connects.
   *
   * @param jars those of {@code kafka-clients} among others
   * @param servers as {@code host:port}
   */
  KafkaTopic(List<Path> jars, String servers, String topic) throws ReflectiveOperationException {
    this.loader =
        new URLClassLoader(
            jars.stream().map(KafkaTopic::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());
    this.topic = topic;
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", servers,
            "key.serializer", STRINGS,
            "value.serializer", STRINGS,
            "acks", "all");
    // The client looks for classes in the thread's own loader first.
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      this.producer =
          (Closeable)
              loader
                  .loadClass(CLIENTS + "KafkaProducer")
                  .getConstructor(Map.class)
                  .newInstance(settings);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Writes messages; returns when the broker has all of them.
   *
   * @throws ExecutionException when it did not take the last
   */
  void send(List<String> messages)
      throws ReflectiveOperationException, ExecutionException, InterruptedException {
    Class<?> type = loader.loadClass(CLIENTS + "ProducerRecord");
    Constructor<?> make = type.getConstructor(String.class, Object.class);
    Method send = producer.getClass().getMethod("send", type);
    Future<?> last = CompletableFuture.completedFuture(null);
    for (String message : messages) {
      last = (Future<?>) send.invoke(producer, make.newInstance(topic, message));
    }
    producer.getClass().getMethod("flush").invoke(producer);
    last.get();
  }

  @Override
  public void close() throws IOException {
    producer.close();
    loader.close();
  }
}
