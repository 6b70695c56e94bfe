package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.ExchangingFileOps;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptedExchanges;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails call 1, 2, 3, … of a publication, a rollback and a sweep: the pointer names a
 * version that verifies, and what is reported is true.
 */
@Enumerates
class PublicationFaultTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("fault-sweep-publications", "fault sweep",
			"each call of a publication, a rollback and a sweep fails: once, after it was done, and with all that follow",
			"runs", "PublicationFaultTests");

	@TempDir
	Path root;

	private int runs;

	@ParameterizedTest
	@CsvSource({ "PUBLISH, LINK, false, false", "PUBLISH, LINK, true, false", "PUBLISH, LINK, false, true",
			"PUBLISH, FILE, false, false", "ROLLBACK, LINK, false, false", "ROLLBACK, FILE, true, false",
			"SWEEP, LINK, false, false", "SWEEP, LINK, true, false", "SWEEP, LINK, false, true",
			"PUBLISH, DIRECTORY, false, false", "PUBLISH, DIRECTORY, true, false", "PUBLISH, DIRECTORY, false, true",
			"ROLLBACK, DIRECTORY, false, false", "ROLLBACK, DIRECTORY, true, false", "SWEEP, DIRECTORY, false, false",
			"SWEEP, DIRECTORY, true, false" })
	void everyCallFails(Action action, PointerKind kind, boolean afterwards, boolean persistently) throws IOException {
		boolean hit = true;
		for (int nth = 1; hit; nth++) {
			TALLY.add(1);
			hit = run(nth, action, kind, afterwards, persistently);
		}
		assertThat(this.runs).isGreaterThan(20);
	}

	private boolean run(int nth, Action action, PointerKind kind, boolean afterwards, boolean persistently)
			throws IOException {
		Path directory = Files.createDirectory(this.root.resolve("run" + this.runs++));
		AtomicFileTemplate sound = AtomicFileTemplate.builder().files(real()).build();
		publish(sound, directory, "v1", kind);
		if (action != Action.PUBLISH) {
			publish(sound, directory, "v2", kind);
		}
		FaultyFileOps files = new FaultyFileOps(real());
		if (afterwards) {
			files.afterwards();
		}
		if (persistently) {
			files.persistently();
		}
		List<Op> failed = new ArrayList<>();
		files.fail((call) -> {
			boolean counts = call.op() != Op.MOUNT;
			if (counts) {
				failed.add(call.op());
			}
			return counts;
		}, nth, "Input/output error");
		FileOps all = new InterceptedExchanges(files);
		LockRegistry locks = LockRegistry.fileBuilder().files(all).build();
		Throwable thrown = run(action, AtomicFileTemplate.builder().files(all).locks(locks).build(), directory, kind);
		boolean hit = files.hit();
		files.heal();
		String what = action + ", call " + nth + " " + ((failed.size() >= nth) ? failed.get(nth - 1) : "-")
				+ (afterwards ? " afterwards" : "") + (persistently ? " and all after it" : "") + " -> " + thrown;
		assertThat(locks.held()).as(what).isEmpty();
		if (!hit) {
			assertThat(thrown).as(what).isNull();
		}
		check(sound.publication(directory, "set"), action, thrown, what);
		locks.close();
		return hit;
	}

	private static FileOps real() {
		return new ExchangingFileOps(new UnsyncedFileOps());
	}

	private static void publish(AtomicFileTemplate template, Path directory, String version, PointerKind kind) {
		template.publication(directory, "set").publish((out) -> {
			out.file("a", version.getBytes());
			out.file("b/c", version.getBytes());
			out.directory("empty");
		}, PublishOptions.defaults().withVersion(version).withPointer(kind).withSyncsInFlight(1));
	}

	private static @Nullable Throwable run(Action action, AtomicFileTemplate template, Path directory,
			PointerKind kind) {
		try {
			Publication set = template.publication(directory, "set");
			switch (action) {
				case PUBLISH -> publish(template, directory, "v2", kind);
				case ROLLBACK -> set.rollbackTo("v1");
				case SWEEP -> set.sweep(Retention.keep(1));
			}
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private static void check(Publication set, Action action, @Nullable Throwable thrown, String what)
			throws IOException {
		String old = (action == Action.PUBLISH) ? "v1" : "v2";
		String after = (action == Action.ROLLBACK) ? "v1" : "v2";
		String latest = set.latest().orElseThrow();
		assertThat(latest).as(what).isIn(old, after);
		if (thrown == null) {
			assertThat(latest).as(what).isEqualTo(after);
		}
		if (thrown instanceof AtomicWriteException ex && action == Action.PUBLISH && ex.phase() != null
				&& ex.outcome() == WriteOutcome.NOT_COMMITTED) {
			assertThat(latest).as(what).isEqualTo(old);
		}
		if (thrown instanceof AtomicWriteException ex && ex.outcome() == WriteOutcome.VISIBLE_NOT_DURABLE) {
			assertThat(latest).as(what).isEqualTo(after);
		}
		for (PublishedVersion version : set.list()) {
			assertThat(set.verify(version.name()).problems()).as(what).isEmpty();
		}
		checkDirectory(set, latest, what);
		set.sweep(Retention.keep(1));
		assertThat(set.latest()).as(what).contains(latest);
		checkDirectory(set, latest, what);
		assertThat(DirectoryContent.of(set.directory())).as(what)
			.filteredOn((name) -> name.matches("\\.latest\\..*\\.plain"))
			.allMatch((name) -> set.list()
				.stream()
				.anyMatch((version) -> isOf(set.directory().resolve(name), version.path())));
		assertThat(set.verify("latest").problems()).as(what).isEmpty();
		assertThat(DirectoryContent.of(set.directory())).as(what)
			.filteredOn((name) -> name.matches("v[12]"))
			.allMatch((name) -> set.list().stream().anyMatch((version) -> version.name().equals(name)));
	}

	/** All of the version is in latest, if that is a directory. */
	private static void checkDirectory(Publication set, String version, String what) {
		Path latest = set.directory().resolve("latest");
		if (!Files.isSymbolicLink(latest) && Files.isDirectory(latest)) {
			assertThat(DirectoryContent.of(latest)).as(what)
				.isEqualTo(DirectoryContent.of(set.directory().resolve(version)));
			assertThat(isOf(latest, set.directory().resolve(version))).as(what).isTrue();
			assertThat(latest.resolve("b/c")).as(what).hasContent(version);
		}
	}

	private static boolean isOf(Path plain, Path version) {
		try {
			return Files.isSameFile(plain.resolve("manifest.json"), version.resolve("manifest.json"));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** What is done. */
	enum Action {

		PUBLISH, ROLLBACK, SWEEP

	}

}
