package io.atomicwrite.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.atomicwrite.FormatException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The forms of content: bytes, text, streams, staged writes.
 */
class ContentTests {

	private final LockRegistry locks = LockRegistry.file();

	private final FaultyFileOps files = new FaultyFileOps(FileOps.system());

	private final List<Path> leaked = new CopyOnWriteArrayList<>();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.files(this.files)
		.locks(this.locks)
		.listener(new WriteListener() {

			@Override
			public void leaked(Path target) {
				ContentTests.this.leaked.add(target);
			}

		})
		.build();

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void target() throws Exception {
		this.target = this.directory.toRealPath().resolve("f");
	}

	@Test
	void bytesOfEverySize() {
		for (int size : new int[] { 0, 1, 8191, 8192, 8193, 65_535, 65_536, 65_537, 1_000_000 }) {
			byte[] bytes = new byte[size];
			new Random(size).nextBytes(bytes);
			WriteResult result = this.template.write(this.target, bytes);
			assertThat(this.target).hasBinaryContent(bytes);
			assertThat(result.size()).isEqualTo(size);
		}
	}

	@Test
	void streamOfEverySizeInConstantMemory() throws Exception {
		for (int size : new int[] { 0, 1, 65_536, 65_537, 1_000_000 }) {
			byte[] bytes = new byte[size];
			new Random(size).nextBytes(bytes);
			this.template.write(this.target, new ByteArrayInputStream(bytes));
			assertThat(this.target).hasBinaryContent(bytes);
		}
	}

	/** As that of a channel in non-blocking mode: a read of nothing is no end. */
	@Test
	void streamThatHasNothingYetIsWaitedFor() throws Exception {
		Files.writeString(this.target, "old");
		IdleStream content = new IdleStream("one", "", "", "two", "", "three");
		this.template.write(this.target, content);
		assertThat(this.target).hasContent("onetwothree");
		this.template.append(this.target, new IdleStream("", "four"));
		assertThat(this.target).hasContent("onetwothreefour");
		// as long as a wait for as many milliseconds would be, and not as often as a spin
		assertThat(content.reads).isBetween(10, 400);
	}

