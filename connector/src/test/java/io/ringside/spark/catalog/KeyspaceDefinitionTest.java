// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.junit.jupiter.api.Test;

/** Namespace properties to CQL and back. */
class KeyspaceDefinitionTest {
  private static KeyspaceDefinition create(Map<String, String> properties) {
    return KeyspaceDefinition.create("Shop", properties, "dc-1", 5);
  }

  @Test
  void replicatesInTheLocalDataCentreByDefault() {
    assertThat(create(Map.of("owner", "spark")).createStatement())
        .isEqualTo(
            "CREATE KEYSPACE \"Shop\" WITH replication = {'class': 'NetworkTopologyStrategy',"
                + " 'dc-1': '3'} AND durable_writes = true");
    assertThat(KeyspaceDefinition.create("k", Map.of(), "dc-1", 1).replication())
        .containsEntry("dc-1", "1");
  }

  @Test
  void takesReplicationAsAMapOrByEntries() {
    assertThat(
            create(
                    Map.of(
                        "replication",
                        "{'class': 'SimpleStrategy', 'replication_factor': 2}",
                        "durable_writes",
                        "FALSE"))
                .createStatement())
        .endsWith(
            "replication = {'class': 'SimpleStrategy', 'replication_factor': '2'}"
                + " AND durable_writes = false");
    KeyspaceDefinition keyspace = create(Map.of("replication.dc-1", "3", "replication.DC2", "2"));
    assertThat(keyspace.replication())
        .isEqualTo(Map.of("class", "NetworkTopologyStrategy", "dc-1", "3", "DC2", "2"));
    assertThat(create(keyspace.properties())).isEqualTo(keyspace);
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                create(Map.of("replicas", "3", "durable_writes", "maybe", "replication", "three")))
        .hasMessageStartingWith("Cannot create keyspace Shop: ")
        .hasMessageContaining("'replicas' is not a property of a keyspace")
        .hasMessageContaining("'maybe' is neither 'true' nor 'false'")
        .hasMessageContaining("replication='three' cannot be read");
  }

  @Test
  void takesEntriesWithoutAPrefixBesideAClass() {
    KeyspaceDefinition keyspace =
        create(Map.of("class", "SimpleStrategy", "replication_factor", "1", "owner", "me"));
    assertThat(keyspace.replication())
        .containsExactly(
            Map.entry("class", "SimpleStrategy"), Map.entry("replication_factor", "1"));
    assertThat(
            keyspace
                .changed(List.of(NamespaceChange.setProperty("replication_factor", "2")))
                .replication())
        .containsEntry("replication_factor", "2");
    assertThat(
            keyspace
                .changed(
                    List.of(
                        NamespaceChange.setProperty("class", "NetworkTopologyStrategy"),
                        NamespaceChange.setProperty("dc-1", "3"),
                        NamespaceChange.setProperty("durable_writes", "false")))
                .alterStatement())
        .isEqualTo(
            "ALTER KEYSPACE \"Shop\" WITH replication = {'class': 'NetworkTopologyStrategy',"
                + " 'dc-1': '3'} AND durable_writes = false");
    assertThatThrownBy(() -> keyspace.changed(List.of(NamespaceChange.setProperty("dc-1", "3"))))
        .hasMessageContaining("'dc-1' is not a property of a keyspace");
    assertThatThrownBy(() -> create(Map.of("class", "SimpleStrategy", "comment", "x")))
        .hasMessageContaining("'comment' is not a property of a keyspace");
  }

  @Test
  void changesEntriesAloneUnlessTheClassChanges() {
    KeyspaceDefinition keyspace = create(Map.of("replication.dc-1", "3"));
    assertThat(
            keyspace
                .changed(
                    List.of(
                        NamespaceChange.setProperty("replication.dc2", "2"),
                        NamespaceChange.removeProperty("replication.dc-1")))
                .alterStatement())
        .isEqualTo(
            "ALTER KEYSPACE \"Shop\" WITH replication = {'class': 'NetworkTopologyStrategy',"
                + " 'dc2': '2'} AND durable_writes = true");
    assertThat(
            keyspace
                .changed(
                    List.of(
                        NamespaceChange.setProperty("replication.replication_factor", "1"),
                        NamespaceChange.setProperty("replication.class", "SimpleStrategy")))
                .replication())
        .isEqualTo(Map.of("class", "SimpleStrategy", "replication_factor", "1"));
    assertThatThrownBy(
            () -> keyspace.changed(List.of(NamespaceChange.removeProperty("replication.class"))))
        .hasMessageContaining("'replication.class' cannot be unset");
  }
}
