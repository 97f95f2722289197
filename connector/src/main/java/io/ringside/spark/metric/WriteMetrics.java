// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import org.apache.spark.sql.connector.metric.CustomMetric;

/** The metrics of a write in Spark's SQL tab. Driver only; the values come from the tasks. */
public final class WriteMetrics {
  private WriteMetrics() {}

  /** All metrics of a write. */
  public static CustomMetric[] all() {
    return new CustomMetric[] {
      new RowsWritten(),
      new BytesWritten(),
      new Batches(),
      new RequestLatency(),
      new WriteRetries(),
      new WindowWaits(),
      new WindowWaitTime()
    };
  }

  /** Rows acknowledged. Spark takes the metric of this name as the task's records written. */
  public static final class RowsWritten extends SumMetric {
    static final String NAME = "recordsWritten";

    /** For Spark. */
    public RowsWritten() {
      super(NAME, "rows written to Cassandra");
    }
  }

  /** Bytes of the cells acknowledged. Spark takes the metric of this name as bytes written. */
  public static final class BytesWritten extends SumMetric {
    static final String NAME = "bytesWritten";

    /** For Spark. */
    public BytesWritten() {
      super(NAME, "bytes written to Cassandra");
    }
  }

  /** Requests acknowledged: batches of one partition and single rows. */
  public static final class Batches extends SumMetric {
    static final String NAME = "cassandraBatches";

    /** For Spark. */
    public Batches() {
      super(NAME, "batches written");
    }
  }

  /** Milliseconds from sending a request to its acknowledgement, summed over all requests. */
  public static final class RequestLatency extends SumMetric {
    static final String NAME = "cassandraWriteMillis";

    /** For Spark. */
    public RequestLatency() {
      super(NAME, "time waited for acknowledgements, all requests together (ms)");
    }
  }

  /** Requests sent again after a failure. */
  public static final class WriteRetries extends SumMetric {
    static final String NAME = "cassandraWriteRetries";

    /** For Spark. */
    public WriteRetries() {
      super(NAME, "batches tried again");
    }
  }

  /** How often a task waited because its window was full. */
  public static final class WindowWaits extends SumMetric {
    static final String NAME = "cassandraInFlightWaits";

    /** For Spark. */
    public WindowWaits() {
      super(NAME, "waits for room in flight");
    }
  }

  /** Milliseconds that tasks waited because their window was full. */
  public static final class WindowWaitTime extends SumMetric {
    static final String NAME = "cassandraInFlightWaitMillis";

    /** For Spark. */
    public WindowWaitTime() {
      super(NAME, "time waited for room in flight (ms)");
    }
  }
}
