package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is reported when, with a clock and events of the test.
 */
class WatchRuleTests {

	private static final WatchOptions POLL = WatchOptions.defaults().withMode(WatchMode.POLL);

	@TempDir
	private Path temp;

	private Path directory = Path.of("");

	private Path file = Path.of("");

	@BeforeEach
	void resolve() throws IOException {
		this.directory = Files.createDirectory(this.temp.toRealPath().resolve("directory"));
		this.file = this.directory.resolve("file");
	}

	@Test
	void theFirstSettledStateIsReported() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			stage.watch(this.file);
			assertThat(stage.pass(249).looks()).isEmpty();
			assertThat(stage.pass(1).looks()).containsExactly("first");
			assertThat(stage.pass(60_000).looks()).isEmpty();
		}
	}

	@Test
	void whatIsKnownIsNotReported() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			stage.watch(this.file).seen("first".getBytes(UTF_8));
			assertThat(stage.pass(60_000).looks()).isEmpty();
		}
	}

	@Test
	void anEventLeadsToALookAndTheQuietPeriodToAReport() throws IOException {
		try (WatchStage stage = settled("first")) {
			Files.writeString(this.file, "second");
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(249).looks()).isEmpty();
			assertThat(stage.pass(1).looks()).containsExactly("second");
		}
	}

	@Test
	void anEventOfAnotherNameLeadsToNoLook() throws IOException {
		try (WatchStage stage = settled("first")) {
			Files.writeString(this.file, "second");
			stage.events().fire(this.directory, "other");
			assertThat(stage.pass(4000).looks()).isEmpty();
		}
	}

	@Test
	void aChangeWithoutAnEventIsFoundByThePollAfterFiveSeconds() throws IOException {
		try (WatchStage stage = settled("first")) {
			// after 250 ms it has settled
			stage.pass(4300);
			Files.writeString(this.file, "second");
			assertThat(stage.pass(5150).looks()).isEmpty();
			assertThat(stage.pass(50).looks()).containsExactly("second");
		}
	}

	@Test
	void aBurstIsOneReport() throws IOException {
		try (WatchStage stage = settled("first")) {
			for (int i = 0; i < 100; i++) {
				Files.writeString(this.file, "change " + i);
				stage.events().fire(this.directory, "file");
				stage.pass(10);
			}
			assertThat(stage.looks()).isEmpty();
			assertThat(stage.pass(60_000).looks()).containsExactly("change 99");
		}
	}

	@Test
	void aWriterThatPausesForLessThanTheQuietPeriodIsNeverReportedHalfway() throws IOException {
		for (WatchOptions options : new WatchOptions[] { WatchOptions.defaults(), POLL }) {
			Files.deleteIfExists(this.file);
			try (WatchStage stage = settled("a whole content", options)) {
				Files.writeString(this.file, "a whole");
				check(stage, options);
				for (int part = 0; part < 40; part++) {
					stage.pass(249);
					Files.writeString(this.file, " part", java.nio.file.StandardOpenOption.APPEND);
					check(stage, options);
				}
				assertThat(stage.looks()).isEmpty();
				assertThat(stage.pass(6000).looks()).containsExactly("a whole" + " part".repeat(40));
			}
		}
	}

	private void check(WatchStage stage, WatchOptions options) {
		if (options.mode() == WatchMode.AUTO) {
			stage.events().fire(this.directory, "file");
		}
	}

	@Test
	void aFileThatWasTruncatedWaitsForASecond() throws IOException {
		try (WatchStage stage = settled("a whole content")) {
			Files.writeString(this.file, "");
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(999).looks()).isEmpty();
			Files.writeString(this.file, "another content");
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(250).looks()).containsExactly("another content");
		}
	}

	@Test
	void aGapBetweenTwoRenamesIsNotReported() throws IOException {
		try (WatchStage stage = settled("first")) {
			Files.move(this.file, this.directory.resolve("file~"));
			stage.events().fire(this.directory, "file", "file~");
			assertThat(stage.pass(900).looks()).isEmpty();
			Files.writeString(this.file, "second");
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(60_000).looks()).containsExactly("second");
		}
	}

	@Test
	void aFileThatStaysAwayIsReportedOnceAndWatchedFurther() throws IOException {
		try (WatchStage stage = settled("first")) {
			Files.delete(this.file);
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(60_000).looks()).containsExactly("MISSING");
			Files.writeString(this.file, "first");
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(60_000).looks()).containsExactly("first");
		}
	}

	@Test
	void aTouchIsNoNews() throws IOException {
		try (WatchStage stage = settled("first")) {
			stage.reads();
			Files.setLastModifiedTime(this.file, java.nio.file.attribute.FileTime.fromMillis(1));
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(60_000).looks()).isEmpty();
			assertThat(stage.reads()).as("read, and read again when its time is old").isEqualTo(2);
		}
	}

	@Test
	void anUnchangedFileIsReadTwiceAndNeverAgain() throws IOException {
		try (WatchStage stage = settled("first")) {
			stage.pass(5_000);
			assertThat(stage.reads()).isEqualTo(2);
			stage.pass(600_000);
			assertThat(stage.reads()).isZero();
		}
	}

	@Test
	void anOlderContentThatComesBackIsNews() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			FileWatch watch = stage.watch(this.file);
			stage.pass(6000);
			own(watch, "second");
			own(watch, "third");
			assertThat(stage.pass(60_000).looks()).containsExactly("first");
			Files.writeString(this.file, "second");
			assertThat(stage.pass(60_000).looks()).containsExactly("second");
		}
	}

	private void own(FileWatch watch, String content) throws IOException {
		try (FileWatch.Hold hold = watch.hold()) {
			Files.writeString(this.file, content);
			watch.seen(content.getBytes(UTF_8));
		}
	}

	@Test
	void nothingIsReportedDuringAnOwnWriteHoweverLongItTakes() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			FileWatch watch = stage.watch(this.file);
			stage.pass(6000).looks();
			FileWatch.Hold hold = watch.hold();
			Files.writeString(this.file, "second");
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(60_000).looks()).isEmpty();
			watch.seen("second".getBytes(UTF_8));
			hold.close();
			hold.close();
			assertThat(stage.pass(60_000).looks()).isEmpty();
			Files.writeString(this.file, "third");
			assertThat(stage.pass(60_000).looks()).containsExactly("third");
		}
	}

	@Test
	void aForeignEditDuringAnOwnWriteIsReportedAfterIt() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			FileWatch watch = stage.watch(this.file);
			stage.pass(6000).looks();
			try (FileWatch.Hold hold = watch.hold()) {
				Files.writeString(this.file, "own");
				watch.seen("own".getBytes(UTF_8));
				Files.writeString(this.file, "foreign");
			}
			assertThat(stage.pass(270).looks()).containsExactly("foreign");
		}
	}

	@Test
	void aLookThatAnOwnWriteHasOvertakenIsMadeAgain() throws IOException {
		Files.writeString(this.file, "first");
		HookedFileOps files = new HookedFileOps(FileOps.system());
		try (WatchStage stage = new WatchStage(files)) {
			FileWatch watch = stage.watch(this.file);
			stage.pass(6000).looks();
			Files.writeString(this.file, "foreign");
			watch.check();
			stage.pass(100);
			// between the read and its end another commit and its announcement
			files.after((call) -> call.op() == Op.STAT && call.path().equals(this.file), 2,
					() -> watch.seen("own".getBytes(UTF_8)));
			stage.pass(200);
			assertThat(files.ran()).isTrue();
			assertThat(stage.looks()).isEmpty();
			assertThat(stage.pass(60_000).looks()).containsExactly("foreign");
		}
	}

	@Test
	void aFileThatChangesWhileItIsReadIsReadAgain() throws IOException {
		Files.writeString(this.file, "first");
		HookedFileOps files = new HookedFileOps(FileOps.system());
		files.after((call) -> call.op() == Op.OPEN_READ, 1, () -> Files.writeString(this.file, "second one"));
		try (WatchStage stage = new WatchStage(files)) {
			stage.watch(this.file);
			assertThat(stage.pass(499).looks()).isEmpty();
			assertThat(stage.pass(1).looks()).containsExactly("second one");
			assertThat(files.ran()).isTrue();
		}
	}

	@Test
	void aFileThatIsTooLargeIsNotRead() throws IOException {
		Files.writeString(this.file, "0123456789");
		try (WatchStage stage = new WatchStage()) {
			stage.watch(this.file, WatchOptions.defaults().withMaxSize(9));
			assertThat(stage.pass(60_000).looks()).containsExactly("TOO LARGE 10");
			assertThat(stage.reads()).isZero();
			Files.writeString(this.file, "012345678");
			assertThat(stage.pass(60_000).looks()).containsExactly("012345678");
		}
	}

	@Test
	void whatIsNoRegularFileIsNotRead() throws IOException {
		Files.createDirectory(this.file);
		try (WatchStage stage = new WatchStage()) {
			stage.watch(this.file);
			assertThat(stage.pass(60_000).looks())
				.containsExactly("UNREADABLE " + this.file + " is a directory, not a regular file");
		}
	}

	@Test
	void aFailedReadIsReportedOnceAndTriedAtEachPoll() throws IOException {
		Files.writeString(this.file, "first");
		FailingReads files = new FailingReads(FileOps.system());
		files.fail("Input/output error");
		try (WatchStage stage = new WatchStage(files)) {
			stage.watch(this.file);
			assertThat(stage.pass(60_000).looks()).containsExactly("UNREADABLE Input/output error");
			assertThat(stage.reads()).isGreaterThan(10);
			files.fail(null);
			assertThat(stage.pass(5000).looks()).containsExactly("first");
		}
	}

	@Test
	void aFailedLookIsReportedOnceAndTriedAtEachPoll() throws IOException {
		Files.createSymbolicLink(this.file, this.file);
		try (WatchStage stage = new WatchStage()) {
			stage.watch(this.file);
			assertThat(stage.pass(60_000).looks()).singleElement().asString().startsWith("UNREADABLE ");
			Files.delete(this.file);
			Files.writeString(this.file, "first");
			assertThat(stage.pass(6000).looks()).containsExactly("first");
		}
	}

	@Test
	void aListenerThatThrowsEndsNothing() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			FileWatch watch = stage.watch(this.file, WatchOptions.defaults(), (look) -> {
				throw new NoClassDefFoundError("missing");
			});
			assertThat(stage.pass(6000).looks()).containsExactly("first");
			assertThat(watch.status().failedCalls()).isEqualTo(1);
			Files.writeString(this.file, "second");
			assertThat(stage.pass(6000).looks()).containsExactly("second");
			assertThat(watch.status().failedCalls()).isEqualTo(2);
		}
	}

	@Test
	void aListenerMayCloseItsWatchAndBeginAnother() throws IOException {
		Files.writeString(this.file, "first");
		Path other = Files.writeString(this.directory.resolve("other"), "other");
		try (WatchStage stage = new WatchStage()) {
			AtomicReference<FileWatch> watch = new AtomicReference<>();
			watch.set(stage.watch(this.file, WatchOptions.defaults(), (look) -> {
				watch.get().close();
				stage.watch(other);
			}));
			assertThat(stage.pass(6000).looks()).containsExactly("first", "other");
			Files.writeString(this.file, "second");
			assertThat(stage.pass(6000).looks()).isEmpty();
		}
	}

	@Test
	void aClosedWatchLeavesNothing() throws IOException {
		try (WatchStage stage = new WatchStage()) {
			FileWatch watch = stage.watch(this.file);
			stage.pass(6000);
			assertThat(stage.events().registered()).containsExactly(this.directory);
			watch.close();
			watch.check();
			stage.pass(1000).looks();
			assertThat(stage.events().registered()).isEmpty();
			assertThat(stage.watcher().schedule().size()).isZero();
			Files.writeString(this.file, "first");
			assertThat(stage.pass(60_000).looks()).isEmpty();
		}
	}

	@Test
	void twoFilesOfADirectoryTakeOneRegistration() {
		try (WatchStage stage = new WatchStage()) {
			FileWatch first = stage.watch(this.file);
			FileWatch second = stage.watch(this.directory.resolve("other"));
			stage.pass(60_000);
			assertThat(stage.events().registrations()).isEqualTo(1);
			first.close();
			stage.pass(1000);
			assertThat(stage.events().registered()).hasSize(1);
			second.close();
			stage.pass(1000);
			assertThat(stage.events().registered()).isEmpty();
		}
	}

	@Test
	void aDirectoryThatWasReplacedIsRegisteredAgainByThePoll() throws IOException {
		try (WatchStage stage = settled("first")) {
			Files.move(this.directory, this.temp.resolve("away"));
			Files.createDirectory(this.directory);
			Files.writeString(this.file, "second");
			assertThat(stage.pass(5250).looks()).containsExactly("second");
			assertThat(stage.events().registrations()).isEqualTo(2);
			Files.writeString(this.file, "third");
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(250).looks()).containsExactly("third");
		}
	}

	@Test
	void aDirectoryThatWasDeletedIsAwaitedInTheNearestOne() throws IOException {
		try (WatchStage stage = settled("first")) {
			Files.delete(this.file);
			Files.delete(this.directory);
			stage.events().invalidate(this.directory);
			assertThat(stage.pass(1000).looks()).containsExactly("MISSING");
			Path parent = this.directory.getParent();
			assertThat(stage.events().registered()).containsExactly(parent);
			Files.createDirectory(this.directory);
			stage.events().fire(parent, "directory");
			stage.pass(30);
			assertThat(stage.events().registered()).containsExactly(this.directory);
			Files.writeString(this.file, "second");
			stage.events().fire(this.directory, "file");
			assertThat(stage.pass(270).looks()).containsExactly("second");
		}
	}

	@Test
	void aLinkThatLeadsElsewhereIsFollowed() throws IOException {
		Path first = Files.createDirectory(this.directory.resolve("v1"));
		Path second = Files.createDirectory(this.directory.resolve("v2"));
		Files.writeString(first.resolve("name"), "one");
		Files.writeString(second.resolve("name"), "two");
		Files.createSymbolicLink(this.directory.resolve("..data"), Path.of("v1"));
		Files.createSymbolicLink(this.file, Path.of("..data/name"));
		try (WatchStage stage = new WatchStage()) {
			stage.watch(this.file);
			assertThat(stage.pass(6000).looks()).containsExactly("one");
			assertThat(stage.events().registered()).containsExactlyInAnyOrder(this.directory, first);
			Files.createSymbolicLink(this.directory.resolve("..data_tmp"), Path.of("v2"));
			Files.move(this.directory.resolve("..data_tmp"), this.directory.resolve("..data"),
					StandardCopyOption.ATOMIC_MOVE);
			stage.events().fire(this.directory, "..data", "..data_tmp");
			assertThat(stage.pass(270).looks()).containsExactly("two");
			assertThat(stage.events().registered()).containsExactlyInAnyOrder(this.directory, second);
		}
	}

	@Test
	void lostEventsLeadToALook() throws IOException {
		try (WatchStage stage = settled("first")) {
			Files.writeString(this.file, "second");
			stage.events().overflow(this.directory);
			assertThat(stage.pass(250).looks()).containsExactly("second");
		}
	}

	@Test
	void anInvalidKeyIsReplacedByThePoll() throws IOException {
		try (WatchStage stage = settled("first")) {
			stage.events().invalidate(this.directory);
			stage.pass(5000);
			assertThat(stage.events().registered()).containsExactly(this.directory);
			assertThat(stage.events().registrations()).isEqualTo(2);
		}
	}

	@Test
	void withoutEventsItPollsEachSecondAndSaysWhyAndTriesAgain() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			stage.refuse("User limit of inotify instances reached or too many open files");
			FileWatch watch = stage.watch(this.file);
			assertThat(stage.pass(1000).looks()).containsExactly("first");
			assertThat(watch.status().events()).isFalse();
			assertThat(watch.status().pollInterval()).isEqualTo(Duration.ofSeconds(1));
			assertThat(watch.status().reason()).hasValueSatisfying((reason) -> assertThat(reason)
				.contains("User limit of inotify instances reached or too many open files"));
			Files.writeString(this.file, "second");
			assertThat(stage.pass(1250).looks()).containsExactly("second");
			stage.refuse(null);
			stage.pass(31_000);
			assertThat(watch.status()).isEqualTo(new WatchStatus(true, Duration.ofSeconds(5), Optional.empty(), 0));
			assertThat(stage.events().registered()).containsExactly(this.directory);
		}
	}

	@Test
	void aDirectoryThatIsRefusedIsPolledAndTriedAgain() throws IOException {
		try (WatchStage stage = settled("first")) {
			FileWatch other = stage.watch(this.temp.resolve("other"));
			stage.events().refuse("User limit of inotify watches reached");
			stage.pass(6000).looks();
			assertThat(other.status().events()).isFalse();
			assertThat(other.status().reason())
				.hasValueSatisfying((reason) -> assertThat(reason).contains("User limit of inotify watches reached"));
			Files.writeString(this.temp.resolve("other"), "other");
			assertThat(stage.pass(1250).looks()).containsExactly("other");
			stage.events().refuse(null);
			stage.pass(31_000);
			assertThat(other.status().events()).isTrue();
			assertThat(other.status().reason()).isEmpty();
		}
	}

	@Test
	void aSourceThatBreaksDownIsReplaced() throws IOException {
		try (WatchStage stage = settled("first")) {
			FakeEvents broken = stage.events();
			broken.breakDown();
			Files.writeString(this.file, "second");
			assertThat(stage.pass(270).looks()).containsExactly("second");
			assertThat(broken.isClosed()).isTrue();
			stage.pass(31_000);
			assertThat(stage.sources()).isEqualTo(2);
			assertThat(stage.events().registered()).containsExactly(this.directory);
		}
	}

	@Test
	void filesystemsWhoseEventsAreNotCompleteArePolledEachSecond() throws IOException {
		Files.writeString(this.file, "first");
		for (String type : new String[] { "overlay", "nfs4", "cifs", "fuse.sshfs", "fuse.unheard-of", "unheard-of" }) {
			try (WatchStage stage = new WatchStage(new PretendedMount(FileOps.system(), type))) {
				FileWatch watch = stage.watch(this.file);
				stage.pass(6000);
				assertThat(watch.status().pollInterval()).as(type).isEqualTo(Duration.ofSeconds(1));
			}
		}
		for (String type : new String[] { "ext4", "xfs", "btrfs", "tmpfs", "squashfs" }) {
			try (WatchStage stage = new WatchStage(new PretendedMount(FileOps.system(), type))) {
				FileWatch watch = stage.watch(this.file);
				stage.pass(6000);
				assertThat(watch.status()).as(type)
					.isEqualTo(new WatchStatus(true, Duration.ofSeconds(5), Optional.empty(), 0));
			}
		}
	}

	@Test
	void aFileThatIsAMountPointIsPolledEachSecond() throws IOException {
		Files.writeString(this.file, "first");
		FileOps mounted = new ForwardingFileOps(new PretendedMount(FileOps.system(), "ext4")) {

			@Override
			public boolean isMountPoint(Path canonical) {
				return canonical.equals(WatchRuleTests.this.file);
			}

		};
		try (WatchStage stage = new WatchStage(mounted)) {
			FileWatch watch = stage.watch(this.file);
			stage.pass(6000);
			assertThat(watch.status()).isEqualTo(new WatchStatus(true, Duration.ofSeconds(1), Optional.empty(), 0));
		}
	}

	@Test
	void aDirectoryOnAFilesystemThatMayHangIsNotRegistered() throws IOException {
		for (String type : new String[] { "nfs4", "fuse.sshfs" }) {
			try (WatchStage stage = new WatchStage(new PretendedMount(FileOps.system(), type))) {
				FileWatch watch = stage.watch(this.file);
				stage.pass(6000);
				assertThat(stage.events().registrations()).isZero();
				assertThat(watch.status().reason()).isPresent();
			}
		}
	}

	@Test
	void pollingUsesNoEvents() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			FileWatch watch = stage.watch(this.file, POLL.withPollInterval(Duration.ofSeconds(3)));
			assertThat(stage.pass(250).looks()).containsExactly("first");
			assertThat(stage.sources()).isZero();
			assertThat(watch.status()).isEqualTo(new WatchStatus(false, Duration.ofSeconds(3), Optional.empty(), 0));
			stage.pass(3000);
			Files.writeString(this.file, "second");
			assertThat(stage.pass(3250).looks()).containsExactly("second");
		}
	}

	@Test
	void offLooksOnRequestAlone() throws IOException {
		Files.writeString(this.file, "first");
		try (WatchStage stage = new WatchStage()) {
			FileWatch watch = stage.watch(this.file, WatchOptions.defaults().withMode(WatchMode.OFF));
			assertThat(stage.pass(600_000).looks()).isEmpty();
			watch.check();
			assertThat(stage.pass(250).looks()).containsExactly("first");
			Files.writeString(this.file, "second");
			assertThat(stage.pass(600_000).looks()).isEmpty();
			assertThat(stage.sources()).isZero();
			watch.check();
			assertThat(stage.pass(250).looks()).containsExactly("second");
		}
	}

	@Test
	void aLookOnRequestReadsBetweenEqualSignatures() throws IOException {
		Files.writeString(this.file, "first");
		HookedFileOps files = new HookedFileOps(FileOps.system());
		files.after((call) -> call.op() == Op.OPEN_READ, 1, () -> Files.writeString(this.file, "second one"));
		FileWatcher watcher = FileWatcher.create(files);
		Look look = watcher.look(this.file, 100);
		assertThat(WatchStage.text(look)).isEqualTo("second one");
		Signature signature = watcher.signature(this.file).orElseThrow();
		assertThat(look).isInstanceOfSatisfying(Look.Content.class,
				(content) -> assertThat(content.signature()).isEqualTo(signature));
		assertThat(WatchStage.text(watcher.look(this.file, 9))).isEqualTo("TOO LARGE 10");
		assertThat(watcher.look(this.directory.resolve("none"), 9)).isInstanceOf(Look.Missing.class);
		assertThat(watcher.signature(this.directory.resolve("none"))).isEmpty();
	}

	@Test
	void optionsThatCannotBeAreRefused() {
		WatchOptions options = WatchOptions.defaults();
		assertThatIllegalArgumentException().isThrownBy(() -> options.withQuietPeriod(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> options.withPollInterval(Duration.ofMillis(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxSize(0));
	}

	@Test
	void aClosedWatcherWatchesNothing() {
		FileWatcher watcher = FileWatcher.create(FileOps.system());
		watcher.close();
		watcher.close();
		assertThatIllegalStateException().isThrownBy(() -> watcher.watch(this.file, WatchOptions.defaults(), (look) -> {
		}));
	}

	private WatchStage settled(String content) throws IOException {
		return settled(content, WatchOptions.defaults());
	}

	private WatchStage settled(String content, WatchOptions options) throws IOException {
		Files.writeString(this.file, content);
		WatchStage stage = new WatchStage();
		stage.watch(this.file, options);
		assertThat(stage.pass(1000).looks()).containsExactly(content);
		return stage;
	}

}
