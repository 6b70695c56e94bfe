package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails call 1, 2, 3, … of a batch, and holds each reported outcome against what is
 * there.
 */
@Enumerates
class BatchFaultTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("fault-sweep-batches", "fault sweep",
			"each call of a batch fails: once, after it was done, and with all that follow; files alone and all or nothing",
			"runs", "BatchFaultTests");

	private static final String OLD = "old";

	@TempDir
	Path root;

	private int runs;

	@ParameterizedTest
	@CsvSource({ "false, false, false", "false, true, false", "false, false, true", "true, false, false",
			"true, true, false", "true, false, true" })
	void everyCallFails(boolean together, boolean afterwards, boolean persistently) throws IOException {
		boolean hit = true;
		for (int nth = 1; hit; nth++) {
			TALLY.add(1);
			hit = run(nth, together, afterwards, persistently);
		}
		assertThat(this.runs).isGreaterThan(40);
	}

	private boolean run(int nth, boolean together, boolean afterwards, boolean persistently) throws IOException {
		Path directory = Files.createDirectory(this.root.resolve("run" + this.runs++));
		List<Path> targets = List.of(directory.resolve("a"), directory.resolve("new/b"), directory.resolve("c"));
		Files.writeString(targets.get(0), OLD);
		FaultyFileOps files = new FaultyFileOps(new UnsyncedFileOps());
		if (afterwards) {
			files.afterwards();
		}
		if (persistently) {
			files.persistently();
		}
		List<Op> failed = new ArrayList<>();
		files.fail((call) -> {
			boolean counts = call.op() != Op.MOUNT && (persistently || call.op() != Op.DELETE);
			if (counts) {
				failed.add(call.op());
			}
			return counts;
		}, nth, "Input/output error");
		LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
		BatchResult result = write(files, locks, targets, together);
		boolean hit = files.hit();
		files.heal();
		String what = "call " + nth + " " + ((failed.size() >= nth) ? failed.get(nth - 1) : "-")
				+ (afterwards ? " afterwards" : "") + (persistently ? " and all after it" : "") + " " + result;
		assertThat(locks.held()).as(what).isEmpty();
		assertThat(result.complete() || hit).as(what).isTrue();
		for (int i = 0; i < targets.size(); i++) {
			check(targets.get(i), result.files().get(i), what);
		}
		if (together && result.files().stream().allMatch((file) -> file.outcome() == WriteOutcome.NOT_COMMITTED)) {
			assertThat(targets.get(0)).as(what).hasContent(OLD);
			assertThat(targets.get(2)).as(what).doesNotExist();
		}
		if (!persistently && !(afterwards && hit)) {
			assertThat(DirectoryContent.of(directory)).as(what)
				.noneMatch((name) -> name.endsWith(".tmp"))
				.noneMatch((name) -> name.equals("new") && !Files.exists(targets.get(1))
						&& !Files.exists(directory.resolve("new/b.lock")));
		}
		locks.close();
		return hit;
	}

	private static BatchResult write(FileOps files, LockRegistry locks, List<Path> targets, boolean together) {
		Batch.Builder batch = Batch.builder().syncsInFlight(1);
		targets.forEach((target) -> batch.add(target, content(target).getBytes()));
		AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(files)
			.locks(locks)
			.defaults(WriteOptions.engineDefaults()
				.with((changes) -> changes.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))))
			.build();
		try {
			return template.writeAll((together ? batch.allOrNothing() : batch).build());
		}
		catch (BatchFailedException ex) {
			return ex.result();
		}
	}

	private static String content(Path target) {
		return "new content of " + target.getFileName();
	}

	private static void check(Path target, BatchOutcome outcome, String what) throws IOException {
		String found = Files.exists(target) ? Files.readString(target) : null;
		@Nullable String old = target.getFileName().toString().equals("a") ? OLD : null;
		if (found != null && !found.equals(old)) {
			assertThat(found).as(what).isEqualTo(content(target));
		}
		switch (outcome.outcome()) {
			case NOT_COMMITTED -> assertThat(found).as(what).isEqualTo(old);
			case DURABLE, VISIBLE_NOT_DURABLE -> assertThat(found).as(what).isEqualTo(content(target));
			default -> assertThat(outcome.succeeded()).as(what).isFalse();
		}
	}

}
