// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A class depends on its own package and on packages of lower layers only. A package has its name
 * below the base package, which itself has the name {@code root}; one that no layer names counts
 * together with the package that it is inside of.
 */
final class Layers extends ArchCondition<JavaClass> {
  private static final String BASE = "io.ringside.spark";

  private final List<Set<String>> layers;
  private final Set<String> known;

  /**
   * Takes the layers.
   *
   * @param layers the lowest first; packages of one layer do not depend on each other
   * @param known dependencies that are allowed all the same, such as {@code root -> spark41}
   */
  Layers(List<Set<String>> layers, Set<String> known) {
    super("depend on lower layers only");
    this.layers = List.copyOf(layers);
    this.known = Set.copyOf(known);
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String from = packageOf(type).orElseThrow();
    if (layerOf(from) < 0) {
      events.add(SimpleConditionEvent.violated(type, "%s is in no layer".formatted(from)));
    }
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      packageOf(dependency.getTargetClass().getBaseComponentType())
          .filter(to -> !to.equals(from))
          .filter(to -> layerOf(to) >= layerOf(from))
          .filter(to -> !known.contains(from + " -> " + to))
          .ifPresent(
              to ->
                  events.add(
                      SimpleConditionEvent.violated(
                          type,
                          "%s does not lie below %s: %s"
                              .formatted(to, from, dependency.getDescription()))));
    }
  }

  private int layerOf(String name) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).contains(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Empty for a class of another project. */
  private Optional<String> packageOf(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(BASE)) {
      return Optional.of("root");
    }
    return name.startsWith(BASE + '.')
        ? Optional.of(named(name.substring(BASE.length() + 1)))
        : Optional.empty();
  }

  private String named(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 || layerOf(name) >= 0 ? name : named(name.substring(0, dot));
  }
}
