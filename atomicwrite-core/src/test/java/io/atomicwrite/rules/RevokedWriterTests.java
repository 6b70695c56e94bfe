package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.atomicwrite.LockLostException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.manifest.Stamp;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.MemoryLockStore;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever call of a write finds that its staging file was revoked, the write reports a
 * lost lock, and nothing else.
 */
@Enumerates
class RevokedWriterTests {

	private static final List<Change> CHANGES = List.of(Change.WRITE, Change.CREATE, Change.APPEND, Change.UPDATE,
			Change.RESTORE, Change.STAGED);

	private final MemoryLockStore store = new MemoryLockStore().alwaysContended();

	@TempDir
	private Path temporary;

	private int runs;

	private static Map<String, WriteOptions> options(Path elsewhere) {
		WriteOptions.Builder plain = WriteOptions.engineDefaults().toBuilder();
		ChecksumPolicy sidecar = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);
		return Map.of("plain", plain.build(), "sidecar and backup",
				plain.checksum(sidecar).backup(BackupPolicy.single()).build(), "generations",
				plain.checksum(sidecar).backup(BackupPolicy.generations()).build(), "copied backup elsewhere",
				plain.checksum(sidecar)
					.backup(BackupPolicy.single().toBuilder().directory(elsewhere).mode(0600).build())
					.build(),
				"attribute, all required",
				WriteOptions.engineDefaults()
					.toBuilder()
					.checksum(ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256))
					.mode(ModePolicy.exactly(0640))
					.owner(MetadataPolicy.REQUIRE)
					.attributes(MetadataPolicy.REQUIRE)
					.reportLosses(true)
					.verify(true)
					.build(),
				"manifest", WriteOptions.engineDefaults().toBuilder().stamp(Stamp.ofRun("42")).build());
	}

	@ParameterizedTest
	@EnumSource(Loss.class)
	void everyCallThatMeetsARevokedFileIsALostLock(Loss loss) throws Exception {
		Set<WritePhase> noticed = EnumSet.noneOf(WritePhase.class);
		for (String name : options(this.temporary).keySet()) {
			for (Change change : name.equals("plain") ? CHANGES : List.of(Change.CREATE, Change.UPDATE)) {
				boolean ran = true;
				for (int moment = 1; ran; moment++) {
					String what = change + ", " + name + ", " + loss + ", before call " + moment;
					Run run = new Run(loss, moment);
					@Nullable LockLostException failure = run.write(change, name, what);
					ran = run.files.ran;
					if (failure != null) {
						noticed.add(Objects.requireNonNull(failure.phase()));
					}
				}
			}
		}
		assertThat(noticed).containsExactlyElementsOf(loss.noticedIn());
	}

	/** What has become of the lock when the files are gone. */
	enum Loss {

		/** The store has not noticed yet. */
		REVOKED,

		/** Another has the lock. */
		EXPIRED,

		/** The store has not noticed yet, and the filesystem is a network one. */
		STALE;

		/** Where a deleted file can still be written to, nobody notices that in these. */
		Set<WritePhase> noticedIn() {
			Set<WritePhase> all = EnumSet.range(WritePhase.STAGE, WritePhase.COMMIT);
			if (this != STALE) {
				all.remove(WritePhase.STAGE);
			}
			return all;
		}

		FileOps filesystem() {
			return (this == STALE) ? new PretendedMount(new UnsyncedFileOps(), "nfs4") : new UnsyncedFileOps();
		}

	}

	/** One write, whose staging files are deleted before one of its calls. */
	private final class Run {

		private final Path directory;

		private final Path elsewhere;

		private final Path target;

		private final Revoking files;

		Run(Loss loss, int moment) throws IOException {
			Path root = Files
				.createDirectory(RevokedWriterTests.this.temporary.resolve("run" + RevokedWriterTests.this.runs++))
				.toRealPath();
			this.directory = Files.createDirectory(root.resolve("data"));
			this.elsewhere = Files.createDirectory(root.resolve("elsewhere"));
			this.target = this.directory.resolve(Change.TARGET);
			this.files = new Revoking(loss, moment);
		}

		@Nullable LockLostException write(Change change, String name, String what) throws IOException {
			change.prepare(this.directory);
			if (!change.needsFreeName()) {
				Files.writeString(this.target, Change.OLD);
				Files.setAttribute(this.target, "user:colour", "green".getBytes());
			}
			@Nullable LockLostException lost = null;
			try (LockRegistry locks = LockRegistry.clusterBuilder(RevokedWriterTests.this.store)
				.hostLock(false)
				.keys((path) -> Optional.of(path.toString()))
				.files(this.files)
				.build();
					AtomicFileTemplate template = AtomicFileTemplate.builder()
						.files(this.files)
						.locks(locks)
						.defaults(Objects.requireNonNull(options(this.elsewhere).get(name)))
						.build()) {
				this.files.begin(this, locks);
				change.run(template, this.target, this.directory);
			}
			catch (LockLostException ex) {
				lost = ex;
			}
			catch (RuntimeException ex) {
				throw new AssertionError(what, ex);
			}
			check(change, lost, what);
			return lost;
		}

		private void check(Change change, @Nullable LockLostException lost, String what) throws IOException {
			String old = change.needsFreeName() ? null : Change.OLD;
			if (lost != null) {
				assertThat(lost.outcome()).as(what)
					.isEqualTo(isUnknown(change, lost) ? WriteOutcome.INDETERMINATE : WriteOutcome.NOT_COMMITTED);
				assertThat(content()).as(what).isEqualTo(old);
			}
			else {
				assertThat(this.files.revoked).as(what + ": acknowledged").isEmpty();
				assertThat(content()).as(what).isEqualTo(change.result(old));
			}
			assertThat(stagingFiles()).as(what).isEmpty();
		}

		/** A missing target has no identity that decides. */
		private boolean isUnknown(Change change, LockLostException lost) {
			return this.files.loss == Loss.STALE && change.needsFreeName() && lost.phase() == WritePhase.COMMIT
					&& lost.reason() == LockLostException.Reason.REVOKED;
		}

		private @Nullable String content() throws IOException {
			return Files.exists(this.target) ? Files.readString(this.target) : null;
		}

		List<Path> stagingFiles() throws IOException {
			List<Path> found = new ArrayList<>();
			for (Path place : List.of(this.directory, this.elsewhere)) {
				try (Stream<Path> names = Files.list(place)) {
					names.filter((path) -> path.toString().endsWith(".tmp")).forEach(found::add);
				}
			}
			return found;
		}

	}

	/** Deletes all staging files before one call. */
	private final class Revoking extends InterceptingFileOps {

		private final Loss loss;

		private int left;

		private boolean ran;

		private @Nullable Run run;

		private @Nullable LockRegistry locks;

		/** Those of the write itself, rather than of the revocation before it. */
		private List<Path> revoked = List.of();

		Revoking(Loss loss, int moment) {
			super(loss.filesystem());
			this.loss = loss;
			this.left = moment;
		}

		void begin(Run of, LockRegistry registry) {
			this.run = of;
			this.locks = registry;
		}

		@Override
		protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
			if (this.run != null && this.left > 0 && --this.left == 0) {
				this.ran = true;
				revoke(this.run);
			}
			if (this.loss == Loss.STALE && call.op() != Op.KIND && call.op() != Op.STAT && call.op() != Op.CLOSE
					&& this.revoked.contains(call.path())) {
				throw new FileSystemException(null, null, "Stale file handle");
			}
			return action.run();
		}

		private void revoke(Run of) throws IOException {
			List<Path> found = of.stagingFiles();
			boolean held = this.locks != null && !this.locks.held().isEmpty();
			boolean committed = of.content() != null && !Change.OLD.equals(of.content());
			if (held && !committed) {
				this.revoked = found;
			}
			for (Path file : found) {
				Files.delete(file);
			}
			if (this.loss == Loss.EXPIRED && !found.isEmpty()) {
				RevokedWriterTests.this.store.expire();
			}
		}

	}

}
