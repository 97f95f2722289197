// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.config.SplitConfig;
import io.ringside.spark.predicate.Pushdown;

/**
 * What is to be split; scans with equal requests read the same. Driver only.
 *
 * @param pushdown which keys or tokens the predicates leave
 * @param form what the tasks answer
 */
public record SplitRequest(Pushdown pushdown, SplitConfig config, ScanForm form) {}
