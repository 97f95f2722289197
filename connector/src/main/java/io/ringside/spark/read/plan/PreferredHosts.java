// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.ring.Replica;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * The hosts on which a task should run, as Spark compares them with the hosts of its executors.
 * Driver only.
 */
final class PreferredHosts {
  private PreferredHosts() {}

  /**
   * The hosts of these nodes; none in local mode. There the only executor is in the driver's JVM,
   * and Spark does not look for another task after {@code spark.locality.wait}: a task that prefers
   * another host would never start once its stage also has a task that prefers this one.
   */
  static String[] of(List<Replica> replicas) {
    SparkEnv env = SparkEnv.get();
    return of(replicas, env == null ? null : env.conf().get("spark.master", ""));
  }

  /**
   * The same for a master.
   *
   * @param master as in {@code spark.master}; null where there is no Spark
   */
  static String[] of(List<Replica> replicas, @Nullable String master) {
    boolean local = master != null && (master.equals("local") || master.startsWith("local["));
    return local ? new String[0] : replicas.stream().map(Replica::host).toArray(String[]::new);
  }
}
