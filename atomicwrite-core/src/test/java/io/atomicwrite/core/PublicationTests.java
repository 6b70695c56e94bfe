package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.manifest.Stamp;
import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublicationListener;
import io.atomicwrite.publication.PublicationMove;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.publication.VersionReport;
import io.atomicwrite.publication.VersionSweepReport;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Sets of files that readers see whole.
 */
class PublicationTests {

	@TempDir
	Path directory;

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	private Publication dataset() {
		return this.template.publication(this.directory, "dataset");
	}

	private PublishedVersion publish(String version, String content) {
		return dataset().publish((out) -> out.file("part-0.csv", content.getBytes()),
				PublishOptions.defaults().withVersion(version));
	}

	private Path root() {
		return this.directory.resolve("dataset");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void aVersionIsWholeAndLatestNamesIt(PointerKind kind) throws Exception {
		PublishedVersion version = dataset().publish((out) -> {
			out.file("part-0.csv", "a,b\n1,2\n".getBytes());
			out.file("deep/er/part 1\n.csv", (content) -> content.write('x'));
		}, PublishOptions.defaults()
			.withPointer(kind)
			.withStamp(Stamp.ofRun("nightly-42").withSource("orders").with("rows", "1")));
		assertThat(dataset().latest()).contains(version.name());
		assertThat(Files.isSymbolicLink(root().resolve("latest"))).isEqualTo(kind == PointerKind.LINK);
		try (OpenVersion open = dataset().open("latest")) {
			assertThat(open.file("part-0.csv")).hasContent("a,b\n1,2\n");
		}
		VersionReport report = dataset().verify("latest");
		assertThat(report.problems()).isEmpty();
		assertThat(report.files()).isEqualTo(2);
		assertThat(report.size()).isEqualTo(9);
		assertThat(Files.readString(version.path().resolve("manifest.json"))).contains("\"nightly-42\"", "\"orders\"",
				"\"rows\"", version.name(), "\"dataset\"");
		Process sums = new ProcessBuilder("sha256sum", "--strict", "-c", "SHA256SUMS")
			.directory(version.path().toFile())
			.redirectErrorStream(true)
			.start();
		assertThat(new String(sums.getInputStream().readAllBytes())).contains("manifest.json: OK", "part-0.csv: OK");
		assertThat(sums.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(sums.exitValue()).isZero();
	}

	@Test
	void aCopyThatSharesItsBlocksIsDigestedFromTheVersion() throws Exception {
		Path source = Files.writeString(this.directory.resolve("source"), "source");
		FileOps sharing = new ForwardingFileOps(FileOps.system()) {

			@Override
			public boolean shareContent(Path from, Path file) throws IOException {
				Files.writeString(file, Files.readString(from));
				Files.writeString(from, "changed meanwhile");
				return true;
			}

		};
		PublishedVersion version = AtomicFileTemplate.builder()
			.files(sharing)
			.build()
			.publish(this.directory, "dataset", (out) -> out.copy("copy", source));
		assertThat(version.path().resolve("copy")).hasContent("source");
		assertThat(dataset().verify("latest").problems()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "600, 600", "640, 640", "644, 644", "755, 755", "666, 644", "750, 750", "400, 600", "604, 604" })
	void aCopyMayBeReadAsItsSource(String mode, String copied) throws Exception {
		Path source = Files.writeString(this.directory.resolve("source"), "source");
		Files.setAttribute(source, "unix:mode", Integer.parseInt(mode, 8));
		Path tree = Files.createDirectory(this.directory.resolve("tree"));
		Files.move(source, tree.resolve("inner"));
		PublishedVersion version = dataset().publish((out) -> {
			out.copy("copy", tree.resolve("inner"));
			out.tree(tree);
		}, PublishOptions.defaults());
		for (String name : List.of("copy", "inner")) {
			int found = (int) Files.getAttribute(version.path().resolve(name), "unix:mode") & 07777;
			assertThat(Integer.toOctalString(found)).as(name).isEqualTo(copied);
		}
	}

	/** And so of whoever publishes next, whatever it names at the time. */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void thePointerHasALeaseOfItsOwn(PointerKind kind) throws Exception {
		publish("v1", "");
		Path latest = root().toRealPath().resolve("latest");
		PublishOptions options = PublishOptions.defaults().withPointer(kind);
		try (LockRegistry locks = LockRegistry.fileBuilder().build();
				AtomicFileTemplate impatient = AtomicFileTemplate.builder()
					.locks(locks)
					.defaults(WriteOptions.engineDefaults().toBuilder().lock(LockRequest.failFast()).build())
					.build()) {
			Publication other = impatient.publication(this.directory, "dataset");
			try (LockLeases held = LockRegistry.fileBuilder()
				.build()
				.acquireResolved(List.of(latest), LockRequest.failFast())) {
				assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> other.publish((out) -> out.file("f", new byte[1]), options.withVersion("v2")))
					.satisfies((ex) -> assertThat(ex.target()).isEqualTo(latest));
			}
			other.publish((out) -> out.file("f", new byte[1]), options.withVersion("v2"));
		}
		assertThat(dataset().latest()).contains("v2");
	}

	@Test
	void theListenerFollowsAndFailsNothing() {
		List<String> events = new ArrayList<>();
		Publication heard = dataset().withListener(new PublicationListener() {

			@Override
			public void moved(PublicationMove move) {
				events.add(move.publication() + " " + move.before().orElse("-") + " " + move.after().name()
						+ (move.rollback() ? " back" : ""));
				throw new IllegalStateException("of the listener");
			}

			@Override
			public void failed(String publication, Throwable failure) {
				events.add(publication + " " + failure.getClass().getSimpleName());
			}

			@Override
			public void swept(String publication, VersionSweepReport report) {
				events.add(publication + " " + report.removed());
			}

		});
		PublishOptions options = PublishOptions.defaults();
		heard.publish((out) -> out.file("f", new byte[1]), options.withVersion("v1"));
		heard.publish((out) -> out.file("f", new byte[2]), options.withVersion("v2"));
		heard.rollback();
		assertThatThrownBy(() -> heard.publish((out) -> {
			throw new IOException("gone");
		})).isInstanceOf(WriteFailedException.class);
		heard.sweep(Retention.keep(1));
		assertThat(events).containsExactly("dataset - v1", "dataset v1 v2", "dataset v2 v1 back",
				"dataset WriteFailedException", "dataset []");
		assertThat(heard.name()).isEqualTo("dataset");
	}

	@Test
	void sizeAndReadersAreKnown() {
		publish("v1", "12345");
		assertThat(dataset().size("latest")).isEqualTo(5);
		assertThatThrownBy(() -> dataset().size("v2")).isInstanceOf(TargetMissingException.class);
		try (OpenVersion one = dataset().open("v1"); OpenVersion two = dataset().open("latest")) {
			assertThat(two.name()).isEqualTo(one.name());
			assertThat(dataset().readers("v1")).isEqualTo(2);
		}
		assertThat(dataset().readers("v1")).isZero();
	}

	@Test
	void aReaderSeesOneVersionHoweverLongItTakes() {
		publish("v1", "one");
		try (OpenVersion open = dataset().open("latest")) {
			publish("v2", "two");
			assertThat(open.name()).isEqualTo("v1");
			VersionSweepReport report = dataset().sweep(Retention.keep(1));
			assertThat(report.inUse()).containsExactly("v1");
			assertThat(open.file("part-0.csv")).hasContent("one");
		}
		assertThat(dataset().sweep(Retention.keep(1)).removed()).containsExactly("v1");
		assertThat(root().resolve("v1")).doesNotExist();
		assertThatThrownBy(() -> dataset().open("v1")).isInstanceOf(TargetMissingException.class);
	}

	@Test
	void twoReadersOfOneProcessShareALease() {
		publish("v1", "one");
		OpenVersion first = dataset().open("v1");
		OpenVersion second = dataset().open("v1");
		publish("v2", "two");
		first.close();
		first.close();
		assertThat(dataset().sweep(Retention.keep(1)).inUse()).containsExactly("v1");
		second.close();
		assertThat(dataset().sweep(Retention.keep(1)).removed()).containsExactly("v1");
	}

	@Test
	void aReaderInAnotherProcessKeepsItsVersion() throws Exception {
		publish("v1", "one");
		publish("v2", "two");
		String script = "import fcntl,sys\nf=open(sys.argv[1])\nfcntl.lockf(f,fcntl.LOCK_SH)\nprint('held',flush=True)\nsys.stdin.read()\n";
		Process reader = new ProcessBuilder("python3", "-c", script, root().resolve(".v1.readers").toString()).start();
		assertThat(reader.inputReader().readLine()).isEqualTo("held");
		assertThat(dataset().sweep(Retention.keep(1)).inUse()).containsExactly("v1");
		reader.outputWriter().close();
		assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(dataset().sweep(Retention.keep(1)).removed()).containsExactly("v1");
	}

	@Test
	void retentionKeepsByNumberAndAgeAndNeverSweepsLatest() throws IOException {
		List.of("v1", "v2", "v3", "v4").forEach((version) -> publish(version, version));
		assertThat(dataset().sweep(Retention.keep(1).olderThan(Duration.ofHours(1))).removed()).isEmpty();
		dataset().rollbackTo("v2");
		assertThat(dataset().sweep(Retention.keep(1)).removed()).containsExactly("v1", "v3");
		assertThat(dataset().list()).extracting(PublishedVersion::name, PublishedVersion::latest)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("v2", true),
					org.assertj.core.groups.Tuple.tuple("v4", false));
		assertThat(DirectoryContent.of(root())).noneMatch((name) -> name.contains("v1") || name.contains("v3"));
	}

