package io.atomicwrite.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.FormatException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.document.Snapshot.Source;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.watch.WatchMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

/**
 * Changes of a document: built on what the file holds, durable when they return, several
 * in one write, each with its own outcome.
 */
class DocumentUpdateTests {

	private final HookedFileOps files = new HookedFileOps(FileOps.system());

	private final LockRegistry locks = LockRegistry.fileBuilder().files(this.files).build();

	private final Writes writes = new Writes();

	private Duration later = Duration.ZERO;

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.files(this.files)
		.locks(this.locks)
		.clock(() -> Instant.now().plus(this.later))
		.documentListeners(() -> List.of(this.writes))
		.build();

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void file() throws Exception {
		this.file = this.directory.resolve("config.yaml");
		Files.writeString(this.file, "# kept\ncount: 1\nname: a\n");
	}

	@AfterEach
	void close() {
		this.template.close();
	}

	private AtomicDocument<Settings> open() {
		return this.template.document(this.file, options().build());
	}

	private static DocumentOptions.Builder<Settings> options() {
		return DocumentOptions.of(Settings.class).watch(WatchMode.OFF).quietPeriod(Duration.ofMillis(50));
	}

	@Test
	void currentIsReadAtTheOpening() {
		AtomicDocument<Settings> document = open();
		assertThat(document.current()).isEqualTo(new Settings(1, "a"));
		assertThat(document.status()).isEqualTo(DocumentStatus.VALID);
		assertThat(document.snapshot().source()).isEqualTo(Source.INITIAL);
		assertThat(document.snapshot().generation()).isEqualTo(1);
		assertThat(document.snapshot().version()).isEqualTo(this.template.version(this.file));
	}

	@Test
	void updateChangesTheValueAndLeavesTheRest() throws Exception {
		AtomicDocument<Settings> document = open();
		assertThat(document.update((old) -> old.plus(1))).isEqualTo(new Settings(2, "a"));
		assertThat(this.file).hasContent("# kept\ncount: 2\nname: a\n");
		assertThat(document.current()).isEqualTo(new Settings(2, "a"));
		assertThat(document.snapshot().source()).isEqualTo(Source.OWN);
		assertThat(document.snapshot().version()).isEqualTo(Version.of(Files.readAllBytes(this.file)));
	}

	@Test
	void updateThatChangesNothingWritesNothing() throws Exception {
		AtomicDocument<Settings> document = open();
		Object before = Files.getAttribute(this.file, "unix:ino");
		document.update((old) -> old.named("a"));
		assertThat(Files.getAttribute(this.file, "unix:ino")).isEqualTo(before);
		assertThat(this.writes.counts).isEmpty();
	}

	@Test
	void updateBuildsOnWhatOthersHaveWritten() throws Exception {
		AtomicDocument<Settings> document = open();
		this.template.writeString(this.file, "count: 10\nname: other\n");
		List<Settings> bases = new ArrayList<>();
		assertThat(document.update((old) -> {
			bases.add(old);
			return old.plus(1);
		})).isEqualTo(new Settings(11, "other"));
		assertThat(bases).containsExactly(new Settings(10, "other"));
		assertThat(this.file).hasContent("count: 11\nname: other\n");
	}

	@Test
	void updateBuildsOnAnEditThatKeepsSizeAndPlace() throws Exception {
		AtomicDocument<Settings> document = open();
		document.update((old) -> old.plus(1));
		Files.writeString(this.file, "# kept\ncount: 5\nname: a\n");
		assertThat(document.update((old) -> old.plus(1))).isEqualTo(new Settings(6, "a"));
	}

	@Test
	void updateBuildsOnAnEditThatLooksLikeItsOwnWrite() throws Exception {
		AtomicDocument<Settings> document = open();
		document.update((old) -> old.plus(1));
		editUnseen("# kept\ncount: 5\nname: a\n");
		this.later = Duration.ofSeconds(10);
		assertThat(document.update((old) -> old.plus(1))).isEqualTo(new Settings(6, "a"));
		assertThat(this.file).hasContent("# kept\ncount: 6\nname: a\n");
	}

