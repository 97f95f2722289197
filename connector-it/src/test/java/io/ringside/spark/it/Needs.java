// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Leaves a test out where Spark or Cassandra lack what it is about. Nothing else may leave a test
 * out: a defect of the connector is no reason.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCondition.class)
public @interface Needs {
  /** A reason of Cassandra 4. */
  String NO_TIMES_OF_ELEMENTS = "WRITETIME and TTL of collections came with 5.0 (CASSANDRA-8877)";

  /** The first Spark that has it, such as "4.0"; empty for all. */
  String spark() default "";

  /** The first Cassandra that has it, such as "5.0"; empty for all. */
  String cassandra() default "";

  /** What the others lack. */
  String reason();
}
