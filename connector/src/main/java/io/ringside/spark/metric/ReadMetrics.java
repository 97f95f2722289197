// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import io.micrometer.core.instrument.Metrics;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** The metrics of a scan in Spark's SQL tab. Driver only; the values come from the tasks. */
public final class ReadMetrics {
  private ReadMetrics() {}

  /** All metrics of a scan. */
  public static CustomMetric[] all() {
    MetricClasses.warnIfHidden();
    return new CustomMetric[] {
      new Splits(),
      new Sizes(),
      new RowsRead(),
      new BytesRead(),
      new PagesRead(),
      new PageLatency(),
      new ReplicaPages(),
      new TimeoutRetries(),
      new OverloadRetries(),
      new UnreachableRetries(),
      new ServerErrorRetries(),
      new TooMuchRetries(),
      new PageReductions(),
      new RangeSplits(),
      new FallBacks(),
      new Hedges()
    };
  }

  /**
   * The driver's metrics of a scan.
   *
   * @param splits input partitions planned
   * @param source where the table's size came from
   */
  public static CustomTaskMetric[] ofDriver(long splits, SizeSource source) {
    Metrics.counter("ringside.read.scans", "sizes", source.label()).increment();
    return new CustomTaskMetric[] {
      new TaskMetric(Splits.NAME, splits), new TaskMetric(Sizes.NAME, source.code())
    };
  }

  /** Where the table's size came from: {@link SizeSource#label()}. */
  public static final class Sizes implements CustomMetric {
    static final String NAME = "cassandraSizes";

    /** For Spark. */
    public Sizes() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "source of the table's size";
    }

    /** Takes the codes of sources; a scan has one. */
    @Override
    public String aggregateTaskMetrics(long[] codes) {
      return Arrays.stream(codes)
          .mapToObj(code -> SizeSource.of(code).label())
          .distinct()
          .collect(Collectors.joining(", "));
    }
  }

  /** Input partitions: tasks that the scan is cut into. */
  public static final class Splits extends SumMetric {
    static final String NAME = "cassandraSplits";

    /** For Spark. */
    public Splits() {
      super(NAME, "splits of the scan");
    }
  }

  /** Rows received. */
  public static final class RowsRead extends SumMetric {
    static final String NAME = "cassandraRows";

    /** For Spark. */
    public RowsRead() {
      super(NAME, "rows read from Cassandra");
    }
  }

  /** Bytes of response frames, uncompressed. */
  public static final class BytesRead extends SumMetric {
    static final String NAME = "cassandraBytes";

    /** For Spark. */
    public BytesRead() {
      super(NAME, "bytes read from Cassandra", MetricUnit.BYTES);
    }
  }

  /** Pages received. */
  public static final class PagesRead extends SumMetric {
    static final String NAME = "cassandraPages";

    /** For Spark. */
    public PagesRead() {
      super(NAME, "pages read from Cassandra");
    }
  }

  /** Milliseconds from sending a page's request to its arrival, summed over all pages. */
  public static final class PageLatency extends SumMetric {
    static final String NAME = "cassandraPageMillis";

    /** For Spark. */
    public PageLatency() {
      super(NAME, "time waited for pages, all requests together", MetricUnit.MILLIS);
    }
  }

  /** Pages whose coordinator owns the token range. */
  public static final class ReplicaPages extends SumMetric {
    static final String NAME = "cassandraReplicaPages";

    /** For Spark. */
    public ReplicaPages() {
      super(NAME, "pages that a replica coordinated");
    }
  }

  /** Pages asked for again after a time-out. */
  public static final class TimeoutRetries extends SumMetric {
    static final String NAME = "cassandraTimeoutRetries";

    /** For Spark. */
    public TimeoutRetries() {
      super(NAME, "retries after time-outs");
    }
  }

  /** Pages asked for again after an overload. */
  public static final class OverloadRetries extends SumMetric {
    static final String NAME = "cassandraOverloadRetries";

    /** For Spark. */
    public OverloadRetries() {
      super(NAME, "retries after overload");
    }
  }

  /** Pages asked for again after a node or its peers were away. */
  public static final class UnreachableRetries extends SumMetric {
    static final String NAME = "cassandraUnreachableRetries";

    /** For Spark. */
    public UnreachableRetries() {
      super(NAME, "retries after unreachable nodes");
    }
  }

  /** Pages asked for again after a failure inside the server. */
  public static final class ServerErrorRetries extends SumMetric {
    static final String NAME = "cassandraServerErrorRetries";

    /** For Spark. */
    public ServerErrorRetries() {
      super(NAME, "retries after server errors");
    }
  }

  /** Pages asked for again because the server said that they were too much. */
  public static final class TooMuchRetries extends SumMetric {
    static final String NAME = "cassandraTooMuchRetries";

    /** For Spark. */
    public TooMuchRetries() {
      super(NAME, "retries of requests that were too much");
    }
  }

  /** Token ranges or partitions whose rows tasks evaluated themselves. */
  public static final class FallBacks extends SumMetric {
    static final String NAME = "cassandraFallBacks";

    /** For Spark. */
    public FallBacks() {
      super(NAME, "ranges or partitions evaluated by Spark instead");
    }
  }

  /** Pages that a second owner was asked for while the first had not answered. */
  public static final class Hedges extends SumMetric {
    static final String NAME = "cassandraHedges";

    /** For Spark. */
    public Hedges() {
      super(NAME, "pages asked of a second replica");
    }
  }

  /** How often a page was made smaller because it was too much or took too long. */
  public static final class PageReductions extends SumMetric {
    static final String NAME = "cassandraPageReductions";

    /** For Spark. */
    public PageReductions() {
      super(NAME, "pages made smaller");
    }
  }

  /** How often a token range was cut because its page took too long or was too much. */
  public static final class RangeSplits extends SumMetric {
    static final String NAME = "cassandraRangeSplits";

    /** For Spark. */
    public RangeSplits() {
      super(NAME, "token ranges cut");
    }
  }
}
