// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.connector.metric.CustomMetric;

/** The metrics of a write in Spark's SQL tab. Driver only; the values come from the tasks. */
public final class WriteMetrics {
  private WriteMetrics() {}

  /** All metrics of a write. */
  public static CustomMetric[] all() {
    MetricClasses.warnIfHidden();
    return new CustomMetric[] {
      new RowsWritten(),
      new BytesWritten(),
      new Batches(),
      new RowsPerBatch(),
      new RequestLatency(),
      new TimeoutRetries(),
      new OverloadRetries(),
      new UnreachableRetries(),
      new ServerErrorRetries(),
      new WindowWaits(),
      new WindowWaitTime(),
      new RateWaitTime(),
      new NotApplied()
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
      super(NAME, "bytes written to Cassandra", MetricUnit.BYTES);
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

  /** Rows of a request: the mean of the tasks' means. */
  public static final class RowsPerBatch implements CustomMetric {
    static final String NAME = "cassandraRowsPerBatch";

    /** For Spark. */
    public RowsPerBatch() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "rows per batch (mean)";
    }

    @Override
    public String aggregateTaskMetrics(long[] taskMetrics) {
      return String.format(Locale.ROOT, "%.1f", Arrays.stream(taskMetrics).average().orElse(0));
    }
  }

  /** Milliseconds from sending a request to its acknowledgement, summed over all requests. */
  public static final class RequestLatency extends SumMetric {
    static final String NAME = "cassandraWriteMillis";

    /** For Spark. */
    public RequestLatency() {
      super(NAME, "time waited for acknowledgements, all requests together", MetricUnit.MILLIS);
    }
  }

  /** Requests sent again after a time-out of the server or of the client. */
  public static final class TimeoutRetries extends SumMetric {
    static final String NAME = "cassandraWriteTimeoutRetries";

    /** For Spark. */
    public TimeoutRetries() {
      super(NAME, "batches tried again after a time-out");
    }
  }

  /** Requests sent again because a server or the client's own limit asked for less. */
  public static final class OverloadRetries extends SumMetric {
    static final String NAME = "cassandraWriteOverloadRetries";

    /** For Spark. */
    public OverloadRetries() {
      super(NAME, "batches tried again after an overload");
    }
  }

  /** Requests sent again because a node, or too many of its peers, did not answer. */
  public static final class UnreachableRetries extends SumMetric {
    static final String NAME = "cassandraWriteUnreachableRetries";

    /** For Spark. */
    public UnreachableRetries() {
      super(NAME, "batches tried again after a node was away");
    }
  }

  /** Requests sent again after a server failed inside. */
  public static final class ServerErrorRetries extends SumMetric {
    static final String NAME = "cassandraWriteServerErrorRetries";

    /** For Spark. */
    public ServerErrorRetries() {
      super(NAME, "batches tried again after a server error");
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
      super(NAME, "time waited for room in flight", MetricUnit.MILLIS);
    }
  }

  /** Milliseconds that tasks waited because of {@code write.rate-limit}. */
  public static final class RateWaitTime extends SumMetric {
    static final String NAME = "cassandraWriteRateWaitMillis";

    /** For Spark. */
    public RateWaitTime() {
      super(NAME, "time waited for the rate limit", MetricUnit.MILLIS);
    }
  }

  /** Rows of conditional writes whose condition did not hold. */
  public static final class NotApplied extends SumMetric {
    static final String NAME = "cassandraNotApplied";

    /** For Spark. */
    public NotApplied() {
      super(NAME, "rows not written because their condition did not hold");
    }
  }
}
