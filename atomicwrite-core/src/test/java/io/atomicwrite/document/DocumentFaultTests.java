package io.atomicwrite.document;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.watch.WatchMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Fails call 1, 2, 3, … of an update of a document until it runs without a fault: what is
 * reported is true, what is served is what the file holds, and the next update works.
 */
@Enumerates
class DocumentFaultTests {

	private static final String OLD = "count: 1\nname: a\n";

	private static final String BAD = "count: [\n";

	@TempDir
	private Path root;

	private int runs;

	static List<Throwable> faults() {
		return List.of(new FileSystemException("f", null, "Input/output error"), new OutOfMemoryError("pretended"));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void everyCallOfAnUpdateFailsOnce(Throwable fault) throws Exception {
		sweep(fault, false, OLD, (document) -> document.update((old) -> old.plus(1)));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void everyCallFailsAfterItWasDone(Throwable fault) throws Exception {
		sweep(fault, true, OLD, (document) -> document.update((old) -> old.plus(1)));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void everyCallOfARecoveryFailsOnce(Throwable fault) throws Exception {
		sweep(fault, false, BAD, (document) -> document.recover(AtomicDocument.Recovery.LAST_GOOD));
	}

	private void sweep(Throwable fault, boolean afterwards, String content, Operation operation) throws Exception {
		boolean hit = true;
		for (int nth = 1; hit; nth++) {
			hit = run(fault, afterwards, content, operation, nth);
			assertThat(nth).isLessThan(500);
		}
	}

	private boolean run(Throwable fault, boolean afterwards, String content, Operation operation, int nth)
			throws Exception {
		Path directory = Files.createDirectory(this.root.resolve("run" + this.runs++));
		Path file = Files.writeString(directory.resolve("config.yaml"), OLD);
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).build()) {
			AtomicDocument<Settings> document = template.document(file,
					DocumentOptions.of(Settings.class).watch(WatchMode.OFF).quietPeriod(Duration.ofMillis(1)).build());
			if (!content.equals(OLD)) {
				Files.writeString(file, content);
				document.reload();
			}
			Thread self = Thread.currentThread();
			if (afterwards) {
				files.afterwards();
			}
			files.fail((call) -> Thread.currentThread() == self && call.op() != Op.MOUNT && call.op() != Op.DELETE, nth,
					fault);
			Throwable thrown = catchThrowable(() -> operation.run(document));
			boolean hit = files.hit();
			files.heal();
			String what = "call " + nth + " " + fault + " -> " + thrown;
			check(file, content, document, thrown, hit, what);
			if (!afterwards) {
				// what was made by a call that then failed is nobody's, and left to
				// housekeeping
				assertThat(DirectoryContent.of(directory)).as(what).noneMatch((name) -> name.endsWith(".tmp"));
			}
			return hit;
		}
	}

	private static void check(Path file, String before, AtomicDocument<Settings> document, @Nullable Throwable thrown,
			boolean hit, String what) throws Exception {
		String found = Files.readString(file);
		String after = before.equals(OLD) ? "count: 2\nname: a\n" : OLD;
		assertThat(found).as(what).isIn(before, after);
		if (!hit) {
			assertThat(thrown).as(what).isNull();
		}
		if (thrown == null) {
			assertThat(found).as(what).isEqualTo(after);
		}
		else if (thrown instanceof AtomicWriteException ex) {
			if (ex.outcome() == WriteOutcome.NOT_COMMITTED) {
				assertThat(found).as(what).isEqualTo(before);
			}
			if (ex.outcome() == WriteOutcome.VISIBLE_NOT_DURABLE) {
				assertThat(found).as(what).isEqualTo(after);
			}
		}
		if (!found.equals(BAD)) {
			int count = found.equals(OLD) ? 1 : 2;
			assertThat(document.current()).as(what).isEqualTo(new Settings(count, "a"));
			assertThat(document.update((old) -> old.plus(10)).count()).as(what).isEqualTo(count + 10);
		}
		assertThat(document.current().name()).as(what).isEqualTo("a");
	}

	private interface Operation {

		void run(AtomicDocument<Settings> document);

	}

}
