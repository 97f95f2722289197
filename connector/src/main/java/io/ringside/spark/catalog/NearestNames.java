// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.error.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a user may have meant by a name that does not exist. Driver only. */
public final class NearestNames {
  private static final int MOST_NAMES = 3;

  private NearestNames() {}

  /** Full names of the tables nearest to a missing one, best first, at most three. */
  public static List<String> tables(ClusterMetadata cluster, String keyspace, String table) {
    KeyspaceMetadata known = cluster.keyspace(keyspace);
    if (known != null) {
      Stream<CqlIdentifier> tables =
          Stream.concat(known.getTables().keySet().stream(), known.getViews().keySet().stream());
      return nearest(tables.map(CqlIdentifier::asInternal).toList(), table).stream()
          .map(name -> keyspace + '.' + name)
          .toList();
    }
    return nearest(cluster.keyspaces(), keyspace).stream().map(name -> name + '.' + table).toList();
  }

  /** The names at most half of whose characters differ, best first, at most three. */
  static List<String> nearest(Collection<String> names, String wanted) {
    return names.stream()
        .filter(name -> distance(name, wanted) <= Math.max(2, wanted.length() / 2))
        .sorted(
            Comparator.comparing((String name) -> distance(name, wanted))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_NAMES)
        .toList();
  }

  private static int distance(String a, String b) {
    return EditDistance.between(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }
}