	@Test
	void nothingIsLeftUnwrittenBecauseOfAnEditThatWasNotSeen() throws Exception {
		AtomicDocument<Settings> document = open();
		document.update((old) -> old.plus(1));
		editUnseen("# kept\ncount: 5\nname: a\n");
		assertThat(document.update((old) -> new Settings(2, "a"))).isEqualTo(new Settings(2, "a"));
		assertThat(this.file).hasContent("# kept\ncount: 2\nname: a\n");
	}

	@Test
	void noCallerIsRefusedBecauseOfAnEditThatWasNotSeen() throws Exception {
		AtomicDocument<Settings> document = open();
		document.update((old) -> old.plus(1));
		Version edited = editUnseen("# kept\ncount: 5\nname: a\n");
		assertThat(document.replace(new Settings(9, "b"), edited).value()).isEqualTo(new Settings(9, "b"));
		assertThat(this.file).hasContent("# kept\ncount: 9\nname: b\n");
	}

	@Test
	void functionIsInvokedOnceAfterAnOwnWrite() throws Exception {
		AtomicDocument<Settings> document = open();
		document.update((old) -> old.plus(1));
		AtomicInteger calls = new AtomicInteger();
		document.update((old) -> {
			calls.incrementAndGet();
			return old;
		});
		assertThatIllegalStateException().isThrownBy(() -> document.update((old) -> {
			calls.incrementAndGet();
			throw new IllegalStateException("of the application");
		}));
		assertThat(calls).hasValue(2);
		assertThat(this.file).hasContent("# kept\ncount: 2\nname: a\n");
	}

	@Test
	void functionIsInvokedOnceAlsoBehindLinks() throws Exception {
		Path elsewhere = Files.createDirectory(this.directory.resolve("elsewhere"));
		Path link = Files.createSymbolicLink(this.directory.resolve("link.yaml"),
				Files.move(this.file, elsewhere.resolve("config.yaml")));
		Path directory = Files.createSymbolicLink(this.directory.resolve("data"), elsewhere);
		for (Path path : List.of(link, directory.resolve("./config.yaml"))) {
			try (AtomicDocument<Settings> document = this.template.document(path, options().build())) {
				AtomicInteger calls = new AtomicInteger();
				for (int i = 0; i < 3; i++) {
					document.update((old) -> {
						calls.incrementAndGet();
						return old.plus(1);
					});
				}
				assertThat(calls).as("%s", path).hasValue(3);
			}
		}
		assertThat(elsewhere.resolve("config.yaml")).hasContent("# kept\ncount: 7\nname: a\n");
	}

	@Test
	void fileIsReadOnceForAnUpdateAfterAnOwnWrite() {
		AtomicDocument<Settings> document = open();
		document.update((old) -> old.plus(1));
		AtomicInteger reads = new AtomicInteger();
		this.files.before((call) -> call.op() == FileCall.Op.OPEN_READ && call.path().equals(this.file)
				&& reads.incrementAndGet() < 0, 1, () -> {
				});
		document.update((old) -> old.plus(1));
		assertThat(reads).hasValue(1);
	}

	/** Edits the file as one does who is as fast as the clock of the filesystem. */
	private Version editUnseen(String content) throws Exception {
		FileTime written = Files.getLastModifiedTime(this.file);
		Files.writeString(this.file, content);
		Files.setLastModifiedTime(this.file, written);
		return this.template.version(this.file);
	}

