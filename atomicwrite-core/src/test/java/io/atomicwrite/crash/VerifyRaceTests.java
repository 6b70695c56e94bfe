package io.atomicwrite.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a writer replaces while it is verified is no damage.
 */
@Stresses
class VerifyRaceTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("verifying-readers", "readers",
			"two readers verify while a writer replaces a file with its checksum: no false alarm, no mixed content",
			"verified reads", "VerifyRaceTests");

	private static final Path MEMORY = Path.of("/dev/shm");

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private static final int LARGE = 200_000;

	@TempDir
	private Path temporary;

	@ParameterizedTest
	@CsvSource({ "SIDECAR, 2000", "ATTRIBUTE, 3500" })
	void readersSeeEachContentWhole(ChecksumPolicy.Mode mode, int replacements) throws Exception {
		Path directory = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "race") : this.temporary;
		try {
			race(directory.resolve("f"), mode, replacements);
		}
		finally {
			if (!directory.equals(this.temporary)) {
				try (var left = Files.list(directory)) {
					for (Path file : left.toList()) {
						Files.delete(file);
					}
				}
				Files.delete(directory);
			}
		}
	}

	private static void race(Path target, ChecksumPolicy.Mode mode, int replacements) throws Exception {
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.checksum(ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256))
			.safety(SafetyPolicy.BEST_EFFORT)
			.build();
		AtomicBoolean ended = new AtomicBoolean();
		AtomicInteger reads = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().defaults(options).build()) {
			template.write(target, content(0));
			List<Future<?>> readers = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				Callable<Void> reader = reader(template, target, i == 0, ended, reads);
				readers.add(threads.submit(reader));
			}
			try {
				for (int i = 1; i <= replacements; i++) {
					template.write(target, content(i));
				}
			}
			finally {
				ended.set(true);
			}
			for (Future<?> reader : readers) {
				reader.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
			}
			TALLY.add(reads.get());
			assertThat(reads).hasPositiveValue();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Callable<Void> reader(AtomicFileTemplate template, Path target, boolean keeping, AtomicBoolean ended,
			AtomicInteger reads) {
		return () -> {
			while (!ended.get()) {
				if (keeping) {
					requireWhole(template.readVerified(target));
				}
				else {
					template.verify(target);
				}
				reads.incrementAndGet();
			}
			return null;
		};
	}

	/** One byte all over, in a length that goes with it. */
	private static byte[] content(int number) {
		byte value = (byte) number;
		byte[] content = new byte[length(value)];
		Arrays.fill(content, value);
		return content;
	}

	private static int length(byte value) {
		return (value % 16 == 0) ? LARGE + value : 1000 + value;
	}

	private static void requireWhole(byte[] content) {
		assertThat(content).hasSize(length(content[0]));
		for (byte value : content) {
			if (value != content[0]) {
				throw new AssertionError("two contents in one");
			}
		}
	}

}