	@Test
	void rollbackGoesToTheVersionBefore() {
		publish("v1", "one");
		publish("v2", "two");
		assertThat(dataset().rollback().name()).isEqualTo("v1");
		assertThat(root().resolve("latest/part-0.csv")).hasContent("one");
		assertThatThrownBy(() -> dataset().rollback()).isInstanceOf(TargetMissingException.class)
			.hasMessageContaining("no version before");
		assertThat(dataset().rollbackTo("v2").latest()).isTrue();
	}

	@Test
	void aVersionThatExistsIsRefusedAndStays() {
		publish("v1", "one");
		assertThatThrownBy(() -> publish("v1", "two")).isInstanceOf(TargetExistsException.class);
		assertThat(dataset().verify("v1").problems()).isEmpty();
		assertThat(root().resolve("v1/part-0.csv")).hasContent("one");
	}

	@Test
	void whatCanNotBeProducedIsNotPublished() throws IOException {
		publish("v1", "one");
		assertThatThrownBy(() -> dataset().publish((out) -> {
			out.file("a/b", new byte[10]);
			throw new IOException("no more rows");
		}, PublishOptions.defaults().withVersion("v2"))).isInstanceOf(WriteFailedException.class)
			.hasMessageContaining("no more rows");
		assertThat(dataset().latest()).contains("v1");
		assertThat(DirectoryContent.of(root())).noneMatch((name) -> name.contains("v2"));
	}