	@Test
	void halfWrittenEditIsWaitedFor() throws Exception {
		AtomicDocument<Settings> document = this.template.document(this.file,
				options().quietPeriod(Duration.ofMillis(800)).build());
		document.update((old) -> old.plus(1));
		CountDownLatch begun = new CountDownLatch(1);
		CompletableFuture<Void> editor = CompletableFuture.runAsync(() -> {
			try (var out = Files.newOutputStream(this.file)) {
				out.write("count: 8\n".getBytes());
				begun.countDown();
				TimeUnit.MILLISECONDS.sleep(400);
				out.write("name: edited\n".getBytes());
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		begun.await();
		assertThat(document.update((old) -> old.plus(1))).isEqualTo(new Settings(9, "edited"));
		editor.get();
		assertThat(this.file).hasContent("count: 9\nname: edited\n");
	}

	@Test
	void editBetweenSyncAndCommitIsBuiltOn() throws Exception {
		AtomicDocument<Settings> document = open();
		this.files.after((call) -> call.op() == FileCall.Op.SYNC && call.path().toString().endsWith(".tmp"), 1,
				() -> Files.writeString(this.file, "# kept\ncount: 100\nname: editor\n"));
		AtomicInteger calls = new AtomicInteger();
		assertThat(document.update((old) -> {
			calls.incrementAndGet();
			return old.plus(1);
		})).isEqualTo(new Settings(101, "editor"));
		assertThat(this.files.ran()).isTrue();
		assertThat(calls).hasValue(2);
		assertThat(this.file).hasContent("# kept\ncount: 101\nname: editor\n");
	}

	@Test
	void fileThatIsEditedEachTimeIsLeftToTheEditor() throws Exception {
		AtomicDocument<Settings> document = open();
		AtomicInteger calls = new AtomicInteger();
		assertThatExceptionOfType(VersionConflictException.class).isThrownBy(() -> document.update((old) -> {
			try {
				Files.writeString(this.file, "count: " + 1000 * calls.incrementAndGet() + "\nname: a\n");
			}
			catch (Exception ex) {
				fail(ex);
			}
			return old.plus(1);
		}));
		assertThat(calls).hasValue(4);
		assertThat(this.file).hasContent("count: 4000\nname: a\n");
		assertThat(this.directory.toFile().list()).allMatch((name) -> !name.endsWith(".tmp"));
	}

	@Test
	void deletedFileIsCreatedAgain() throws Exception {
		AtomicDocument<Settings> document = open();
		Files.delete(this.file);
		assertThat(document.update((old) -> old.plus(1))).isEqualTo(new Settings(2, "a"));
		assertThat(this.file).hasContent("count: 2\nname: a\n");
		assertThat(document.status()).isEqualTo(DocumentStatus.VALID);
	}

	@Test
	void nestedUpdateIsRefused() {
		AtomicDocument<Settings> document = open();
		assertThatIllegalStateException().isThrownBy(() -> document.update((old) -> {
			document.update((other) -> other.plus(1));
			return old;
		})).withMessageContaining("within a change of the same document").withMessageContaining("config.yaml");
		assertThatIllegalStateException().isThrownBy(() -> document.update((old) -> {
			document.updateAsync((other) -> other.plus(1));
			return old;
		}));
		assertThat(document.current().count()).isEqualTo(1);
		assertThat(document.update((old) -> old.plus(1)).count()).isEqualTo(2);
	}

	@Test
	void functionThatModifiesTheOldValueIsFoundOut() throws Exception {
		Path list = this.directory.resolve("list.json");
		Files.writeString(list, "{\"items\": [\"a\"]}");
		AtomicDocument<Items> document = this.template.document(list, DocumentOptions.of(Items.class).build());
		assertThatIllegalStateException().isThrownBy(() -> document.update((old) -> {
			old.items().add("b");
			return old;
		}));
		assertThat(document.current().items()).containsExactly("a");
		assertThat(list).hasContent("{\"items\": [\"a\"]}");
		assertThatIllegalStateException().isThrownBy(() -> document.preview((old) -> {
			old.items().add("b");
			return old;
		}));
		assertThat(document.current().items()).containsExactly("a");
		document.update((old) -> new Items(new ArrayList<>(List.of("a", "c"))));
		assertThat(document.current().items()).containsExactly("a", "c");
	}

	@Test
	void changesThatWaitAreCarriedByOneWrite() throws Exception {
		AtomicDocument<Settings> document = open();
		List<CompletableFuture<Settings>> results = new ArrayList<>();
		LockLease other = this.locks.acquire(this.file, LockRequest.failFast());
		for (int i = 0; i < 10; i++) {
			results.add(document.updateAsync((old) -> old.plus(1)).toCompletableFuture());
			// the one that leads waits for the lease by then, and has taken nothing
			awaitWaiting();
		}
		other.close();
		document.flush();
		assertThat(results.stream().map((result) -> result.join().count())).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10,
				11);
		assertThat(this.writes.counts).containsExactly(10);
		assertThat(this.file).hasContent("# kept\ncount: 11\nname: a\n");
	}

	@Test
	void whatFollowsAChangeMayChangeTheDocument() throws Exception {
		AtomicDocument<Settings> document = open();
		CompletableFuture<Settings> second = document.updateAsync((old) -> old.plus(1))
			.thenApply((first) -> document.update((old) -> old.plus(10)))
			.toCompletableFuture();
		assertThat(second.get(10, TimeUnit.SECONDS).count()).isEqualTo(12);
	}

	@Test
	void executorThatRunsInTheCallingThreadHoldsNobodyUp() throws Exception {
		AtomicDocument<Settings> document = this.template.document(this.file,
				options().executor(Runnable::run).build());
		LockLease other = this.locks.acquire(this.file, LockRequest.failFast());
		CompletableFuture<Settings> leader = CompletableFuture
			.supplyAsync(() -> document.updateAsync((old) -> old.plus(1)).toCompletableFuture().join());
		awaitWaiting();
		CompletableFuture<Settings> follower = document.updateAsync((old) -> old.plus(1)).toCompletableFuture();
		other.close();
		assertThat(leader.get(10, TimeUnit.SECONDS).count()).isEqualTo(2);
		assertThat(follower.get(10, TimeUnit.SECONDS).count()).isEqualTo(3);
	}

	@Test
	void changeThatFailsFailsItsCallerAlone() throws Exception {
		AtomicDocument<Settings> document = this.template.document(this.file,
				options().validate("count", (value) -> value.count() < 100, "must be below 100").build());
		LockLease other = this.locks.acquire(this.file, LockRequest.failFast());
		CompletableFuture<Settings> first = document.updateAsync((old) -> old.plus(1)).toCompletableFuture();
		CompletableFuture<Settings> throwing = document.updateAsync((old) -> {
			throw new IllegalArgumentException("of the application");
		}).toCompletableFuture();
		CompletableFuture<Settings> invalid = document.updateAsync((old) -> old.plus(1000)).toCompletableFuture();
		CompletableFuture<Settings> last = document.updateAsync((old) -> old.plus(1)).toCompletableFuture();
		other.close();
		document.flush();
		assertThat(first.get().count()).isEqualTo(2);
		assertThat(last.get().count()).isEqualTo(3);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(throwing::get)
			.withCauseInstanceOf(IllegalArgumentException.class);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(invalid::get)
			.withCauseInstanceOf(InvalidDocumentException.class);
		assertThat(this.file).hasContent("# kept\ncount: 3\nname: a\n");
		assertThat(this.writes.counts).containsExactly(2);
	}

	@Test
	void callersWithoutThreadsOfTheDocumentLoseNothing() throws Exception {
		AtomicDocument<Settings> document = open();
		int threads = 8;
		int each = 25;
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Thread caller = new Thread(() -> {
				for (int k = 0; k < each; k++) {
					document.update((old) -> old.plus(1));
				}
			});
			caller.start();
			callers.add(caller);
		}
		for (Thread caller : callers) {
			caller.join();
		}
		assertThat(document.current().count()).isEqualTo(1 + threads * each);
		assertThat(this.file).hasContent("# kept\ncount: " + (1 + threads * each) + "\nname: a\n");
		assertThat(this.writes.counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(threads * each);
	}

	@Test
	void leaseThatIsNotHadInTimeFailsEachCaller() {
		AtomicFileTemplate hasty = AtomicFileTemplate.builder()
			.locks(this.locks)
			.defaults(WriteOptions.engineDefaults()
				.with((changes) -> changes.lock(LockRequest.waitUpTo(Duration.ofMillis(100)))))
			.build();
		AtomicDocument<Settings> document = hasty.document(this.file, options().build());
		LockLease other = this.locks.acquire(this.file, LockRequest.failFast());
		CompletableFuture<Settings> first = document.updateAsync((old) -> old.plus(1)).toCompletableFuture();
		CompletableFuture<Settings> second = document.updateAsync((old) -> old.plus(1)).toCompletableFuture();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(first::get)
			.withCauseInstanceOf(LockNotAcquiredException.class);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(second::get)
			.withCauseInstanceOf(LockNotAcquiredException.class);
		other.close();
		assertThat(document.update((old) -> old.plus(1)).count()).isEqualTo(2);
		hasty.close();
	}

	@Test
	void interruptEndsTheWaitOfItsCallerAlone() throws Exception {
		AtomicDocument<Settings> document = open();
		LockLease other = this.locks.acquire(this.file, LockRequest.failFast());
		CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
		Thread leader = new Thread(
				() -> interrupted.complete(catchThrowable(() -> document.update((old) -> old.plus(100)))));
		leader.start();
		awaitWaiting();
		CompletableFuture<Settings> follower = CompletableFuture
			.supplyAsync(() -> document.update((old) -> old.plus(1)));
		leader.interrupt();
		assertThat(interrupted.get(10, TimeUnit.SECONDS)).isInstanceOf(LockNotAcquiredException.class);
		other.close();
		assertThat(follower.get(10, TimeUnit.SECONDS).count()).isEqualTo(2);
	}

	@Test
	void whatMayNotBeDurableIsWrittenAgainAlsoIfNothingChanges() {
		FaultyFileOps faulty = new FaultyFileOps(FileOps.system());
		try (AtomicFileTemplate failing = AtomicFileTemplate.builder()
			.files(faulty)
			.documentListeners(() -> List.of(this.writes))
			.build()) {
			AtomicDocument<Settings> document = failing.document(this.file, options().build());
			faulty.fail((call) -> call.op() == FileCall.Op.SYNC_DIRECTORY, 1, "Input/output error");
			assertThatExceptionOfType(DurabilityUnknownException.class)
				.isThrownBy(() -> document.update((old) -> old.named("b")));
			faulty.heal();
			assertThat(document.current().name()).isEqualTo("b");
			assertThat(this.writes.counts).isEmpty();
			document.update((old) -> old.named("b"));
			assertThat(this.writes.counts).containsExactly(1);
			document.update((old) -> old.named("b"));
			assertThat(this.writes.counts).containsExactly(1);
		}
	}

	private void awaitWaiting() {
		while (this.locks.waiting().isEmpty()) {
			Thread.onSpinWait();
		}
	}

	@Test
	void replaceNeedsTheVersion() throws Exception {
		AtomicDocument<Settings> document = open();
		Version version = document.snapshot().version();
		Snapshot<Settings> replaced = document.replace(new Settings(50, "b"), version);
		assertThat(replaced.value()).isEqualTo(new Settings(50, "b"));
		assertThat(replaced.version()).isEqualTo(Version.of(Files.readAllBytes(this.file)));
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> document.replace(new Settings(51, "b"), version));
		assertThat(document.current().count()).isEqualTo(50);
	}

	@Test
	void replaceOfAMissingFileNeedsTheVersionOfNone() throws Exception {
		Files.delete(this.file);
		AtomicDocument<Settings> document = this.template.document(this.file,
				options().defaults(() -> Settings.DEFAULTS).build());
		assertThat(document.snapshot().version()).isEqualTo(Version.none());
		document.replace(new Settings(1, "new"), Version.none());
		assertThat(this.file).exists();
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> document.replace(new Settings(2, "new"), Version.none()))
			.withMessageContaining("expected no file");
	}

