package io.onceledger.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyStoreTest {

  private static final int INTENTS = 50;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("keys");
  }

  @Test
  void an_intent_has_one_key_for_ever_and_another_intent_another() {
    FileKeyStore keys = new FileKeyStore(file);
    List<String> intents = List.of("order 1", "order 2", "", "Ünï\n😀 %20", "a\u0000b");
    List<String> first = intents.stream().map(keys::keyFor).toList();

    assertThat(first).doesNotHaveDuplicates();
    assertThat(intents.stream().map(keys::keyFor)).isEqualTo(first);
    assertThat(intents.stream().map(new FileKeyStore(file)::keyFor)).isEqualTo(first);
  }

  @Test
  void an_intent_that_would_be_read_as_another_is_refused() {
    assertThatThrownBy(() -> new FileKeyStore(file).keyFor("\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void threads_with_stores_of_their_own_get_the_same_keys() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        FileKeyStore keys = new FileKeyStore(file);
        all.add(
            threads.submit(
                () -> intents().forEach(intent -> seen.add(intent + " " + keys.keyFor(intent)))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(seen).hasSize(INTENTS);
  }

  @Test
  void processes_get_the_same_keys() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  FileKeyStoreTest.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    List<String> answers = new ArrayList<>();
    for (Process process : processes) {
      answers.add(new String(process.getInputStream().readAllBytes(), UTF_8));
      assertThat(process.waitFor()).isZero();
    }

    assertThat(answers.get(0).lines()).hasSize(INTENTS);
    assertThat(Set.copyOf(answers)).hasSize(1);
  }

  /** One of the processes: prints a key for each intent. */
  public static void main(String[] arguments) {
    FileKeyStore keys = new FileKeyStore(Path.of(arguments[0]));
    intents().map(keys::keyFor).forEach(System.out::println);
  }

  private static Stream<String> intents() {
    return IntStream.range(0, INTENTS).mapToObj(i -> "order-" + i);
  }

  @Test
  void a_line_that_was_cut_off_anywhere_gives_way_to_the_next() throws IOException {
    String first = new FileKeyStore(file).keyFor("order-1");
    int whole = (int) Files.size(file);
    new FileKeyStore(file).keyFor("an order with a longer name than the next");
    byte[] both = Files.readAllBytes(file);

    for (int length = whole; length < both.length; length++) {
      Files.write(file, Arrays.copyOf(both, length));
      String third = new FileKeyStore(file).keyFor("order-3");

      FileKeyStore reopened = new FileKeyStore(file);
      assertThat(reopened.keyFor("order-1")).isEqualTo(first);
      assertThat(reopened.keyFor("order-3")).as("cut off at %d", length).isEqualTo(third);
      assertThat(Files.readAllLines(file)).hasSize(2);
    }
  }

  @Test
  void a_last_line_whose_bytes_never_reached_the_disk_gives_way_to_the_next() throws IOException {
    String first = new FileKeyStore(file).keyFor("order-1");
    Files.writeString(file, Files.readString(file) + "\0".repeat(40) + "\n");

    FileKeyStore keys = new FileKeyStore(file);
    assertThat(keys.keyFor("order-1")).isEqualTo(first);
    String second = keys.keyFor("order-2");
    assertThat(new FileKeyStore(file).keyFor("order-2")).isEqualTo(second);
  }

  @Test
  void damage_before_the_last_line_is_refused_because_a_new_key_could_charge_twice()
      throws IOException {
    FileKeyStore keys = new FileKeyStore(file);
    String first = keys.keyFor("order-1");
    keys.keyFor("order-2");
    Files.writeString(file, Files.readString(file).replace(first, first.replace('-', '_')));

    assertThatThrownBy(() -> new FileKeyStore(file).keyFor("order-1"))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("a line is damaged that is not the last one: restore the file");
  }
}