	@Test
	void noSpaceInTheMiddleLeavesNothing() throws IOException {
		publish("v1", "one");
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		files.fail((call) -> call.op() == Op.WRITE && call.path().toString().contains("f7"), 1,
				"No space left on device");
		assertThatThrownBy(
				() -> AtomicFileTemplate.builder().files(files).build().publish(this.directory, "dataset", (out) -> {
					for (int i = 0; i < 10; i++) {
						out.file("f" + i, new byte[100]);
					}
				}))
			.isInstanceOf(WriteFailedException.class)
			.hasMessageContaining("No space left");
		assertThat(dataset().latest()).contains("v1");
		assertThat(dataset().list()).hasSize(1);
		assertThat(DirectoryContent.of(root())).noneMatch((name) -> name.endsWith("f0"));
	}

	@Test
	void aTreeIsPublishedWithLinksEmptyDirectoriesAndLongNames() throws IOException {
		Path source = Files.createDirectories(this.directory.resolve("source/empty/inside")).getParent().getParent();
		String longest = "n".repeat(255);
		Files.writeString(source.resolve(longest), "long");
		Files.createSymbolicLink(source.resolve("link"), Path.of("empty/../" + longest));
		PublishedVersion version = this.template.publish(this.directory, "dataset", (out) -> out.tree(source));
		assertThat(version.path().resolve("empty/inside")).isDirectory();
		assertThat(version.path().resolve("link")).isSymbolicLink().hasContent("long");
		assertThat(dataset().verify("latest").problems()).isEmpty();
		Files.createSymbolicLink(source.resolve("out"), Path.of("/etc/passwd"));
		assertThatThrownBy(() -> this.template.publish(this.directory, "dataset", (out) -> out.tree(source)))
			.hasMessageContaining("leads out of the version");
		assertThat(dataset().list()).hasSize(1);
	}

