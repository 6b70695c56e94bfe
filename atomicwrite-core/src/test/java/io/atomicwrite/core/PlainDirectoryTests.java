package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptedExchanges;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Publications whose {@code latest} is a directory.
 */
class PlainDirectoryTests extends PlainDirectoryStage {

	/** What has the hidden name of a directory that is, was or was to be at latest. */
	private List<String> hidden() {
		return DirectoryContent.of(this.root)
			.stream()
			.filter((name) -> name.startsWith(".latest.") && name.indexOf('/') < 0)
			.toList();
	}

	@Test
	void latestIsADirectoryWithFurtherNamesOfTheFiles() throws IOException {
		Path source = Files.createDirectories(this.directory.resolve("source/closed/empty")).getParent().getParent();
		Files.writeString(source.resolve("closed/f"), "f");
		Files.createSymbolicLink(source.resolve("link"), Path.of("closed/f"));
		Files.setPosixFilePermissions(source.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
		PublishedVersion version = set().publish((out) -> out.tree(source), options("v1"));
		Path latest = this.root.resolve("latest");
		assertThat(latest).isDirectory().isNotEqualTo(version.path());
		assertThat(Files.isSymbolicLink(latest)).isFalse();
		assertThat(DirectoryContent.of(latest)).isEqualTo(DirectoryContent.of(version.path()))
			.contains("SHA256SUMS", "closed/empty", "closed/f", "link", "manifest.json");
		assertThat(Files.isSameFile(latest.resolve("closed/f"), version.path().resolve("closed/f"))).isTrue();
		assertThat(Files.readSymbolicLink(latest.resolve("link"))).isEqualTo(Path.of("closed/f"));
		assertThat(Files.getPosixFilePermissions(latest.resolve("closed")))
			.isEqualTo(PosixFilePermissions.fromString("rwx------"));
		assertThat(set().list()).containsExactly(version);
		assertThat(hidden()).isEmpty();
	}

	@Test
	void theNextVersionTakesItsPlace() {
		publish(set(), "v1");
		assertLatest("v1");
		publish(set(), "v2");
		assertLatest("v2");
		assertThat(set().list()).extracting(PublishedVersion::name).containsExactly("v1", "v2");
		assertThat(set().list()).extracting(PublishedVersion::latest).containsExactly(false, true);
	}

	@Test
	void aRollbackExchangesItToo() {
		publish(set(), "v1");
		publish(set(), "v2");
		assertThat(set().rollback().name()).isEqualTo("v1");
		assertLatest("v1");
		set().rollbackTo("v2");
		assertLatest("v2");
	}

	/** As openat(2) does: whoever has opened the directory reads on in it. */
	@Test
	void whoIsInTheDirectoryStaysInItsVersionForAsLongAsThatIsKept() throws IOException {
		publish(set(), "v1");
		try (DirectoryStream<Path> opened = Files.newDirectoryStream(this.root.resolve("latest"))) {
			publish(set(), "v2");
			set().sweep(Retention.keep(2));
			assertThat(read(opened)).isEqualTo("v1");
			set().sweep(Retention.keep(1).olderThan(Duration.ofHours(1)));
			assertThat(read(opened)).isEqualTo("v1");
			assertThat(hidden()).hasSize(1);
			assertThat(set().sweep(Retention.keep(1)).removed()).containsExactly("v1");
			assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> read(opened));
		}
		assertThat(hidden()).isEmpty();
		assertLatest("v2");
	}

	@SuppressWarnings("unchecked")
	private static String read(DirectoryStream<Path> opened) throws IOException {
		try (SeekableByteChannel channel = ((SecureDirectoryStream<Path>) opened).newByteChannel(Path.of("a"),
				Set.of())) {
			ByteBuffer bytes = ByteBuffer.allocate(16);
			channel.read(bytes);
			return new String(bytes.array(), 0, bytes.position());
		}
	}

