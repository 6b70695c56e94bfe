package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.SymlinkPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Pairwise;
import io.atomicwrite.test.Pairwise.Case;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.Snapshot;
import io.atomicwrite.test.UnsyncedFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each option of a write with each other, with each way to write and each state of the
 * target, against a plain model of what there is afterwards.
 */
class WritePairwiseTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	private static final String STAMP = ".20200102-030405.backup";

	private static final int MODE = 0604;

	private static final int EXACT = 0751;

	private static final int BACKUP_MODE = 0640;

	@TempDir
	private Path temporary;

	private Path directory;

	/** What is named, and what is written. */
	private Path named;

	private Path target;

	@BeforeEach
	void paths() throws IOException {
		this.directory = this.temporary.toRealPath();
	}

	/** The options that have an effect where a write is not refused. */
	private static Pairwise effects() {
		return new Pairwise().with("change", Change.WRITE, Change.STREAM, Change.CALLBACK, Change.STAGED, Change.VALUE)
			.with("lock", LockRequest.none(), LockRequest.failFast(), LockRequest.waitUpTo(Duration.ofSeconds(5)))
			.with(ChecksumPolicy.Mode.class)
			.with("algorithm", ChecksumAlgorithm.SHA_256, ChecksumAlgorithm.SHA_384, ChecksumAlgorithm.of("SHA3-256"))
			.with("former", null, Witness.SHA_256, Witness.SHA_512)
			.with("backup", BackupPolicy.none(), BackupPolicy.single(), BackupPolicy.generations(),
					BackupPolicy.generations().with((backup) -> backup.keep(1)),
					BackupPolicy.single().with((backup) -> backup.directory(Path.of("old"))),
					BackupPolicy.generations().with((backup) -> backup.keep(2).mode(BACKUP_MODE)))
			.withFlag("earlier backup")
			.with("mode", ModePolicy.preserve(), ModePolicy.umask(), ModePolicy.exactly(EXACT))
			.with("owner", (Object[]) MetadataPolicy.values())
			.with("attributes", (Object[]) MetadataPolicy.values())
			.withFlag("digest");
	}

	static Stream<Case> cases() {
		Pairwise refusals = effects().with(State.class)
			.withFlag("overwrite")
			.with(SymlinkPolicy.class)
			.with(SafetyPolicy.class)
			.with("filesystem", "ext4", "tmpfs", "jfs")
			.withFlag("create directories")
			.with("version", null, Change.OLD, "8");
		Pairwise writes = effects().with("ground", (Object[]) Ground.values())
			.with("target", (Object[]) Place.values());
		return Stream.concat(refusals.cases(1).stream(),
				Stream.of(2L, 3L).flatMap((seed) -> writes.cases(seed).stream()).map(WritePairwiseTests::whole));
	}

	/** What is refused would hide what the other options do: these values allow it. */
	private static Case whole(Case part) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>(part.values());
		values.putAll(part.get("ground", Ground.class).values);
		values.putAll(part.get("target", Place.class).values);
		Case whole = new Case(values);
		assertThat(refusal(whole)).isNull();
		return whole;
	}

	@ParameterizedTest
	@MethodSource("cases")
	void whatIsThereIsWhatTheModelSays(Case given) throws IOException {
		arrange(given);
		WriteOptions options = options(given);
		Map<String, String> before = Snapshot.of(this.directory);
		Class<? extends AtomicWriteException> refusal = refusal(given);
		FileOps files = new PretendedMount(FILES, given.get("filesystem", String.class));
		Change change = given.get("change", Change.class);
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate template = AtomicFileTemplate.builder()
					.files(files)
					.locks(locks)
					.defaults(options)
					.build()) {
			if (refusal != null) {
				assertThatExceptionOfType(AtomicWriteException.class)
					.isThrownBy(() -> change.run(template, this.named, this.directory))
					.isExactlyInstanceOf(refusal)
					.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
				assertThat(Snapshot.of(this.directory)).isEqualTo(before);
				return;
			}
			WriteResult result = change.run(template, this.named, this.directory);
			assertThat(result).isNotNull();
			checkTarget(given);
			checkCompanions(given, result);
			checkResult(given, result);
			if (given.get(ChecksumPolicy.Mode.class) != ChecksumPolicy.Mode.NONE) {
				template.verify(this.target);
			}
		}
		checkNames(given, before.keySet());
	}

	private void arrange(Case given) throws IOException {
		State state = given.get(State.class);
		this.named = this.directory.resolve((state == State.DEEP) ? "a/b/f.json" : "f.json");
		this.target = this.named;
		if (state.isLink()) {
			Path end = Files.createDirectory(this.directory.resolve("d")).resolve("end.json");
			Files.createSymbolicLink(this.named, Path.of("d/end.json"));
			if (given.get(SymlinkPolicy.class) == SymlinkPolicy.FOLLOW) {
				this.target = end;
			}
			if (state == State.LINK) {
				create(end);
			}
		}
		else if (state == State.FILE) {
			create(this.target);
		}
		Witness former = given.find("former", Witness.class);
		if (former != null && holdsOld(given)) {
			former.attest(this.target, Change.OLD);
		}
		if (given.is("earlier backup") && state != State.DEEP) {
			Path backups = backups(given);
			Files.createDirectories(backups);
			Files.writeString(backups.resolve(this.target.getFileName() + STAMP), "5");
		}
	}

	private static void create(Path file) throws IOException {
		Files.writeString(file, Change.OLD);
		Files.setAttribute(file, "unix:mode", MODE);
		Files.setAttribute(file, "user:colour", "green".getBytes());
	}

	private Path backups(Case given) {
		Path within = given.get("backup", BackupPolicy.class).directory();
		return (within != null) ? this.target.resolveSibling(within) : this.target.getParent();
	}

	private static WriteOptions options(Case given) {
		String version = given.find("version", String.class);
		return WriteOptions.engineDefaults()
			.toBuilder()
			.overwrite(given.is("overwrite"))
			.lock(given.get("lock", LockRequest.class))
			.checksum(ChecksumPolicy.of(given.get(ChecksumPolicy.Mode.class),
					given.get("algorithm", ChecksumAlgorithm.class)))
			.backup(given.get("backup", BackupPolicy.class))
			.mode(given.get("mode", ModePolicy.class))
			.owner(given.get("owner", MetadataPolicy.class))
			.attributes(given.get("attributes", MetadataPolicy.class))
			.symlinks(given.get(SymlinkPolicy.class))
			.safety(given.get(SafetyPolicy.class))
			.createDirectories(given.is("create directories"))
			.reportVersion(given.is("digest"))
			.expectedVersion((version != null) ? Version.of(version.getBytes()) : null)
			.build();
	}

	/** What refuses the write, the first thing first. */
	private static @Nullable Class<? extends AtomicWriteException> refusal(Case given) {
		State state = given.get(State.class);
		if (state == State.DEEP && !given.is("create directories")
				|| state.isLink() && given.get(SymlinkPolicy.class) == SymlinkPolicy.REJECT) {
			return TargetRejectedException.class;
		}
		if (given.get("filesystem", String.class).equals("jfs")
				&& given.get(SafetyPolicy.class) == SafetyPolicy.STRICT) {
			return UnsupportedEnvironmentException.class;
		}
		boolean replacesLink = state.isLink() && given.get(SymlinkPolicy.class) == SymlinkPolicy.REPLACE;
		boolean exists = holdsOld(given) || replacesLink;
		if (exists && !given.is("overwrite")) {
			return TargetExistsException.class;
		}
		String version = given.find("version", String.class);
		boolean readable = holdsOld(given) || replacesLink && state == State.LINK;
		if (version != null && !(readable && version.equals(Change.OLD))) {
			// of a link that leads nowhere no version is known
			return (replacesLink && !readable) ? io.atomicwrite.WriteFailedException.class
					: VersionConflictException.class;
		}
		return null;
	}

	/** Whether the file that is written is there before. */
	private static boolean holdsOld(Case given) {
		State state = given.get(State.class);
		return state == State.FILE || state == State.LINK && given.get(SymlinkPolicy.class) == SymlinkPolicy.FOLLOW;
	}

	private void checkTarget(Case given) throws IOException {
		assertThat(this.target).hasContent("42");
		assertThat(Files.isSymbolicLink(this.target)).isFalse();
		State state = given.get(State.class);
		if (state.isLink()) {
			boolean followed = given.get(SymlinkPolicy.class) == SymlinkPolicy.FOLLOW;
			assertThat(Files.isSymbolicLink(this.named)).isEqualTo(followed);
			if (!followed && state == State.LINK) {
				assertThat(this.directory.resolve("d/end.json")).hasContent(Change.OLD);
			}
		}
		ModePolicy mode = given.get("mode", ModePolicy.class);
		int expected = mode.equals(ModePolicy.exactly(EXACT)) ? EXACT
				: (mode.equals(ModePolicy.preserve()) && holdsOld(given)) ? MODE : plainMode();
		assertThat(mode(this.target)).isEqualTo(expected);
		boolean kept = holdsOld(given) && given.get("attributes", MetadataPolicy.class) != MetadataPolicy.IGNORE;
		Map<String, byte[]> attributes = FILES.userAttributes(this.target);
		assertThat(attributes.containsKey("colour")).isEqualTo(kept);
		boolean attested = given.get(ChecksumPolicy.Mode.class) == ChecksumPolicy.Mode.ATTRIBUTE;
		assertThat(attributes).hasSize((kept ? 1 : 0) + (attested ? 1 : 0));
		if (attested) {
			ChecksumAlgorithm algorithm = given.get("algorithm", ChecksumAlgorithm.class);
			assertThat(attributes.get("atomicwrite." + algorithm.suffix())).asString().isEqualTo(hex(algorithm));
		}
	}

	private int plainMode() throws IOException {
		Path plain = Files.createFile(this.directory.resolve("plain"));
		try {
			return mode(plain);
		}
		finally {
			Files.delete(plain);
		}
	}

	private void checkCompanions(Case given, WriteResult result) throws IOException {
		ChecksumAlgorithm algorithm = given.get("algorithm", ChecksumAlgorithm.class);
		ChecksumPolicy.Mode mode = given.get(ChecksumPolicy.Mode.class);
		if (mode == ChecksumPolicy.Mode.SIDECAR) {
			assertThat(this.target.resolveSibling(this.target.getFileName() + "." + algorithm.suffix())).content()
				.startsWith(hex(algorithm) + "  " + this.target.getFileName() + "\n");
		}
		Witness former = given.find("former", Witness.class);
		if (former != null && holdsOld(given) && isKeptTrue(former, mode, algorithm)) {
			assertThat(former.attests(this.target, "42")).isTrue();
			// a crash just before the commit would leave the content before
			assertThat(former.attests(this.target, Change.OLD)).isTrue();
		}
		Path backup = result.backup().orElse(null);
		BackupPolicy policy = given.get("backup", BackupPolicy.class);
		assertThat(backup != null).isEqualTo(policy.enabled() && holdsOld(given));
		if (backup != null) {
			assertThat(backup).hasParent(backups(given)).hasContent(Change.OLD);
			Integer own = policy.mode();
			assertThat(mode(backup)).isEqualTo((own != null) ? own : MODE);
			assertThat(backup.getFileName().toString().equals(this.target.getFileName() + ".backup"))
				.isEqualTo(!policy.timestamped());
		}
	}

	/** Who asks for none has one kept true, and that by the algorithm that is named. */
	private static boolean isKeptTrue(Witness former, ChecksumPolicy.Mode mode, ChecksumAlgorithm algorithm) {
		return mode != ChecksumPolicy.Mode.NONE || former.name().equals(algorithm.name().replace('-', '_'));
	}

	private void checkResult(Case given, WriteResult result) {
		boolean tmpfs = given.get("filesystem", String.class).equals("tmpfs");
		assertThat(result.target()).isEqualTo(this.target);
		assertThat(result.size()).isEqualTo(2);
		assertThat(result.outcome()).isEqualTo(tmpfs ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.DURABLE);
		boolean digested = given.is("digest") || given.values().get("version") != null
				|| given.get("change", Change.class) == Change.VALUE;
		if (digested) {
			assertThat(result.version()).contains(Version.of("42".getBytes()));
		}
		ChecksumAlgorithm algorithm = given.get("algorithm", ChecksumAlgorithm.class);
		boolean attested = given.get(ChecksumPolicy.Mode.class) != ChecksumPolicy.Mode.NONE;
		assertThat(result.checksum().orElse(null)).isEqualTo(attested ? Checksum.of(algorithm, "42".getBytes()) : null);
		boolean warned = (tmpfs) ? given.get(SafetyPolicy.class) != SafetyPolicy.BEST_EFFORT
				: given.get("filesystem", String.class).equals("jfs")
						&& given.get(SafetyPolicy.class) == SafetyPolicy.WARN;
		assertThat(result.warnings()).hasSize(warned ? 1 : 0);
		boolean locked = given.get("lock", LockRequest.class).equals(LockRequest.none());
		assertThat(result.granted().containsKey(Guarantee.WRITER_EXCLUSION)).isEqualTo(!locked);
		assertThat(result.granted().containsKey(Guarantee.INTEGRITY_DETECTION)).isEqualTo(attested);
		assertThat(result.metadata().complete()).as(result.metadata().toString()).isTrue();
	}

	/** Nothing is there but what has to be, and what was. */
	private void checkNames(Case given, Set<String> before) {
		Set<String> expected = new TreeSet<>(before);
		String name = this.directory.relativize(this.target).toString();
		expected.add(name);
		for (Path above = this.directory.relativize(this.target).getParent(); above != null; above = above
			.getParent()) {
			expected.add(above.toString());
		}
		ChecksumPolicy.Mode mode = given.get(ChecksumPolicy.Mode.class);
		ChecksumAlgorithm algorithm = given.get("algorithm", ChecksumAlgorithm.class);
		if (mode == ChecksumPolicy.Mode.SIDECAR) {
			expected.add(name + "." + algorithm.suffix());
		}
		Set<String> found = new TreeSet<>(DirectoryContent.of(this.directory));
		BackupPolicy policy = given.get("backup", BackupPolicy.class);
		if (policy.enabled() && holdsOld(given)) {
			Path backups = this.directory.relativize(backups(given));
			String start = backups.resolve(this.target.getFileName()).toString();
			if (policy.directory() != null) {
				expected.add(backups.toString());
			}
			// its name has the time in it, and its sidecars are those that were asked for
			found.removeIf((one) -> one.startsWith(start + ".") && !one.startsWith(start + STAMP)
					&& one.matches(".*\\.backup(\\.sha\\S*)?") && isOfThisYear(one, policy));
			if (policy.timestamped() && Integer.valueOf(1).equals(policy.keep())) {
				expected.remove(start + STAMP);
			}
		}
		assertThat(found).isEqualTo(expected);
	}

	private static boolean isOfThisYear(String name, BackupPolicy policy) {
		return !policy.timestamped() || name.contains("." + Instant.now().toString().substring(0, 4));
	}

	private static String hex(ChecksumAlgorithm algorithm) {
		return Checksum.of(algorithm, "42".getBytes()).hex();
	}

	private static int mode(Path file) throws IOException {
		return (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
	}

	/**
	 * What is at the target.
	 */
	enum State {

		/** Nothing. */
		MISSING,

		/** Not even its directory. */
		DEEP,

		/** A file. */
		FILE,

		/** A link to a file. */
		LINK,

		/** A link to where no file is. */
		DANGLING;

		boolean isLink() {
			return this == LINK || this == DANGLING;
		}

	}

	/**
	 * A filesystem with a safety policy that accepts it.
	 */
	enum Ground {

		STRICT("ext4", SafetyPolicy.STRICT), CAREFUL("ext4", SafetyPolicy.WARN), WARNED("tmpfs", SafetyPolicy.WARN),
		ACCEPTED("tmpfs", SafetyPolicy.BEST_EFFORT), IN_MEMORY("tmpfs", SafetyPolicy.STRICT),
		LOSSY("jfs", SafetyPolicy.WARN), LOST("jfs", SafetyPolicy.BEST_EFFORT);

		private final Map<String, Object> values;

		Ground(String filesystem, SafetyPolicy safety) {
			this.values = Map.of("filesystem", filesystem, "SafetyPolicy", safety);
		}

	}

	/**
	 * A state of the target with options that allow to write it.
	 */
	enum Place {

		NEW(State.MISSING, true, SymlinkPolicy.FOLLOW, null),
		ONLY_NEW(State.MISSING, false, SymlinkPolicy.REJECT, null), DEEP(State.DEEP, true, SymlinkPolicy.REPLACE, null),
		ONLY_DEEP(State.DEEP, false, SymlinkPolicy.FOLLOW, null), OLD(State.FILE, true, SymlinkPolicy.FOLLOW, null),
		OLD_NO_LINK(State.FILE, true, SymlinkPolicy.REJECT, null),
		OLD_OF_VERSION(State.FILE, true, SymlinkPolicy.REPLACE, Change.OLD),
		FOLLOWED(State.LINK, true, SymlinkPolicy.FOLLOW, null),
		FOLLOWED_OF_VERSION(State.LINK, true, SymlinkPolicy.FOLLOW, Change.OLD),
		REPLACED(State.LINK, true, SymlinkPolicy.REPLACE, null),
		REPLACED_OF_VERSION(State.LINK, true, SymlinkPolicy.REPLACE, Change.OLD),
		DANGLING(State.DANGLING, false, SymlinkPolicy.FOLLOW, null),
		DANGLING_REPLACED(State.DANGLING, true, SymlinkPolicy.REPLACE, null);

		private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

		Place(State state, boolean overwrite, SymlinkPolicy links, @Nullable String version) {
			this.values.put("State", state);
			this.values.put("overwrite", overwrite);
			this.values.put("SymlinkPolicy", links);
			this.values.put("version", version);
			this.values.put("create directories", state == State.DEEP);
		}

	}

}
