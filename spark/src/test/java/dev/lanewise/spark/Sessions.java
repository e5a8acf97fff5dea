package dev.lanewise.spark;

import org.apache.spark.sql.SparkSession;

/** The Spark of the tests that need no cluster: two cores in this JVM. */
final class Sessions {
  private Sessions() {}

  static SparkSession local() {
    return at("local[2]").getOrCreate();
  }

  static SparkSession.Builder at(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("lanewise")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", "target/warehouse");
  }
}