	@Test
	void interruptEndsTheWaitForAStream() throws Exception {
		Files.writeString(this.target, "old");
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.write(this.target, new IdleStream("one", "", "two"),
					WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build()));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.target).hasContent("old");
		assertNothingLeft();
	}

	/** Has nothing for 100 ms where a part is empty. */
	private static final class IdleStream extends InputStream {

		private final java.util.Deque<String> parts;

		private int reads;

		private long until;

		IdleStream(String... parts) {
			this.parts = new java.util.ArrayDeque<>(List.of(parts));
		}

		@Override
		public int read() {
			// as that of the JDK's channels does
			return -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			this.reads++;
			if (System.nanoTime() < this.until) {
				return 0;
			}
			String part = this.parts.poll();
			if (part == null) {
				return -1;
			}
			if (part.isEmpty()) {
				this.until = System.nanoTime() + 100_000_000L;
				return 0;
			}
			byte[] some = part.getBytes(StandardCharsets.US_ASCII);
			System.arraycopy(some, 0, bytes, offset, some.length);
			return some.length;
		}

	}

	@Test
	void buffersKeepTheirTurnAmongOtherWrites() throws Exception {
		WriteOptions digest = WriteOptions.engineDefaults().toBuilder().reportVersion(true).build();
		for (ByteBuffer buffer : List.of(ByteBuffer.allocate(100_000), ByteBuffer.allocateDirect(100_000))) {
			buffer.put(99_997, "bcd".getBytes(StandardCharsets.US_ASCII)).position(99_997);
			try (StagedWrite staged = this.template.open(this.target, digest)) {
				staged.output().write('a');
				staged.write(buffer);
				staged.output().write('e');
				WriteResult result = staged.commit();
				assertThat(result.version()).contains(Version.of("abcde".getBytes(StandardCharsets.US_ASCII)));
				assertThat(result.size()).isEqualTo(5);
			}
			assertThat(this.target).hasContent("abcde");
			assertThat(buffer.hasRemaining()).isFalse();
		}
	}

	@Test
	void largeHeapBufferLeavesInSlices() throws Exception {
		Path helper = this.directory.resolve("big");
		// a hidden direct buffer of the whole size would not fit
		io.atomicwrite.test.Shell.run(ProcessHandle.current().info().command().orElse("java"), "-Xmx128m",
				"-XX:MaxDirectMemorySize=1m", "-cp", System.getProperty("java.class.path"), WriteLarge.class.getName(),
				helper.toString());
		assertThat(helper).hasSize(32 << 20);
	}

	@Test
	void textIsEncodedAsOneWhole() {
		this.template.writeString(this.target, "grün 𝄞");
		assertThat(this.target).hasContent("grün 𝄞");
		assertThat(this.template.readString(this.target)).isEqualTo("grün 𝄞");
		this.template.writeString(this.target, "grün", StandardCharsets.ISO_8859_1, WriteOptions.engineDefaults());
		assertThat(this.target).hasSize(4);
		assertThatExceptionOfType(FormatException.class).isThrownBy(() -> this.template.readString(this.target));
	}

	@Test
	void textThatCanNotBeEncodedTouchesNoFile() {
		RecordingFileOps recorded = new RecordingFileOps(FileOps.system());
		AtomicFileTemplate recording = AtomicFileTemplate.builder().files(recorded).build();
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> recording.writeString(this.target, "half \ud834 pair"));
		assertThatExceptionOfType(FormatException.class).isThrownBy(() -> recording.writeString(this.target, "€",
				StandardCharsets.ISO_8859_1, WriteOptions.engineDefaults()));
		assertThat(recorded.calls()).isEmpty();
	}

	@Test
	void surrogatePairMayBeSplitOverTwoWritesButNotLeftOpen() throws Exception {
		try (StagedWrite out = this.template.open(this.target)) {
			Writer writer = out.writer(StandardCharsets.UTF_8);
			writer.write("\ud834");
			writer.flush();
			writer.write("\udd1e");
			out.commit();
		}
		assertThat(this.target).hasContent("𝄞");
		StagedWrite open = this.template.open(this.target);
		open.writer(StandardCharsets.UTF_8).write("x\ud834");
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(open::commit)
			.withMessageContaining("could not be produced");
		assertThat(this.target).hasContent("𝄞");
		assertNothingLeft();
	}

	@Test
	void closingWithoutCommitDiscards() throws Exception {
		Files.writeString(this.target, "old");
		try (StagedWrite out = this.template.open(this.target)) {
			out.output().write("new".getBytes());
		}
		assertThat(this.target).hasContent("old");
		assertNothingLeft();
	}

	@Test
	void discardThenCloseNeverCommits() throws Exception {
		StagedWrite out = this.template.open(this.target);
		out.output().write(1);
		out.discard();
		assertThatIllegalStateException().isThrownBy(out::commit);
		out.close();
		assertThat(this.target).doesNotExist();
		assertNothingLeft();
	}

	@Test
	void secondCommitIsAnErrorAndCloseAfterCommitDoesNothing() throws Exception {
		StagedWrite out = this.template.open(this.target);
		out.output().write('x');
		out.commit();
		assertThatIllegalStateException().isThrownBy(out::commit);
		out.close();
		out.discard();
		assertThat(this.target).hasContent("x");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
			out.output().write(new byte[10_000]);
			out.output().flush();
		});
	}

	@Test
	void failedCommitLeavesNothing() throws Exception {
		Files.writeString(this.target, "old");
		StagedWrite out = this.template.open(this.target);
		out.output().write('x');
		this.files.fail((call) -> call.op() == Op.SYNC, 1, "Input/output error");
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(out::commit)
			.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(WritePhase.SYNC));
		out.close();
		assertThat(this.target).hasContent("old");
		assertNothingLeft();
	}

	@Test
	void leakedWriteIsCleanedUpAndReported() throws Exception {
		leak();
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			System.gc();
			assertThat(this.leaked).containsExactly(this.target);
		});
		assertNothingLeft();
	}

	@Test
	void leakedWriteOnAFilesystemThatHangsStopsNoOther(@TempDir Path elsewhere) throws Exception {
		CountDownLatch silence = new CountDownLatch(1);
		AtomicBoolean hangs = new AtomicBoolean();
		leak(elsewhere, new InterceptingFileOps(FileOps.system()) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (call.op() == Op.DELETE) {
					hangs.set(true);
					assertThat(silence).satisfies(CountDownLatch::await);
				}
				return action.run();
			}

		});
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			System.gc();
			assertThat(hangs).isTrue();
		});
		leakedWriteIsCleanedUpAndReported();
		silence.countDown();
	}

	private static void leak(Path directory, FileOps files) throws IOException {
		AtomicFileTemplate.builder().files(files).build().open(directory.resolve("g")).output().write(1);
	}

	private void leak() throws IOException {
		this.template.open(this.target).output().write(1);
	}

	@Test
	void errorOfTheStagingFileCountsAlsoWhereTheCallbackHidesIt() throws Exception {
		Files.writeString(this.target, "old");
		this.files.fail((call) -> call.op() == Op.WRITE, 1, new IOException("No space left on device"));
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.write(this.target, (out) -> {
				try {
					out.write(new byte[100_000]);
				}
				catch (IOException ex) {
					// hidden
				}
			}))
			.withMessageContaining("No space left on device")
			.satisfies((ex) -> {
				assertThat(ex.phase()).isEqualTo(WritePhase.STAGE);
				assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
			});
		assertThat(this.target).hasContent("old");
		assertNothingLeft();
	}

	@Test
	void uncheckedErrorsOfJacksonLeakNoStagingFile() throws Exception {
		Files.writeString(this.target, "old");
		JsonMapper mapper = new JsonMapper();
		this.files.fail((call) -> call.op() == Op.WRITE, 1, new IOException("No space left on device"));
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(
				() -> this.template.write(this.target, (out) -> mapper.writeValue(out, List.of("x".repeat(100_000)))))
			.withMessageContaining("No space left on device");
		assertThat(this.target).hasContent("old");
		assertNothingLeft();
	}

	@Test
	void closingTheStreamInTheCallbackCommitsNothingByItself() {
		assertThatIllegalStateException().isThrownBy(() -> this.template.write(this.target, (out) -> {
			out.write(1);
			out.close();
			throw new IllegalStateException("after close");
		}));
		assertThat(this.target).doesNotExist();
	}

	@Test
	void sourceThatFailsIsToldFromATargetThatFails() throws Exception {
		InputStream broken = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("the source is broken");
			}

		};
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> this.template.write(this.target, broken))
			.withMessageContaining("content could not be produced: the source is broken");
		assertNothingLeft();
	}

	@Test
	void appendKeepsTheOldContentInFront() {
		this.template.append(this.target, "a\n".getBytes());
		this.template.append(this.target, "b\n".getBytes());
		assertThat(this.target).hasContent("a\nb\n");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.template.append(this.target,
				new byte[1], WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build()));
	}

	@Test
	void missingFileIsToldByName() {
		assertThatExceptionOfType(TargetMissingException.class).isThrownBy(() -> this.template.read(this.target))
			.withMessageContaining(this.target.toString())
			.withMessageContaining("No such file or directory");
	}

	@Test
	void nothingIsVisibleBeforeTheCommit() throws Exception {
		Files.writeString(this.target, "old");
		try (StagedWrite out = this.template.open(this.target)) {
			out.output().write(new byte[100_000]);
			out.output().flush();
			assertThat(this.target).hasContent("old");
			assertThat(this.locks.held()).extracting((held) -> held.target()).containsExactly(this.target);
			out.commit();
		}
		assertThat(this.target).hasSize(100_000);
	}

	@Test
	void readersSeeOldOrNewAndNeverNothing() throws Exception {
		byte[] zeros = new byte[20_000];
		byte[] ones = new byte[20_000];
		java.util.Arrays.fill(ones, (byte) 1);
		this.template.write(this.target, zeros);
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build();
		Thread writer = new Thread(() -> {
			for (int i = 0; i < 300; i++) {
				this.template.write(this.target, (i % 2 == 0) ? ones : zeros, options);
			}
		});
		writer.start();
		int reads = 0;
		while (writer.isAlive()) {
			byte[] seen = Files.readAllBytes(this.target);
			assertThat(seen).hasSize(zeros.length);
			assertThat(java.util.Arrays.equals(seen, zeros) || java.util.Arrays.equals(seen, ones)).isTrue();
			reads++;
		}
		assertThat(reads).isGreaterThan(10);
	}

	@Test
	void callsNameTheTargetAndNothingElseIsTouched() {
		RecordingFileOps recorded = new RecordingFileOps(FileOps.system());
		AtomicFileTemplate.builder().files(recorded).build().writeString(this.target, "x");
		assertThat(recorded.calls()).filteredOn((call) -> call.op().changing())
			.extracting((call) -> call.path().toString())
			.allSatisfy((path) -> assertThat(path).startsWith(this.target.getParent().toString()));
	}

	private void assertNothingLeft() {
		assertThat(DirectoryContent.of(this.directory)).noneMatch((name) -> !name.equals("f"));
		assertThat(this.locks.held()).isEmpty();
	}

	/**
	 * Writes 32 MiB at once.
	 */
	static final class WriteLarge {

		private WriteLarge() {
		}

		public static void main(String[] args) {
			AtomicFileTemplate.create().write(Path.of(args[0]), new byte[32 << 20]);
		}

	}

}
