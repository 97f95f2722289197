// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.ringside.spark.cql.CqlText;
import io.ringside.spark.cql.MapLiteral;
import io.ringside.spark.error.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace as namespace properties and as CQL: {@code replication} is a whole map literal, {@code
 * replication.<key>} one entry of it, {@code durable_writes} true or false. Pure. Driver only.
 *
 * @param replication with its class; sorted
 */
public record KeyspaceDefinition(String name, Map<String, String> replication, boolean durable) {
  private static final String REPLICATION = "replication";
  private static final String REPLICATION_PREFIX = REPLICATION + '.';
  private static final String DURABLE_WRITES = "durable_writes";
  private static final String CLASS = "class";
  private static final String NETWORK_TOPOLOGY = "NetworkTopologyStrategy";

  /** Replicas of a new keyspace in a data centre that has as many nodes. */
  private static final int REPLICAS = 3;

  /** What Spark itself puts among the properties and Cassandra has no place for. */
  private static final Set<String> SPARK_OWN = Set.of(SupportsNamespaces.PROP_OWNER);

  /** Properties of Spark's that Cassandra's keyspaces do not have. */
  private static final Set<String> RESERVED =
      Set.of(SupportsNamespaces.PROP_COMMENT, SupportsNamespaces.PROP_LOCATION);

  /**
   * The keyspace that properties define. Without replication it gets three replicas in the local
   * data centre, or as many as that has nodes.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong
   */
  public static KeyspaceDefinition create(
      String name, Map<String, String> properties, String localDatacenter, int localNodes) {
    Problems problems = new Problems("create keyspace " + name);
    Draft draft = new Draft(new TreeMap<>(), true, problems);
    boolean plain = properties.containsKey(CLASS);
    new TreeMap<>(properties).forEach((key, value) -> draft.set(full(key, plain), value));
    if (draft.replication.isEmpty()) {
      draft.replication.put(
          localDatacenter, String.valueOf(Math.max(1, Math.min(REPLICAS, localNodes))));
    }
    draft.replication.putIfAbsent(CLASS, NETWORK_TOPOLOGY);
    problems.failIfAny();
    return new KeyspaceDefinition(name, draft.replication, draft.durable);
  }

  /** The keyspace as Cassandra describes it. */
  public static KeyspaceDefinition of(KeyspaceMetadata keyspace) {
    return new KeyspaceDefinition(
        keyspace.getName().asInternal(),
        new TreeMap<>(keyspace.getReplication()),
        keyspace.isDurableWrites());
  }

  /**
   * The keyspace after changes. An entry of the replication changes alone, unless the class does:
   * then what the old class had is gone.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong
   */
  public KeyspaceDefinition changed(List<NamespaceChange> changes) {
    Problems problems = new Problems("alter keyspace " + name);
    Map<String, String> start = new TreeMap<>(replication);
    boolean plain = false;
    for (NamespaceChange change : changes) {
      if (change instanceof NamespaceChange.SetProperty set) {
        plain |= set.property().equals(CLASS);
        if (full(set.property(), true).equals(REPLICATION_PREFIX + CLASS)
            && !simple(set.value()).equals(simple(replication.get(CLASS)))) {
          start.clear();
        }
      }
    }
    Draft draft = new Draft(start, durable, problems);
    for (NamespaceChange change : changes) {
      if (change instanceof NamespaceChange.SetProperty set) {
        boolean known = replication.containsKey(set.property());
        draft.set(full(set.property(), plain || known), set.value());
      } else if (change instanceof NamespaceChange.RemoveProperty remove) {
        draft.remove(remove.property());
      } else {
        problems.add("Cassandra cannot make the change %s", change.getClass().getSimpleName());
      }
    }
    problems.failIfAny();
    return new KeyspaceDefinition(name, draft.replication, draft.durable);
  }

  /**
   * A property's full name. The DataStax connector writes entries of the replication without a
   * prefix, beside a {@code class}: {@code (class='SimpleStrategy', replication_factor='1')}.
   *
   * @param plain whether a name that is none of the others is an entry of the replication
   */
  private static String full(String property, boolean plain) {
    boolean other =
        property.equals(REPLICATION)
            || property.startsWith(REPLICATION_PREFIX)
            || property.equals(DURABLE_WRITES)
            || SPARK_OWN.contains(property)
            || RESERVED.contains(property);
    return plain && !other ? REPLICATION_PREFIX + property : property;
  }

  private static String simple(@Nullable String className) {
    return className == null ? "" : className.substring(className.lastIndexOf('.') + 1);
  }

  /** The namespace properties, which {@link #create} reads. */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    replication.forEach((key, value) -> properties.put(REPLICATION_PREFIX + key, value));
    properties.put(DURABLE_WRITES, String.valueOf(durable));
    return properties;
  }

  /** The statement that makes it. */
  public String createStatement() {
    return "CREATE KEYSPACE " + CqlText.name(name) + with();
  }

  /** The statement that makes an existing keyspace like it. */
  public String alterStatement() {
    return "ALTER KEYSPACE " + CqlText.name(name) + with();
  }

  private String with() {
    return " WITH replication = %s AND durable_writes = %s"
        .formatted(CqlText.map(replication), durable);
  }

  /** A definition under construction. */
  private static final class Draft {
    private final Map<String, String> replication;
    private boolean durable;
    private final Problems problems;

    Draft(Map<String, String> replication, boolean durable, Problems problems) {
      this.replication = replication;
      this.durable = durable;
      this.problems = problems;
    }

    void set(String property, String value) {
      if (property.equals(REPLICATION)) {
        try {
          Map<String, String> entries = MapLiteral.parse(value);
          replication.clear();
          replication.putAll(entries);
        } catch (IllegalArgumentException e) {
          problems.add("the property replication=%s", e.getMessage());
        }
      } else if (property.startsWith(REPLICATION_PREFIX)) {
        replication.put(property.substring(REPLICATION_PREFIX.length()), value);
      } else if (property.equals(DURABLE_WRITES)) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
          problems.add("'%s' is neither 'true' nor 'false' for durable_writes", value);
        }
        durable = lower.equals("true");
      } else if (!SPARK_OWN.contains(property)) {
        problems.add(
            "'%s' is not a property of a keyspace; known are replication, replication.<key> and"
                + " durable_writes",
            property);
      }
    }

    void remove(String property) {
      if (property.equals(DURABLE_WRITES)) {
        durable = true;
      } else if (!property.startsWith(REPLICATION_PREFIX)
          || property.equals(REPLICATION_PREFIX + CLASS)) {
        problems.add("'%s' cannot be unset; set it to the value that you want", property);
      } else {
        replication.remove(property.substring(REPLICATION_PREFIX.length()));
      }
    }
  }
}
