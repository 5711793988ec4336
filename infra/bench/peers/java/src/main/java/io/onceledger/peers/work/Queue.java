package io.onceledger.peers.work;

import java.util.List;
import java.util.function.Consumer;

/** What is measured of a peer. Methods are called one after another, by one thread. */
interface Queue extends AutoCloseable {

  /** Creates the tables in the schema that the connections have. */
  void setUp() throws Exception;

  /** Returns when the jobs are committed. */
  void enqueue(List<Job> jobs) throws Exception;

  /** Begins to run jobs, on threads of its own, and returns. A job that throws has failed. */
  void work(Consumer<Job> run) throws Exception;

  /** Returns when what has begun is done and written. */
  @Override
  void close() throws Exception;
}