	@Test
	void verifyFindsEachDifference() throws IOException {
		PublishedVersion version = dataset().publish((out) -> {
			out.file("a", "a".getBytes());
			out.file("b", "b".getBytes());
			out.file("c", "c".getBytes());
			out.directory("empty");
			out.link("l", "a");
		});
		Files.writeString(version.path().resolve("a"), "A");
		Files.delete(version.path().resolve("b"));
		Files.writeString(version.path().resolve("extra"), "");
		Files.delete(version.path().resolve("empty"));
		Files.delete(version.path().resolve("l"));
		assertThat(dataset().verify("latest").problems()).hasSize(5)
			.anyMatch((line) -> line.startsWith("a: does not have"))
			.contains("b: is missing", "extra: does not belong to the version", "empty: is missing");
	}

	@Test
	void whatHasNotChangedIsReused() throws IOException {
		PublishedVersion first = dataset().publish((out) -> out.file("big/same", "same".getBytes()));
		Path source = Files.writeString(this.directory.resolve("s"), "same");
		PublishedVersion second = dataset().publish((out) -> {
			assertThat(out.reuse("missing")).isFalse();
			assertThat(out.reuse("big/same")).isTrue();
			out.copyOrReuse("other", source);
		});
		assertThat(Files.isSameFile(first.path().resolve("big/same"), second.path().resolve("big/same"))).isTrue();
		assertThat(dataset().verify("latest").problems()).isEmpty();
		assertThat(dataset().sweep(Retention.keep(1)).removed()).containsExactly(first.name());
		assertThat(second.path().resolve("big/same")).hasContent("same");
	}

	@Test
	void anUnfinishedVersionIsSweptOnceItsWriterIsGone() throws Exception {
		publish("v1", "one");
		Files.createDirectories(root().resolve("v2/below"));
		Files.writeString(root().resolve("v2/below/part"), "half");
		Files.createFile(root().resolve(".v2.readers"));
		Files.createDirectories(root().resolve("foreign/below"));
		LockRegistry other = LockRegistry.file();
		LockLease[] held = new LockLease[1];
		Thread writer = new Thread(() -> held[0] = other.acquire(root().resolve("v2"), LockRequest.failFast()));
		writer.start();
		writer.join();
		assertThat(dataset().sweep(Retention.keep(5)).inUse()).containsExactly("v2");
		assertThat(root().resolve("v2/below/part")).exists();
		other.close();
		assertThat(dataset().sweep(Retention.keep(5)).unfinished()).containsExactly("v2");
		assertThat(root().resolve("v2")).doesNotExist();
		assertThat(root().resolve("foreign/below")).as("nobody's version").exists();
		assertThat(dataset().list()).hasSize(1);
	}

