package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.Snapshot;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What stands beside a file is true whatever changes it: sidecars of every algorithm, not
 * of the one that is asked for, and backups of every kind.
 */
@Enumerates
class CompanionRuleTests {

	private static final String DAMAGED = "6";

	private static final FileOps FILES = new UnsyncedFileOps();

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	@BeforeEach
	void paths() throws Exception {
		this.directory = this.temporary.toRealPath();
		this.target = this.directory.resolve(Change.TARGET);
	}

	static Stream<Arguments> changesAndChecksums() {
		return Arrays.stream(Change.values())
			.flatMap((change) -> Stream
				.of(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256),
						ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_512),
						ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_384))
				.map((checksum) -> Arguments.of(change, checksum)));
	}

	@ParameterizedTest
	@MethodSource("changesAndChecksums")
	void sidecarOfNoAlgorithmLies(Change change, ChecksumPolicy checksum) throws Exception {
		prepare(change);
		for (Witness sidecar : Witness.SIDECARS) {
			if (Files.exists(this.target)) {
				sidecar.attest(this.target, Change.OLD);
			}
			if (change.moves()) {
				sidecar.attest(this.directory.resolve(Change.SOURCE), "43");
			}
		}
		run(change, WriteOptions.engineDefaults().toBuilder().checksum(checksum).build());
		for (Witness sidecar : Witness.SIDECARS) {
			Path beside = sidecar.sidecar(this.target);
			if (change == Change.DELETE) {
				assertThat(beside).doesNotExist();
			}
			else if (change != Change.CREATE) {
				assertThat(sidecar.attests(this.target, Files.readString(this.target))).as(beside.toString()).isTrue();
			}
			assertThat(sidecar.sidecar(this.directory.resolve(Change.SOURCE))).doesNotExist();
		}
		if (change == Change.CREATE && checksum.mode() == ChecksumPolicy.Mode.SIDECAR) {
			assertThat(this.directory.resolve(Change.TARGET + "." + checksum.algorithm().suffix())).exists();
		}
	}

	/** Who asks for no checksums has one that is there kept true, by the algorithm. */
	@ParameterizedTest
	@EnumSource(Change.class)
	void sidecarThatNobodyAsksForIsKeptTrue(Change change) throws Exception {
		prepare(change);
		for (Witness sidecar : List.of(Witness.SHA_256, Witness.SHA_512)) {
			if (Files.exists(this.target)) {
				sidecar.attest(this.target, Change.OLD);
				ChecksumAlgorithm algorithm = (sidecar == Witness.SHA_256) ? ChecksumAlgorithm.SHA_256
						: ChecksumAlgorithm.SHA_512;
				run(change,
						WriteOptions.engineDefaults()
							.toBuilder()
							.checksum(ChecksumPolicy.of(ChecksumPolicy.Mode.NONE, algorithm))
							.build());
				if (change == Change.DELETE) {
					assertThat(sidecar.sidecar(this.target)).doesNotExist();
				}
				else {
					assertThat(sidecar.attests(this.target, Files.readString(this.target))).isTrue();
				}
				Files.deleteIfExists(sidecar.sidecar(this.target));
				prepare(change);
			}
		}
	}

	/**
	 * Of whatever algorithm: it would say of the new content what was true of the old.
	 */
	@ParameterizedTest
	@EnumSource(Change.class)
	void attributeOfTheOldContentIsNotCarriedToTheNew(Change change) throws Exception {
		prepare(change);
		if (!change.writes() || change.needsFreeName()) {
			return;
		}
		for (String algorithm : new String[] { "SHA-256", "SHA-384", "SHA-512" }) {
			ChecksumAlgorithm former = ChecksumAlgorithm.of(algorithm);
			Files.writeString(this.target, Change.OLD);
			Files.setAttribute(this.target, "user:atomicwrite." + former.suffix(),
					Checksum.of(former, Change.OLD.getBytes()).hex().getBytes());
			run(change, WriteOptions.engineDefaults());
			assertThat(FILES.userAttributes(this.target)).as(algorithm).isEmpty();
		}
	}

	/** A list of several files is nobody's to replace. */
	@ParameterizedTest
	@EnumSource(Change.class)
	void listOfOtherFilesStays(Change change) throws Exception {
		prepare(change);
		Path beside = Witness.SHA_384.sidecar(this.target);
		Witness.SHA_384.attest(this.target, Change.OLD);
		String list = Files.readString(beside) + "1".repeat(96) + "  other\n";
		Files.writeString(beside, list);
		run(change,
				WriteOptions.engineDefaults()
					.toBuilder()
					.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
					.build());
		assertThat(beside).hasContent(list);
	}

	static Stream<Arguments> changesAndBackups() {
		return Arrays.stream(Change.values())
			.flatMap((change) -> Stream
				.of(BackupPolicy.none(), BackupPolicy.single(), BackupPolicy.generations(),
						BackupPolicy.generations().with((changes) -> changes.directory(Path.of("old"))),
						BackupPolicy.single().with((changes) -> changes.mode(0640)))
				.map((backup) -> Arguments.of(change, backup)));
	}

	/** Also where another algorithm than the one that is asked for is to be put back. */
	@ParameterizedTest
	@MethodSource("changesAndBackups")
	void changeThatFailsAtItsCommitPutsEverythingBack(Change change, BackupPolicy backup) throws Exception {
		prepare(change);
		if (Files.exists(this.target)) {
			Witness.SHA_256.attest(this.target, Change.OLD);
			Witness.SHA_512.attest(this.target, Change.OLD);
		}
		Map<String, String> before = contents();
		FaultyFileOps files = new FaultyFileOps(FILES).persistently();
		files.fail(
				(call) -> this.target.equals(call.other()) || call.op() == Op.DELETE && this.target.equals(call.path()),
				1, "Input/output error");
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> run(change, files,
					WriteOptions.engineDefaults()
						.toBuilder()
						.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
						.backup(backup)
						.build()))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(contents()).isEqualTo(before);
	}

	static Stream<Arguments> changesThatReplace() {
		List<Change> changes = Arrays.stream(Change.values())
			.filter((change) -> !change.needsFreeName() && change != Change.DELETE && change != Change.RESTORE)
			.toList();
		return changes.stream()
			.flatMap((change) -> Arrays.stream(Witness.values()).map((witness) -> Arguments.of(change, witness)));
	}

	/** One that contradicts is enough, in whatever order they are looked at. */
	@ParameterizedTest
	@MethodSource("changesThatReplace")
	void damageThatOneOfSeveralShowsDoesNotReplaceTheLastGoodBackup(Change change, Witness honest) throws Exception {
		prepare(change);
		Files.writeString(this.target, DAMAGED);
		for (Witness witness : Witness.values()) {
			witness.attest(this.target, (witness == honest) ? Change.OLD : DAMAGED);
		}
		Path backup = Files.writeString(this.directory.resolve(Change.TARGET + ".backup"), Change.OLD);
		// who reads what is damaged may refuse it
		catchThrowable(() -> run(change,
				WriteOptions.engineDefaults()
					.toBuilder()
					.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
					.backup(BackupPolicy.single())
					.build()));
		assertThat(backup).hasContent(Change.OLD);
	}

	@ParameterizedTest
	@MethodSource("changesThatReplace")
	void damageIsNotAttestedInABackupByWhateverIsAskedFor(Change change, Witness honest) throws Exception {
		prepare(change);
		Files.writeString(this.target, DAMAGED);
		honest.attest(this.target, Change.OLD);
		catchThrowable(() -> run(change,
				WriteOptions.engineDefaults()
					.toBuilder()
					.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
					.backup(BackupPolicy.generations())
					.build()));
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.defaults(WriteOptions.engineDefaults().toBuilder().backup(BackupPolicy.generations()).build())
			.build()) {
			for (Backup backup : template.generations(this.target)) {
				assertThatExceptionOfType(AtomicWriteException.class)
					.isThrownBy(() -> template.readVerified(backup.path()));
			}
		}
	}

	static Stream<Arguments> changesThatBackUpAndKinds() {
		return Arrays.stream(Change.values())
			.filter((change) -> !change.needsFreeName() && change != Change.DELETE && change != Change.RESTORE)
			.flatMap((change) -> Stream
				.of(BackupPolicy.single(), BackupPolicy.single().with((changes) -> changes.mode(0640)),
						BackupPolicy.generations(), BackupPolicy.generations().with((changes) -> changes.mode(0640)),
						BackupPolicy.single().with((changes) -> changes.directory(Path.of("old")).mode(0640)),
						BackupPolicy.generations().with((changes) -> changes.directory(Path.of("old"))))
				.map((backup) -> Arguments.of(change, backup)));
	}

	/** A link and a copy, of one name and of many: each has what the file had. */
	@ParameterizedTest
	@MethodSource("changesThatBackUpAndKinds")
	void backupHasWhatTheFileHad(Change change, BackupPolicy policy) throws Exception {
		prepare(change);
		Files.setAttribute(this.target, "unix:mode", 0604);
		Files.setAttribute(this.target, "user:colour", "green".getBytes());
		Witness.SHA_512.attest(this.target, Change.OLD);
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
			.backup(policy)
			.build();
		WriteResult result = run(change, options);
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().defaults(options).build()) {
			List<Backup> backups = template.generations(this.target);
			assertThat(backups).hasSize(1);
			Path backup = backups.get(0).path();
			assertThat(result.backup()).contains(backup);
			assertThat(backup).hasContent(Change.OLD);
			Integer mode = policy.mode();
			assertThat(mode(backup)).isEqualTo((mode != null) ? mode : 0604);
			if (change.writes()) {
				assertThat(mode(this.target)).isEqualTo(0604);
			}
			assertThat((byte[]) Files.getAttribute(backup, "user:colour")).asString().isEqualTo("green");
			template.verify(backup);
			assertThat(Witness.SHA_256.attests(backup, Change.OLD)).isTrue();
			template.verify(this.target);
			assertThat(Witness.SHA_512.attests(this.target, Files.readString(this.target))).isTrue();
		}
	}

	static Stream<Arguments> changesThatPrune() {
		return Arrays.stream(Change.values())
			.filter((change) -> change.writes() && !change.needsFreeName() && change != Change.RESTORE)
			.flatMap((change) -> Stream
				.of(ChecksumPolicy.none(), ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256),
						ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256))
				.map((checksum) -> Arguments.of(change, checksum)));
	}

	@ParameterizedTest
	@MethodSource("changesThatPrune")
	void backupThatIsPrunedTakesTheSidecarsOfFormerAlgorithmsAlong(Change change, ChecksumPolicy checksum)
			throws Exception {
		prepare(change);
		for (String stamp : new String[] { "20200101-000000", "20200102-000000", "20200102-000000-2" }) {
			Path former = Files.writeString(this.directory.resolve(Change.TARGET + "." + stamp + ".backup"), stamp);
			for (Witness sidecar : Witness.SIDECARS) {
				sidecar.attest(former, stamp);
			}
		}
		run(change,
				WriteOptions.engineDefaults()
					.toBuilder()
					.checksum(checksum)
					.backup(BackupPolicy.generations().with((changes) -> changes.keep(2)))
					.build());
		Set<String> names = contents().keySet();
		assertThat(names).filteredOn((name) -> name.endsWith(".backup"))
			.hasSize(2)
			.contains(Change.TARGET + ".20200102-000000-2.backup");
		assertThat(names).filteredOn((name) -> name.matches(".*\\.sha\\d+"))
			.allSatisfy((name) -> assertThat(names).contains(name.replaceFirst("\\.sha\\d+$", "")));
	}

	/** Names, modes and contents, whenever they were written. */
	private Map<String, String> contents() {
		Map<String, String> found = new TreeMap<>();
		Snapshot.of(this.directory).forEach((name, line) -> found.put(name, line.replaceFirst(" \\d{4}-\\S+ ", " ")));
		return found;
	}

	private void prepare(Change change) throws IOException {
		change.prepare(this.directory);
		if (!change.needsFreeName()) {
			Files.writeString(this.target, Change.OLD);
		}
	}

	private WriteResult run(Change change, WriteOptions options) {
		return run(change, FILES, options);
	}

	private WriteResult run(Change change, FileOps files, WriteOptions options) {
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate template = AtomicFileTemplate.builder()
					.files(files)
					.locks(locks)
					.defaults(options)
					.build()) {
			return change.run(template, this.target, this.directory);
		}
	}

	private static int mode(Path file) throws IOException {
		return (Integer) Files.getAttribute(file, "unix:mode") & 07777;
	}

}
