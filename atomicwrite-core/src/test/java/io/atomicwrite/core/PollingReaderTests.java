package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.test.EvidenceRecord;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers that know nothing of the engine poll a file while it is replaced. Each content
 * says of itself how long it is, what it is filled with, and what its digest is.
 */
@Stresses
@Timeout(1800)
class PollingReaderTests {

	private static final int READERS = 3;

	private static final int HEADER = Integer.BYTES + 1 + 32;

	private static final int LARGEST = 150_000;

	@TempDir
	private Path directory;

	@Test
	void noFileIsMissingOrMixed() throws Exception {
		replace(Scope.SLICE, 2000);
	}

	@Test
	@Tag("slow")
	void noFileIsMissingOrMixedInTheLongRun() throws Exception {
		replace(Scope.LONG, 20_000);
	}

	private void replace(Scope scope, int replacements) throws Exception {
		Readers ours = new Readers(this.directory.resolve("ours"));
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			ours.poll(replacements, (file, content) -> template.write(file, content));
		}
		Readers inPlace = new Readers(this.directory.resolve("in-place"));
		inPlace.poll(2000, Files::write);
		Readers deleting = new Readers(this.directory.resolve("deleting"));
		deleting.poll(2000, (file, content) -> {
			Path other = Files.write(file.resolveSibling("other"), content);
			Files.delete(file);
			Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
		});
		System.out.println("polling readers: " + ours + "; in place: " + inPlace + "; deleting: " + deleting);
		new EvidenceRecord("readers", "readers that poll",
				READERS + " readers made " + ours.reads + " reads of a file of up to " + LARGEST
						+ " bytes while it was replaced; each content tells its length, filling and digest",
				replacements, "replacements", ours.missing.get() + ours.mixed.get(),
				scope.command("PollingReaderTests"), scope)
			.withControl("written in place: mixed or cut off", 2000, inPlace.mixed.get())
			.withControl("deleted, then renamed: missing", 2000, deleting.missing.get())
			.write();
		assertThat(ours.missing).hasValue(0);
		assertThat(ours.mixed).hasValue(0);
		assertThat(ours.reads).hasValueGreaterThan(replacements / 10);
		assertThat(inPlace.mixed).hasPositiveValue();
		assertThat(deleting.missing).hasPositiveValue();
	}

	private static byte[] content(int number) {
		byte fill = (byte) number;
		int length = (number % 8 == 0) ? LARGEST - number % 1000 : HEADER + (number * 31) % 5000;
		byte[] body = new byte[length - HEADER];
		Arrays.fill(body, fill);
		return ByteBuffer.allocate(length).putInt(length).put(fill).put(digest(body)).put(body).array();
	}

	private static boolean isWhole(byte[] content) {
		if (content.length < HEADER) {
			return false;
		}
		ByteBuffer buffer = ByteBuffer.wrap(content);
		int length = buffer.getInt();
		byte fill = buffer.get();
		byte[] digest = new byte[32];
		buffer.get(digest);
		byte[] body = Arrays.copyOfRange(content, HEADER, content.length);
		for (byte one : body) {
			if (one != fill) {
				return false;
			}
		}
		return length == content.length && Arrays.equals(digest, digest(body));
	}

	private static byte[] digest(byte[] body) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(body);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Writer {

		void write(Path file, byte[] content) throws IOException;

	}

	private static final class Readers {

		final AtomicLong reads = new AtomicLong();

		final AtomicLong missing = new AtomicLong();

		final AtomicLong mixed = new AtomicLong();

		private final AtomicBoolean ended = new AtomicBoolean();

		private final Path file;

		Readers(Path file) {
			this.file = file;
		}

		void poll(int replacements, Writer writer) throws Exception {
			Files.write(this.file, content(0));
			ExecutorService threads = Executors.newFixedThreadPool(READERS);
			try {
				List<Future<?>> readers = new ArrayList<>();
				for (int i = 0; i < READERS; i++) {
					readers.add(threads.submit(() -> {
						while (!this.ended.get()) {
							read();
						}
						return null;
					}));
				}
				for (int i = 1; i <= replacements; i++) {
					writer.write(this.file, content(i));
				}
				this.ended.set(true);
				for (Future<?> reader : readers) {
					reader.get(60, TimeUnit.SECONDS);
				}
			}
			finally {
				this.ended.set(true);
				threads.shutdownNow();
			}
		}

		private void read() throws IOException {
			try {
				byte[] content = Files.readAllBytes(this.file);
				this.reads.incrementAndGet();
				if (!isWhole(content)) {
					this.mixed.incrementAndGet();
				}
			}
			catch (NoSuchFileException ex) {
				this.missing.incrementAndGet();
			}
		}

		@Override
		public String toString() {
			return this.reads + " reads, " + this.missing + " missing, " + this.mixed + " mixed";
		}

	}

}