	@Test
	void previewWritesNothing() throws Exception {
		AtomicDocument<Settings> document = open();
		Change<Settings> change = document.preview((old) -> old.plus(1));
		assertThat(change.after()).isEqualTo(new Settings(2, "a"));
		assertThat(change.diff()).hasSize(1);
		assertThat(document.current().count()).isEqualTo(1);
		assertThat(this.file).hasContent("# kept\ncount: 1\nname: a\n");
	}

	@Test
	void restoreMakesAGenerationTheContentAgain() throws Exception {
		AtomicFileTemplate keeping = AtomicFileTemplate.builder()
			.defaults(WriteOptions.engineDefaults().with((changes) -> changes.backup(BackupPolicy.single())))
			.build();
		AtomicDocument<Settings> document = keeping.document(this.file, options().build());
		document.update((old) -> old.plus(1));
		Snapshot<Settings> restored = document.restore(keeping.generations(this.file).get(0));
		assertThat(restored.value().count()).isEqualTo(1);
		assertThat(this.file).hasContent("# kept\ncount: 1\nname: a\n");
		keeping.close();
	}

	@Test
	void documentIsOneForAFile() throws Exception {
		DocumentOptions<Settings> options = options().build();
		AtomicDocument<Settings> document = this.template.document(this.file, options);
		assertThat(this.template.document(this.file, options)).isSameAs(document);
		Files.createSymbolicLink(this.directory.resolve("link.yaml"), this.file);
		assertThat(this.template.document(this.directory.resolve("link.yaml"), options)).isSameAs(document);
		assertThatIllegalStateException().isThrownBy(() -> this.template.document(this.file, Items.class))
			.withMessageContaining("other options");
		document.close();
		assertThat(this.template.document(this.file, options)).isNotSameAs(document);
	}

