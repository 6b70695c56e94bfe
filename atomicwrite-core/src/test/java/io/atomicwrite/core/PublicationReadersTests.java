package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers of {@code latest} while versions are published and swept: none is mixed, and
 * nothing is missing.
 */
class PublicationReadersTests {

	private static final int FILES = 5;

	@TempDir
	Path directory;

	@Test
	@Timeout(120)
	void readersSeeOneVersionWhole() throws Exception {
		publishWhileOthersRead(25);
	}

	@Test
	@Stresses
	@Timeout(1800)
	void readersSeeOneVersionWholeWhileAThousandArePublished() throws Exception {
		publishWhileOthersRead(1000);
	}

	private void publishWhileOthersRead(int versions) throws Exception {
		AtomicFileTemplate template = AtomicFileTemplate.create();
		Publication set = template.publication(this.directory, "set");
		publish(set, 0);
		AtomicBoolean ended = new AtomicBoolean();
		AtomicInteger reads = new AtomicInteger();
		AtomicReference<Throwable> wrong = new AtomicReference<>();
		List<Thread> readers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Thread reader = new Thread(() -> {
				try {
					// each has a template of its own, as a program of its own has
					Publication own = AtomicFileTemplate.create().publication(this.directory, "set");
					while (!ended.get()) {
						read(own);
						reads.incrementAndGet();
					}
				}
				catch (Throwable ex) {
					wrong.compareAndSet(null, ex);
				}
			});
			reader.start();
			readers.add(reader);
		}
		for (int number = 1; number <= versions && wrong.get() == null; number++) {
			publish(set, number);
		}
		ended.set(true);
		for (Thread reader : readers) {
			reader.join();
		}
		assertThat(wrong.get()).isNull();
		assertThat(reads.get()).isPositive();
		set.sweep(Retention.keep(1));
		assertThat(set.list()).hasSize(1);
		System.out
			.println(versions + " versions were published and swept while " + reads + " reads saw each one whole");
	}

	private static void publish(Publication set, int number) {
		set.publish((out) -> {
			for (int i = 0; i < FILES; i++) {
				out.file("d" + (i % 2) + "/f" + i, ("version " + number).getBytes());
			}
		}, PublishOptions.defaults().withSyncsInFlight(4).withRetention(Retention.keep(1)));
	}

	private static void read(Publication set) throws IOException {
		try (OpenVersion version = set.open("latest")) {
			assertThat(set.verify(version.name()).problems()).isEmpty();
			String first = Files.readString(version.file("d0/f0"));
			for (int i = 1; i < FILES; i++) {
				assertThat(version.file("d" + (i % 2) + "/f" + i)).hasContent(first);
			}
		}
	}

}
