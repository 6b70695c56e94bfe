package io.atomicwrite.syscall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockRequest;
import org.jspecify.annotations.Nullable;

/**
 * One public operation whose system calls fail.
 *
 * @param name what it is
 * @param options how it writes
 * @param prepared the contents that the target had, one after the other
 * @param after the content that it is to have
 * @param action the operation
 */
record FaultyOperation(String name, WriteOptions options, List<String> prepared, @Nullable String after,
		Action action) {

	private static final String OLDER = "[ \"older content\" ]";

	static final String OLD = "[ \"old content\" ]";

	static final String NEW = "[ \"new\" ]";

	private static final WriteOptions PLAIN = WriteOptions.engineDefaults()
		.toBuilder()
		.lock(LockRequest.waitUpTo(Duration.ofSeconds(20)))
		.build();

	@Nullable String before() {
		return this.prepared.isEmpty() ? null : this.prepared.get(this.prepared.size() - 1);
	}

	static List<FaultyOperation> all() {
		List<FaultyOperation> all = new ArrayList<>();
		writes(all);
		checksumsAndBackups(all);
		others(all);
		return all;
	}

	private static void writes(List<FaultyOperation> all) {
		WriteOptions free = PLAIN.toBuilder().lock(LockRequest.none()).build();
		for (WriteOptions options : List.of(PLAIN, free)) {
			String lock = (options == free) ? " without lock" : "";
			all.add(new FaultyOperation("create" + lock, options, List.of(), NEW, (t, f) -> t.writeString(f, NEW)));
			all.add(new FaultyOperation("replace" + lock, options, List.of(OLD), NEW, (t, f) -> t.writeString(f, NEW)));
		}
		all.add(new FaultyOperation("create with directories", PLAIN, List.of(), NEW, (t, f) -> t.writeString(f, NEW)));
		all.add(new FaultyOperation("staged write", PLAIN, List.of(OLD), NEW, FaultyOperation::stage));
		all.add(new FaultyOperation("no-clobber", PLAIN.toBuilder().overwrite(false).build(), List.of(), NEW,
				(t, f) -> t.writeString(f, NEW)));
		all.add(new FaultyOperation("append", PLAIN, List.of(OLD), OLD + NEW,
				(t, f) -> t.append(f, NEW.getBytes(StandardCharsets.UTF_8))));
		all.add(new FaultyOperation("value", PLAIN, List.of(OLD), NEW, (t, f) -> t.writeValue(f, List.of("new"))));
		all.add(new FaultyOperation("update", PLAIN, List.of(OLD), NEW,
				(t, f) -> t.update(f, List.class, (old) -> List.of("new"))));
		WriteOptions metadata = PLAIN.toBuilder()
			.owner(MetadataPolicy.REQUIRE)
			.attributes(MetadataPolicy.REQUIRE)
			.mode(ModePolicy.exactly(0640))
			.build();
		all.add(new FaultyOperation("with all metadata", metadata, List.of(OLD), NEW, (t, f) -> t.writeString(f, NEW)));
	}

	private static void stage(AtomicFileTemplate template, Path target) {
		try (StagedWrite out = template.open(target)) {
			out.output().write(NEW.getBytes(StandardCharsets.UTF_8));
			out.commit();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void checksumsAndBackups(List<FaultyOperation> all) {
		for (ChecksumPolicy.Mode mode : ChecksumPolicy.Mode.values()) {
			for (BackupPolicy backup : List.of(BackupPolicy.none(), BackupPolicy.single(),
					BackupPolicy.generations().with((changes) -> changes.keep(1)),
					BackupPolicy.single().with((changes) -> changes.mode(0600)))) {
				if (mode == ChecksumPolicy.Mode.NONE && !backup.enabled()) {
					continue;
				}
				WriteOptions options = PLAIN.toBuilder()
					.checksum(ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256))
					.backup(backup)
					.build();
				String with = ", " + mode + (backup.timestamped() ? ", generations" : "")
						+ (backup.enabled() ? ", backup " + Objects.toString(backup.mode(), "linked") : "");
				all.add(new FaultyOperation("replace" + with, options, List.of(OLDER, OLD), NEW,
						(t, f) -> t.writeString(f, NEW)));
			}
		}
	}

	private static void others(List<FaultyOperation> all) {
		WriteOptions attested = PLAIN.toBuilder()
			.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
			.backup(BackupPolicy.generations())
			.build();
		all.add(new FaultyOperation("create, SIDECAR", attested, List.of(), NEW, (t, f) -> t.writeString(f, NEW)));
		all.add(new FaultyOperation("restore", attested, List.of(NEW, OLD), NEW,
				(t, f) -> t.restore(f, t.generations(f).get(0))));
		all.add(new FaultyOperation("move", PLAIN, List.of(OLD), NEW, (t, f) -> t.move(f.resolveSibling("source"), f)));
		all.add(new FaultyOperation("delete", PLAIN, List.of(OLD), null, (t, f) -> t.delete(f)));
		all.add(new FaultyOperation("read", attested, List.of(OLD), OLD,
				(t, f) -> requireOld(new String(t.read(f), StandardCharsets.UTF_8))));
		all.add(new FaultyOperation("read verified", attested, List.of(OLD), OLD,
				(t, f) -> requireOld(new String(t.readVerified(f), StandardCharsets.UTF_8))));
		all.add(new FaultyOperation("read value", attested, List.of(OLD), OLD,
				(t, f) -> requireOld(t.readValue(f, List.class).equals(List.of("old content")) ? OLD : "?")));
		all.add(new FaultyOperation("verify", attested, List.of(OLD), OLD, (t, f) -> t.verify(f)));
		all.add(new FaultyOperation("generations", attested, List.of(OLDER, OLD), OLD, (t, f) -> t.generations(f)));
		all.add(new FaultyOperation("inspect", PLAIN, List.of(OLD), OLD, (t, f) -> t.inspect(f)));
	}

	private static void requireOld(String found) {
		if (!found.equals(OLD)) {
			throw new AssertionError("read " + found);
		}
	}

	/** The name of the target in the directory of the run. */
	String target() {
		return this.name.endsWith("directories") ? "a/b/f.json" : "f.json";
	}

	/** The files beside the target that belong there. */
	Map<String, String> beside() {
		return this.name.equals("move") ? Map.of("source", NEW) : Map.of();
	}

	/** Whether it reads, before it writes anything, what the caller names. */
	boolean readsFirst() {
		return Objects.equals(before(), this.after) || this.name.equals("restore");
	}

	@Override
	public String toString() {
		return this.name;
	}

	interface Action {

		void run(AtomicFileTemplate template, Path target);

	}

}
