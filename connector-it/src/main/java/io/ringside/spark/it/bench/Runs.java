// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All runs of a case. Used by one thread. */
final class Runs {
  private final Map<String, List<Measurement>> ofContenders = new LinkedHashMap<>();
  private final List<Double> othersLoads = new ArrayList<>();

  /**
   * Adds a run.
   *
   * @param othersLoad share of the processors that other processes took, from 0 to 1
   */
  void add(String contender, Measurement measurement, double othersLoad) {
    ofContenders.computeIfAbsent(contender, name -> new ArrayList<>()).add(measurement);
    othersLoads.add(othersLoad);
  }

  /** By name of the contender, in the order of their first runs. */
  Map<String, List<Measurement>> ofContenders() {
    return ofContenders;
  }

  /** Those of a contender; empty when it has none. */
  List<Measurement> of(String contender) {
    return ofContenders.getOrDefault(contender, List.of());
  }

  /** What other processes took of the processors in the median run, from 0 to 1. */
  double othersLoad() {
    List<Double> sorted = othersLoads.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }
}
