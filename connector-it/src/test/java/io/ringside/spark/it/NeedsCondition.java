// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Compares {@link Needs} with the Spark of this JVM and the Cassandra that its tests share. */
final class NeedsCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<Needs> found = AnnotationSupport.findAnnotation(context.getElement(), Needs.class);
    if (found.isEmpty()) {
      return ConditionEvaluationResult.enabled("needs nothing");
    }
    Needs needs = found.get();
    return reaches(needs.spark(), Spark::version) && reaches(needs.cassandra(), Cassandra::version)
        ? ConditionEvaluationResult.enabled("all is there")
        : ConditionEvaluationResult.disabled(needs.reason());
  }

  private static boolean reaches(String wanted, Supplier<Version> present) {
    return wanted.isEmpty() || present.get().atLeast(wanted);
  }
}