	@Test
	void aReaderWithALeaseKeepsItsVersionWhateverTakesThePlace() {
		publish(set(), "v1");
		try (OpenVersion open = set().open("latest")) {
			publish(set(), "v2");
			assertThat(set().sweep(Retention.keep(1)).inUse()).containsExactly("v1");
			assertThat(open.path()).isEqualTo(this.root.resolve("v1"));
			assertThat(open.file("a")).hasContent("v1");
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void anotherPointerIsReplacedAndGone(PointerKind kind) {
		set().publish((out) -> out.file("f", new byte[1]), options("v1").withPointer(kind));
		publish(set(), "v2");
		assertLatest("v2");
		assertThat(hidden()).isEmpty();
	}

	@Test
	void allOfItIsDurableBeforeTheExchangeAndTheExchangeAfterIt() {
		publish(set(), "v1");
		RecordingFileOps recording = new RecordingFileOps(FILES);
		publish(set(new InterceptedExchanges(recording)), "v2");
		List<FileCall> calls = recording.calls();
		int exchange = lastIndex(calls, (call) -> call.op() == Op.RENAME && isLatest(call.other()));
		String plain = calls.get(exchange).path().getFileName().toString();
		int linked = lastIndex(calls.subList(0, exchange), (call) -> call.op() == Op.LINK);
		int below = lastIndex(calls.subList(0, exchange), (call) -> isSync(call, plain + "/d"));
		int whole = lastIndex(calls.subList(0, exchange), (call) -> isSync(call, plain));
		int named = lastIndex(calls.subList(0, exchange), (call) -> isSync(call, "set"));
		assertThat(below).isPositive().isLessThan(whole);
		assertThat(calls.get(linked).path().getFileName()).hasToString("manifest.json");
		assertThat(linked).isLessThan(whole);
		assertThat(whole).isLessThan(named);
		assertThat(calls.subList(exchange, calls.size())).anyMatch((call) -> isSync(call, "set"));
	}

	private static boolean isLatest(Path path) {
		return path != null && path.getFileName().toString().equals("latest");
	}

	private static boolean isSync(FileCall call, String directory) {
		return call.op() == Op.SYNC_DIRECTORY && call.path().endsWith(directory);
	}

	private static int lastIndex(List<FileCall> calls, Predicate<FileCall> wanted) {
		for (int i = calls.size() - 1; i >= 0; i--) {
			if (wanted.test(calls.get(i))) {
				return i;
			}
		}
		throw new AssertionError("no such call in " + calls);
	}

	@Test
	void whatWasNeverExchangedIsSweptOnceItsWriterIsGone() throws Exception {
		publish(set(), "v1");
		Path half = Files.createDirectories(this.root.resolve(".latest.0123456789abcdef.plain/d")).getParent();
		Files.writeString(half.resolve("d/b"), "half");
		Files.createSymbolicLink(this.root.resolve(".latest.0123456789abcde0.plain"), Path.of("v0"));
		LockRegistry other = LockRegistry.file();
		LockLease[] held = new LockLease[1];
		Thread writer = new Thread(() -> held[0] = other.acquire(this.root.resolve("latest"), LockRequest.failFast()));
		writer.start();
		writer.join();
		set().sweep(Retention.keep(1));
		assertThat(hidden()).hasSize(2);
		Objects.requireNonNull(held[0]).close();
		other.close();
		set().sweep(Retention.keep(1));
		assertThat(hidden()).isEmpty();
		assertLatest("v1");
	}

	/**
	 * Between the look of a sweep and its lease the directory may have been exchanged.
	 */
	@Test
	void aDirectoryThatWasExchangedMeanwhileIsNotSwept() throws IOException {
		publish(set(), "v1");
		Path half = Files.createDirectories(this.root.resolve(".latest.0123456789abcdef.plain"));
		FileOps late = new ForwardingFileOps(FILES) {

			private boolean done;

			@Override
			public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
				if (!this.done && file.endsWith("latest.lock")) {
					this.done = true;
					Files.copy(PlainDirectoryTests.this.root.resolve("latest/manifest.json"),
							half.resolve("manifest.json"));
				}
				return super.openLockFile(file, mode, create);
			}

		};
		AtomicFileTemplate.builder()
			.files(late)
			.locks(LockRegistry.fileBuilder().files(late).build())
			.build()
			.publication(this.directory, "set")
			.sweep(Retention.keep(1));
		assertThat(half.resolve("manifest.json")).exists();
	}

	/** Neither the trial nor what is being built is what a crash has left. */
	@Test
	void aSweepDisturbsNoPublisher() throws IOException {
		publish(set(), "v1");
		List<String> swept = new ArrayList<>();
		FileOps disturbed = new ForwardingFileOps(FILES) {

			@Override
			public void createDirectory(Path created) throws IOException {
				super.createDirectory(created);
				String name = PlainDirectoryTests.this.root.relativize(created).toString();
				if (name.startsWith(".latest.")) {
					sweepInAnotherThread();
					swept.add(name);
				}
			}

		};
		publish(set(disturbed), "v2");
		assertThat(swept).hasSize(5);
		assertLatest("v2");
	}

	private void sweepInAnotherThread() {
		Thread sweeper = new Thread(() -> set().sweep(Retention.keep(5)));
		sweeper.start();
		try {
			sweeper.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A server may have done what it reports as failed. */
	@Test
	void whatIsAtLatestDecidesWhetherAnExchangeHasFailed() {
		publish(set(), "v1");
		for (boolean done : new boolean[] { true, false }) {
			FileOps failing = new ForwardingFileOps(FILES) {

				@Override
				public void exchange(Path one, Path other) throws IOException {
					if (done || !other.endsWith("latest")) {
						super.exchange(one, other);
					}
					if (other.endsWith("latest")) {
						throw new FileSystemException(other.toString(), null, "Input/output error");
					}
				}

			};
			if (done) {
				publish(set(failing), "v2");
			}
			else {
				assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> publish(set(failing), "v3"))
					.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
			}
			assertLatest("v2");
		}
		assertThat(hidden()).hasSize(1);
	}

	@Test
	void aFailureBeforeTheExchangeLeavesNothing() {
		publish(set(), "v1");
		List<String> before = DirectoryContent.of(this.root);
		FileOps full = new ForwardingFileOps(FILES) {

			@Override
			public void linkNew(Path source, Path name) throws IOException {
				if (name.endsWith("d/b")) {
					throw new FileSystemException(name.toString(), null, "No space left on device");
				}
				super.linkNew(source, name);
			}

		};
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> publish(set(full), "v2"))
			.withMessageContaining("No space left on device");
		assertThat(DirectoryContent.of(this.root)).isEqualTo(before);
		assertLatest("v1");
	}

	@Test
	void aPublicationMayBeRenamed() throws IOException {
		publish(set(), "v1");
		Files.move(this.root, this.root.resolveSibling("other"));
		Publication renamed = AtomicFileTemplate.builder().files(FILES).build().publication(this.directory, "other");
		publish(renamed, "v2");
		assertThat(renamed.latest()).contains("v2");
	}

	@Test
	void longNamesOfPublicationAndVersionAreRead() {
		String name = "\"time\": ".repeat(10);
		Publication odd = AtomicFileTemplate.builder().files(FILES).build().publication(this.directory, name);
		odd.publish((out) -> out.file("f", new byte[1]), options("time"));
		odd.publish((out) -> out.file("f", new byte[1]), options("\u00e9\"".repeat(60)));
		assertThat(odd.latest()).contains("\u00e9\"".repeat(60));
	}

}
