// SPDX-License-Identifier: Apache-2.0
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Loads the connector in a class loader of its own, scans and writes a table {@code (id int PRIMARY
 * KEY, v text)} through Spark's interfaces as planner and tasks do, closes, forgets the class
 * loader, and waits until the JVM has dropped it. Prints {@code UNLOADED after <rows> rows}; ends
 * with code 1 and a heap dump when it does not within a minute.
 *
 * <p>A Spark session is there for its settings alone and runs no query of the connector: Spark
 * keeps class loaders itself, in its cache of generated code.
 *
 * <p>Arguments: the connector's jar, contact points, keyspace, table, the file of the dump.
 */
public final class UnloadJob {
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static long rows;

  private UnloadJob() {}

  public static void main(String[] args) throws Exception {
    SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    // Starts the threads of Spark and Hadoop that live as long as the JVM: one that is started
    // further down remembers the connector as its starter.
    spark.range(1).count();
    WeakReference<ClassLoader> loader = use(args);
    letJavaForgetRecords();
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (loader.get() != null && System.nanoTime() < deadline) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    if (loader.get() == null) {
      System.out.println("UNLOADED after " + rows + " rows");
      System.exit(0);
    }
    Thread.getAllStackTraces().keySet().forEach(thread -> System.out.println("RUNS " + thread));
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[4], true);
    System.out.println("PINNED; see " + args[4]);
    System.exit(1);
  }

  /**
   * Older Javas keep the type of a record's component, here one of the connector's, from when they
   * make the record's equality until they make the next one (JDK-8078641).
   */
  private static void letJavaForgetRecords() {
    record Name(String name) {}
    if (!new Name("a").equals(new Name("a"))) {
      throw new IllegalStateException("Equal records differ.");
    }
  }

  /** Keeps nothing of it: neither a local variable nor a context class loader. */
  private static WeakReference<ClassLoader> use(String[] args) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {Path.of(args[0]).toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      TableProvider provider =
          (TableProvider)
              loader
                  .loadClass("io.ringside.spark.CassandraSource")
                  .getDeclaredConstructor()
                  .newInstance();
      CaseInsensitiveStringMap options =
          new CaseInsensitiveStringMap(
              Map.of(
                  "contact-points",
                  args[1],
                  "keyspace",
                  args[2],
                  "table",
                  args[3],
                  "session.idle-timeout",
                  "1s"));
      StructType schema = provider.inferSchema(options);
      Table table = provider.getTable(schema, new Transform[0], options.asCaseSensitiveMap());
      rows = scan(((SupportsRead) table).newScanBuilder(options).build().toBatch());
      awaitNoThreads();
      write(table, schema, options);
      // Closing needs classes of the jar, which this loader still has open.
      awaitNoThreads();
      return new WeakReference<>(loader);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static long scan(Batch batch) throws Exception {
    long read = 0;
    PartitionReaderFactory factory = batch.createReaderFactory();
    for (InputPartition partition : batch.planInputPartitions()) {
      if (factory.supportColumnarReads(partition)) {
        try (PartitionReader<ColumnarBatch> reader = factory.createColumnarReader(partition)) {
          while (reader.next()) {
            read += reader.get().numRows();
          }
        }
      } else {
        try (PartitionReader<InternalRow> reader = factory.createReader(partition)) {
          while (reader.next()) {
            read++;
          }
        }
      }
    }
    return read;
  }

  private static void write(Table table, StructType schema, CaseInsensitiveStringMap options)
      throws Exception {
    BatchWrite write =
        ((SupportsWrite) table).newWriteBuilder(new Whole(schema, options)).build().toBatch();
    DataWriter<InternalRow> writer = write.createBatchWriterFactory(() -> 1).createWriter(0, 0L);
    for (int id = 0; id < 100; id++) {
      writer.write(
          new GenericInternalRow(new Object[] {id, UTF8String.fromString("written" + id)}));
    }
    WriterCommitMessage done = writer.commit();
    writer.close();
    write.commit(new WriterCommitMessage[] {done});
  }

  private record Whole(StructType schema, CaseInsensitiveStringMap options)
      implements LogicalWriteInfo {
    @Override
    public String queryId() {
      return "unload";
    }
  }

  /** Waits until the session is closed: its threads are gone. */
  private static void awaitNoThreads() {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("ringside"))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Threads after a minute: " + Thread.getAllStackTraces());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
