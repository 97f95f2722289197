// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A top-level class, taken together with the classes inside it, does not depend on another one that
 * depends on it, directly or by way of others. Known cycles are listed by the names of their
 * classes; a name whose class has left its cycle violates the rule too, so the list only shrinks.
 */
final class ClassCycles extends ArchCondition<JavaClass> {
  private final Set<String> known;
  private Map<String, Set<String>> reachable = Map.of();

  /**
   * Takes the known cycles.
   *
   * @param known full names of top-level classes that may be in a cycle
   */
  ClassCycles(Set<String> known) {
    super("not depend on each other in a cycle");
    this.known = Set.copyOf(known);
  }

  @Override
  public void init(Collection<JavaClass> classes) {
    Map<String, Set<String>> dependencies = new TreeMap<>();
    for (JavaClass type : classes) {
      Set<String> targets = dependencies.computeIfAbsent(topLevel(type), name -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        targets.add(topLevel(dependency.getTargetClass().getBaseComponentType()));
      }
    }
    reachable =
        dependencies.keySet().stream()
            .collect(Collectors.toMap(name -> name, name -> reachableFrom(name, dependencies)));
  }

  private static Set<String> reachableFrom(String name, Map<String, Set<String>> dependencies) {
    Set<String> found = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(Set.of(name));
    while (!next.isEmpty()) {
      for (String target : dependencies.getOrDefault(next.pop(), Set.of())) {
        if (found.add(target)) {
          next.push(target);
        }
      }
    }
    return found;
  }

  private static String topLevel(JavaClass type) {
    return type.getFullName().replaceFirst("\\$.*", "");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String name = type.getFullName();
    if (!type.isTopLevelClass()) {
      return;
    }
    Set<String> cycle = cycleOf(name);
    if (!cycle.isEmpty() && !known.contains(name)) {
      events.add(
          SimpleConditionEvent.violated(
              type, "%s is in a cycle with %s".formatted(name, String.join(", ", cycle))));
    } else if (cycle.isEmpty() && known.contains(name)) {
      events.add(
          SimpleConditionEvent.violated(
              type, name + " is no longer in a cycle: remove it from the list of known cycles"));
    }
  }

  /** The other classes of the cycles that a class is in; empty if it is in none. */
  private Set<String> cycleOf(String name) {
    return reachable.getOrDefault(name, Set.of()).stream()
        .filter(other -> !other.equals(name))
        .filter(other -> reachable.getOrDefault(other, Set.of()).contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
