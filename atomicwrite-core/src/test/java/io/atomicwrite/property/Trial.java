package io.atomicwrite.property;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sequence of operations on a directory of its own, each held against the model.
 */
final class Trial implements AutoCloseable {

	private static final List<Throwable> ERRORS = List.of(new FileSystemException("f", null, "Input/output error"),
			new IOException("No space left on device"), new AccessDeniedException("f"),
			new FileSystemException("f", null, "Too many open files"), new OutOfMemoryError("pretended"),
			new IllegalStateException("pretended"));

	static final int FAULTS = ERRORS.size();

	private final Path directory;

	private final ChecksumAlgorithm algorithm;

	private final BackupPolicy backups;

	private final AtomicFileTemplate template;

	private final Map<String, Set<String>> history = new HashMap<>();

	private Model model = new Model(Map.of());

	private int hits;

	/** Whether a fault may have left a staging file that the engine could not delete. */
	private boolean leftoversExcused;

	Trial(Path root, ChecksumAlgorithm algorithm, BackupPolicy backups) throws IOException {
		this(root, algorithm, backups, FileOps.system());
	}

	Trial(Path root, ChecksumAlgorithm algorithm, BackupPolicy backups, FileOps files) throws IOException {
		this.directory = Files.createTempDirectory(root, "trial").toRealPath();
		this.algorithm = algorithm;
		this.backups = backups;
		this.template = template(files, LockRegistry.file());
	}

	private AtomicFileTemplate template(FileOps files, LockRegistry locks) {
		return AtomicFileTemplate.builder()
			.files(files)
			.locks(locks)
			.defaults(WriteOptions.engineDefaults()
				.toBuilder()
				.checksum(ChecksumPolicy.of(ChecksumPolicy.Mode.NONE, this.algorithm))
				.backup(this.backups)
				.build())
			.build();
	}

	void run(List<Step> steps) throws IOException {
		for (Step step : steps) {
			try {
				take(step);
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(step + " of " + steps + ": " + ex.getMessage() + "; there is now "
						+ DirectoryContent.of(this.directory), ex);
			}
		}
	}

	int hits() {
		return this.hits;
	}

	private void take(Step step) throws IOException {
		Path path = path(step.name());
		List<Backup> generations = generations(path);
		Backup restored = generations.isEmpty() ? null : generations.get(generations.size() - 1);
		Map<String, String> before = Map.copyOf(this.model.files());
		Model after = new Model(before);
		Class<? extends Exception> expected = after.apply(step,
				(restored != null) ? text(Files.readAllBytes(restored.path())) : null);
		if (step.fault() == null) {
			takeWhole(step, before, after, expected, restored);
		}
		else {
			takeWithFault(step, step.fault(), before, after, expected, restored);
		}
		this.model = new Model(found());
		this.model.files()
			.forEach((name, content) -> this.history.computeIfAbsent(name, (key) -> new HashSet<>()).add(content));
		checkCompanions();
	}

	private void takeWhole(Step step, Map<String, String> before, Model after,
			@Nullable Class<? extends Exception> expected, @Nullable Backup restored) throws IOException {
		WriteResult result = null;
		Throwable thrown = null;
		try {
			result = perform(this.template, step, before, restored);
		}
		catch (Exception ex) {
			thrown = ex;
		}
		assertThat(thrown == null ? null : thrown.getClass()).as(() -> "thrown").isEqualTo(expected);
		assertThat(found()).isEqualTo((expected == null) ? after.files() : before);
		String replaced = before.get(step.kind().name().startsWith("MOVE") ? step.other() : step.name());
		if (result != null) {
			assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
			assertThat(result.size()).isEqualTo(Files.size(result.target()));
			if (result.backup().isPresent()) {
				assertThat(text(Files.readAllBytes(result.backup().get()))).isEqualTo(replaced);
			}
			else {
				assertThat(replaced != null && step.backup() && step.kind() != Step.Kind.MOVE_NEW).as("no backup")
					.isFalse();
			}
		}
		if (thrown instanceof AtomicWriteException ex) {
			assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
		}
		if (thrown == null && step.keepsChecksum()) {
			assertThat(this.template.checksumInfo(path(step.name()))).as("checksum").isPresent();
		}
	}