	@Test
	void equalOptionsGiveTheSameDocument() {
		assertThat(this.template.document(this.file, Settings.class))
			.isSameAs(this.template.document(this.file, Settings.class));
	}

	@Test
	void closeFinishesWhatIsQueued() throws Exception {
		AtomicDocument<Settings> document = open();
		LockLease other = this.locks.acquire(this.file, LockRequest.failFast());
		CompletableFuture<Settings> queued = document.updateAsync((old) -> old.plus(1)).toCompletableFuture();
		CompletableFuture<Void> closing = CompletableFuture.runAsync(document::close);
		other.close();
		closing.get(10, TimeUnit.SECONDS);
		assertThat(queued.get().count()).isEqualTo(2);
		assertThat(document.status()).isEqualTo(DocumentStatus.CLOSED);
		assertThat(document.current().count()).isEqualTo(2);
		assertThatIllegalStateException().isThrownBy(() -> document.update((old) -> old.plus(1)))
			.withMessageContaining("closed");
	}

	@Test
	void closingTheTemplateClosesItsDocuments() {
		AtomicDocument<Settings> document = open();
		this.template.close();
		assertThat(document.status()).isEqualTo(DocumentStatus.CLOSED);
		assertThatIllegalStateException().isThrownBy(this::open).withMessageContaining("closed");
	}

