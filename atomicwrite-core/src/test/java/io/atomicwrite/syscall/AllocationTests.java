package io.atomicwrite.syscall;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.ThreadMXBean;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many bytes a write of 1 KiB allocates once all classes are loaded: unlike the time,
 * that is the same on every machine. The bounds are a tenth above what was measured.
 */
class AllocationTests {

	private static final int WARM = 100;

	private static final int MEASURED = 50;

	private static final int SEEDED = 16 * 1024;

	private static final byte[] CONTENT = new byte[1024];

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "true, 34000", "false, 29000" })
	void aWriteAllocatesLittle(boolean locked, int most) throws IOException {
		assertThat(bytesPerWrite(FileOps.system(), locked)).isLessThan(most);
	}

	@Test
	void aBufferMoreWouldBeSeen() throws IOException {
		long usual = bytesPerWrite(FileOps.system(), true);
		assertThat(bytesPerWrite(new OneBufferMore(FileOps.system()), true)).isBetween(usual + SEEDED,
				usual + 2 * SEEDED);
	}

	/** The least of all writes: a pause of the JVM is no matter of the protocol. */
	private long bytesPerWrite(FileOps files, boolean locked) throws IOException {
		Path target = Files.writeString(this.directory.resolve("f"), "old");
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.lock(locked ? LockRequest.waitForever() : LockRequest.none())
			.build();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long least = Long.MAX_VALUE;
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).build()) {
			for (int i = 0; i < WARM + MEASURED; i++) {
				long before = threads.getCurrentThreadAllocatedBytes();
				template.write(target, CONTENT, options);
				long bytes = threads.getCurrentThreadAllocatedBytes() - before;
				least = (i < WARM) ? least : Math.min(least, bytes);
			}
		}
		System.out.println((locked ? "locked: " : "without lock: ") + least + " bytes");
		return least;
	}

	/** A control: allocates a buffer that nobody needs. */
	private static final class OneBufferMore extends ForwardingFileOps {

		private volatile byte[] buffer = {};

		OneBufferMore(FileOps delegate) {
			super(delegate);
		}

		@Override
		public Directory open(Path canonical) throws IOException {
			this.buffer = new byte[SEEDED + this.buffer.length % 2];
			return super.open(canonical);
		}

	}

}