	private void takeWithFault(Step step, Step.Fault fault, Map<String, String> before, Model after,
			@Nullable Class<? extends Exception> expected, @Nullable Backup restored) throws IOException {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		if (fault.afterwards()) {
			files.afterwards();
		}
		if (fault.persistent()) {
			files.persistently();
		}
		Throwable thrown = null;
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate failing = template(files, locks)) {
			files.fail((call) -> call.op() != Op.MOUNT, fault.call(), ERRORS.get(fault.error()));
			try {
				perform(failing, step, before, restored);
			}
			catch (Exception | OutOfMemoryError ex) {
				thrown = ex;
			}
			boolean hit = files.hit();
			files.heal();
			this.hits += hit ? 1 : 0;
			this.leftoversExcused |= hit;
			assertThat(locks.held()).isEmpty();
			assertThat(locks.waiting()).isEmpty();
		}
		checkOutcome(step, thrown, before, (expected == null) ? after.files() : before);
	}

	/** What is reported is true, and whatever is reported, no file is anything new. */
	private void checkOutcome(Step step, @Nullable Throwable thrown, Map<String, String> before,
			Map<String, String> after) throws IOException {
		Map<String, String> found = found();
		Map<String, String> both = new HashMap<>(before);
		both.putAll(after);
		if (step.kind() == Step.Kind.MOVE_NEW) {
			// linked, and the old name not deleted yet
			assertThat(found).as(() -> "with " + thrown).isIn(before, after, both);
		}
		else {
			assertThat(found).as(() -> "with " + thrown).isIn(before, after);
		}
		if (thrown == null) {
			assertThat(found).isEqualTo(after);
		}
		else if (thrown instanceof AtomicWriteException ex) {
			if (ex.outcome() == WriteOutcome.NOT_COMMITTED) {
				assertThat(found).as(() -> "reported " + ex).isEqualTo(before);
			}
			if (ex.outcome() == WriteOutcome.VISIBLE_NOT_DURABLE) {
				assertThat(found).as(() -> "reported " + ex).isIn(after, both);
			}
		}
	}

	private @Nullable WriteResult perform(AtomicFileTemplate on, Step step, Map<String, String> before,
			@Nullable Backup restored) throws IOException {
		Path path = path(step.name());
		byte[] content = bytes(step.content());
		WriteOptions options = options(step).build();
		return switch (step.kind()) {
			case WRITE -> on.write(path, content, options);
			case STREAM -> on.write(path, new ByteArrayInputStream(content), options);
			case CALLBACK -> on.write(path, (out) -> out.write(content), options);
			case FAILING_CALLBACK -> on.write(path, (out) -> {
				out.write(content);
				throw new Planned();
			}, options);
			case COMMIT, DISCARD -> stage(on, path, content, options, step.kind() == Step.Kind.COMMIT);
			case CREATE -> on.write(path, content, options(step).overwrite(false).build());
			case RIGHT_VERSION -> on.write(path, content,
					options(step).expectedVersion(Version.of(bytes(before.getOrDefault(step.name(), "")))).build());
			case WRONG_VERSION -> on.write(path, content,
					options(step).expectedVersion(Version.of(bytes(before.getOrDefault(step.name(), "") + "!")))
						.build());
			case APPEND -> on.append(path, content, options);
			case UPDATE -> {
				on.update(path, Integer.class, (value) -> (value != null) ? value + 1 : 1, options);
				yield null;
			}
			case DELETE -> {
				assertThat(on.delete(path, options).changed()).isEqualTo(before.containsKey(step.name()));
				yield null;
			}
			case MOVE -> on.move(path, path(step.other()), options);
			case MOVE_NEW -> on.move(path, path(step.other()), options(step).overwrite(false).build());
			case RESTORE -> (restored != null) ? on.restore(path, restored) : null;
		};
	}

	private static @Nullable WriteResult stage(AtomicFileTemplate on, Path path, byte[] content, WriteOptions options,
			boolean commit) throws IOException {
		try (StagedWrite staged = on.open(path, options)) {
			staged.output().write(content, 0, content.length / 2);
			staged.output().write(content, content.length / 2, content.length - content.length / 2);
			return commit ? staged.commit() : null;
		}
	}

	private WriteOptions.Builder options(Step step) {
		return WriteOptions.engineDefaults()
			.toBuilder()
			.checksum(ChecksumPolicy.of(step.checksum(), this.algorithm))
			.backup(step.backup() ? this.backups : BackupPolicy.none());
	}

	/**
	 * No false alarm, no stale checksum, no backup of what never was, and nothing else.
	 */
	private void checkCompanions() throws IOException {
		List<Path> known = new ArrayList<>();
		for (String name : Names.ALL) {
			Path path = path(name);
			addWithSidecar(known, path);
			if (Files.exists(path)) {
				checkChecksum(path);
			}
			for (Backup backup : generations(path)) {
				addWithSidecar(known, backup.path());
				assertThat(text(Files.readAllBytes(backup.path()))).isIn(this.history.getOrDefault(name, Set.of()));
				checkChecksum(backup.path());
			}
		}
		if (!this.leftoversExcused) {
			assertThat(DirectoryContent.of(this.directory)).filteredOn((name) -> !Files.isDirectory(path(name)))
				.allMatch((name) -> known.contains(path(name)));
		}
	}

	private void addWithSidecar(List<Path> known, Path path) {
		known.add(path);
		known.add(path.resolveSibling(ArtifactNames.sidecar(path.getFileName().toString(), this.algorithm.suffix(),
				ArtifactNames.USUAL_LIMIT)));
	}

	private List<Backup> generations(Path path) {
		return this.template.generations(path);
	}

	private void checkChecksum(Path path) {
		ChecksumInfo info = this.template.checksumInfo(path).orElse(null);
		if (info != null) {
			Checksum now = this.template.checksum(path, info.current().algorithm());
			assertThat(info.attests(now)).as(() -> "false alarm of " + path).isTrue();
			this.template.verify(path);
		}
	}

	private Map<String, String> found() {
		Map<String, String> files = new TreeMap<>();
		for (String name : Names.ALL) {
			Path path = path(name);
			try {
				if (Files.exists(path)) {
					String content = text(Files.readAllBytes(path));
					assertThat(text(this.template.read(path))).isEqualTo(content);
					files.put(name, content);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return files;
	}

	private Path path(String name) {
		return this.directory.resolve(name);
	}

	private static byte[] bytes(String content) {
		return content.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static String text(byte[] content) {
		return new String(content, StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		this.template.close();
		List<String> left = DirectoryContent.of(this.directory);
		for (int i = left.size() - 1; i >= 0; i--) {
			Files.delete(this.directory.resolve(left.get(i)));
		}
		Files.delete(this.directory);
	}

	/**
	 * The names of the files.
	 */
	static final class Names {

		/** Longer than any artifact of it may be. */
		static final String LONG = "x".repeat(250);

		static final List<String> ALL = List.of("f", "g.json", "h.json", "sub/i", "white \\ \"space\"\n.txt", LONG);

		private Names() {
		}

	}

	/**
	 * What a callback fails with.
	 */
	static final class Planned extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Planned() {
			super("planned");
		}

	}

}