	@Test
	void readOnlyDocumentRefusesChanges() throws Exception {
		AtomicDocument<Settings> document = this.template.document(this.file, options().readOnly(true).build());
		assertThat(document.status()).isEqualTo(DocumentStatus.READ_ONLY);
		assertThatIllegalStateException().isThrownBy(() -> document.update((old) -> old.plus(1)))
			.withMessageContaining("read-only");
		assertThat(this.file).hasContent("# kept\ncount: 1\nname: a\n");
	}

	@Test
	void newerSchemaIsNotWritten() throws Exception {
		Files.writeString(this.file, "schema: 3\ncount: 1\nname: a\n");
		AtomicDocument<Settings> document = this.template.document(this.file, options().schema(2).build());
		assertThat(document.status()).isEqualTo(DocumentStatus.TOO_NEW);
		assertThat(document.current()).isEqualTo(new Settings(1, "a"));
		assertThatExceptionOfType(FormatException.class).isThrownBy(() -> document.update((old) -> old.plus(1)));
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> document.replace(Settings.DEFAULTS, document.snapshot().version()));
		assertThat(this.file).hasContent("schema: 3\ncount: 1\nname: a\n");
	}

	@Test
	void firstUpdateCreatesFileAndDirectory() throws Exception {
		Path deep = this.directory.resolve("a/b/config.yaml");
		AtomicDocument<Settings> document = this.template.document(deep,
				options().defaults(Settings.DEFAULTS).writeDefaults(true).build());
		assertThat(document.status()).isEqualTo(DocumentStatus.DEFAULTED);
		document.update((old) -> old);
		assertThat(document.status()).isEqualTo(DocumentStatus.VALID);
		assertThat(deep).hasContent("count: 7\nname: default\n");
	}

	/** A value that can be modified. */
	record Items(List<String> items) {
	}

	/** How many changes each write carried. */
	private static final class Writes implements DocumentListener {

		private final List<Integer> counts = new CopyOnWriteArrayList<>();

		@Override
		public void updated(Path file, int changes, Duration took) {
			this.counts.add(changes);
		}

	}

}