	@Test
	void aPointerThatWasAboutToBeMovedIsSwept() throws IOException {
		publish("v1", "one");
		Path staging = Files.createSymbolicLink(root().resolve(".latest.0123456789abcdef.tmp"), Path.of("v9"));
		dataset().sweep(Retention.keep(1));
		assertThat(staging.toFile().toPath()).doesNotExist();
		assertThat(Files.isSymbolicLink(staging)).isFalse();
	}

	@Test
	void whatAVersionHasIsDurableBeforeItIsNamed() {
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		AtomicFileTemplate.builder()
			.files(files)
			.build()
			.publish(this.directory, "dataset", (out) -> out.file("d/f", new byte[1]));
		List<FileCall> calls = files.calls();
		int content = index(calls, Op.SYNC, "f");
		int below = index(calls, Op.SYNC_DIRECTORY, "d");
		int manifest = indexOfRename(calls, "manifest.json");
		int latest = indexOfRename(calls, "latest");
		assertThat(content).isPositive().isLessThan(below);
		assertThat(below).isLessThan(manifest);
		List<String> between = calls.subList(manifest, latest)
			.stream()
			.filter((call) -> call.op() == Op.SYNC_DIRECTORY)
			.map((call) -> call.path().getFileName().toString())
			.toList();
		assertThat(between).hasSize(2).endsWith("dataset");
		assertThat(calls.subList(latest, calls.size())).anyMatch((call) -> call.op() == Op.SYNC_DIRECTORY);
	}

	private static int index(List<FileCall> calls, Op op, String name) {
		for (int i = 0; i < calls.size(); i++) {
			if (calls.get(i).op() == op && calls.get(i).path().getFileName().toString().equals(name)) {
				return i;
			}
		}
		return -1;
	}

	private static int indexOfRename(List<FileCall> calls, String to) {
		for (int i = 0; i < calls.size(); i++) {
			Path other = calls.get(i).other();
			if (calls.get(i).op() == Op.RENAME && other != null && other.getFileName().toString().equals(to)) {
				return i;
			}
		}
		return -1;
	}

	@Test
	void namesOfVersionsRiseWithTimeAndNeverMeet() {
		AtomicFileTemplate fixed = AtomicFileTemplate.builder()
			.clock(() -> Instant.parse("2026-11-28T23:22:15.123Z"))
			.build();
		List<String> names = List.of(
				fixed.publish(this.directory, "dataset", (out) -> out.file("a", new byte[0])).name(),
				fixed.publish(this.directory, "dataset", (out) -> out.file("a", new byte[0])).name());
		assertThat(names).containsExactly("20261128-232215.123", "20261128-232215.124");
		assertThat(Optional.of(names.get(1))).isEqualTo(fixed.publication(this.directory, "dataset").latest());
	}

	@Test
	void wrongNamesAreRefusedBeforeAnythingIsDone() throws IOException {
		for (String name : List.of("", ".hidden", "a/b", "latest", "x.lock", "n".repeat(201))) {
			assertThatThrownBy(() -> publish(name, "")).isInstanceOf(IllegalArgumentException.class);
		}
		for (String path : List.of("", "/abs", "a//b", "../up", "a/../b", "manifest.json", "SHA256SUMS")) {
			assertThatThrownBy(() -> dataset().publish((out) -> out.file(path, new byte[0])))
				.isInstanceOf(IllegalArgumentException.class);
		}
		assertThatThrownBy(() -> this.template.publication(this.directory, "../up"))
			.isInstanceOf(IllegalArgumentException.class);
		assertThat(dataset().list()).isEmpty();
		assertThatThrownBy(() -> dataset().open("latest")).isInstanceOf(TargetMissingException.class);
	}

}
