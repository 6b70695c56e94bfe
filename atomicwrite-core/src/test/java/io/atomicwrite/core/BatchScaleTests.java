package io.atomicwrite.core;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Stresses;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches of many files: how much faster they are than one write after another where the
 * disk takes its time, and how little memory they need.
 */
@Stresses
class BatchScaleTests {

	private static final byte[] CONTENT = new byte[4096];

	private static final int FILES = 1000;

	private static final int MANY = 100_000;

	@TempDir
	private Path directory;

	/**
	 * Of use on a machine that does nothing else: with other work, it is about the
	 * processor.
	 */
	@Test
	@Tag("slow")
	@Timeout(1800)
	void aThousandFilesAreFiveTimesFasterThanOneByOneOnASlowDisk() throws IOException {
		SlowDisk disk = new SlowDisk();
		AtomicFileTemplate template = AtomicFileTemplate.builder().files(disk).build();
		long start = System.nanoTime();
		for (int i = 0; i < FILES; i++) {
			template.write(this.directory.resolve("one" + i), CONTENT);
		}
		double alone = seconds(start);
		disk.waited = 0;
		Batch.Builder batch = Batch.builder();
		for (int i = 0; i < FILES; i++) {
			batch.add(this.directory.resolve("all" + i), CONTENT);
		}
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long cpu = threads.getCurrentThreadCpuTime();
		start = System.nanoTime();
		assertThat(template.writeAll(batch.build()).complete()).isTrue();
		double together = seconds(start);
		// what is left of the time is the wait for a processor, where there is other work
		System.out.printf(Locale.ROOT,
				"%d files, 5 ms a sync: one by one %.2f s, together %.2f s, of which %.2f s processor time of the caller "
						+ "and %.2f s its waits for syncs%n",
				FILES, alone, together, (threads.getCurrentThreadCpuTime() - cpu) / 1e9, disk.waited / 1e9);
		assertThat(alone / together).isGreaterThanOrEqualTo(5);
	}

	private static double seconds(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	@Test
	@Timeout(3600)
	void aHundredThousandFilesNeedAHeapOf64Megabytes() throws IOException {
		// tmpfs, where there is one: it is about memory
		Path memory = Path.of("/dev/shm");
		Path root = Files.isWritable(memory) ? Files.createTempDirectory(memory, "batch") : this.directory;
		try (ForkedJvm jvm = ForkedJvm.start(Many.class, root.toString())) {
			String answer;
			do {
				answer = jvm.answer();
			}
			while (answer.startsWith("at "));
			assertThat(answer).isEqualTo("written " + MANY);
		}
		finally {
			delete(root);
		}
	}

	private static void delete(Path root) throws IOException {
		try (var files = Files.walk(root)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	/** Is run with {@code -Xmx64m}. */
	static final class Many {

		private static final int STEP = 2000;

		private Many() {
		}

		public static void main(String[] args) {
			Path root = Path.of(args[0]);
			AtomicFileTemplate template = AtomicFileTemplate.create();
			int[] count = new int[1];
			BatchResult result = template.writeAll(Batch.builder().listener(new BatchListener() {

				@Override
				public void written(Path target, WriteResult file) {
					if (++count[0] % STEP == 0) {
						ForkedJvm.reply("at " + count[0]);
					}
				}

			})
				.build(() -> IntStream.range(0, MANY)
					.mapToObj((i) -> BatchFile.of(root.resolve("f" + i), (ContentWriter) (out) -> out.write('x')))
					.iterator()));
			ForkedJvm.reply("written " + (result.complete() ? count[0] : 0));
		}

	}

	/** A disk that takes 5 ms for each sync, any number of them at a time. */
	private static final class SlowDisk extends InterceptingFileOps {

		private final Thread caller = Thread.currentThread();

		/** In nanoseconds, by the caller alone. */
		private long waited;

		SlowDisk() {
			super(FileOps.system());
		}

		@Override
		protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
			if (call.op() != Op.SYNC && call.op() != Op.SYNC_DIRECTORY) {
				return action.run();
			}
			long start = System.nanoTime();
			try {
				TimeUnit.MILLISECONDS.sleep(5);
				return action.run();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			finally {
				if (Thread.currentThread() == this.caller) {
					this.waited += System.nanoTime() - start;
				}
			}
		}

	}

}
