// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Spark itself noted of a program's tasks: its event log, one JSON object in each line. */
final class EventLog {
  /** The connector's metric of pages, which scans have and nothing else. */
  static final String PAGES = "pages read from Cassandra";

  /** Those of them that came from a node that has the rows. */
  static final String PAGES_OF_REPLICAS = "pages that a replica coordinated";

  private final List<JsonNode> events = new ArrayList<>();
  private final Set<Integer> scans = new HashSet<>();

  /**
   * A task.
   *
   * @param locality such as {@code NODE_LOCAL}
   * @param host that it ran on
   */
  record Task(String locality, String host) {}

  EventLog(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(file)) {
      events.add(json.readTree(line));
    }
    for (JsonNode stage : stages()) {
      if (sum(stage, PAGES) > 0) {
        scans.add(stage.path("Stage ID").asInt());
      }
    }
  }

  /** All tasks that succeeded in the stages that read from Cassandra. */
  List<Task> tasksOfScans() {
    return events.stream()
        .filter(event -> event.path("Event").asText().equals("SparkListenerTaskEnd"))
        .filter(event -> scans.contains(event.path("Stage ID").asInt()))
        .filter(event -> event.path("Task End Reason").path("Reason").asText().equals("Success"))
        .map(event -> event.path("Task Info"))
        .map(info -> new Task(info.path("Locality").asText(), info.path("Host").asText()))
        .toList();
  }

  /** The sum of a metric, by its description, over all stages. */
  long total(String metric) {
    return stages().stream().mapToLong(stage -> sum(stage, metric)).sum();
  }

  private List<JsonNode> stages() {
    return events.stream()
        .filter(event -> event.path("Event").asText().equals("SparkListenerStageCompleted"))
        .map(event -> event.path("Stage Info"))
        .toList();
  }

  private static long sum(JsonNode stage, String metric) {
    long sum = 0;
    for (JsonNode accumulable : stage.path("Accumulables")) {
      if (accumulable.path("Name").asText().equals(metric)) {
        sum += accumulable.path("Value").asLong();
      }
    }
    return sum;
  }
}
