package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.LockLostException;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What writers that differ in the spelling of the lock file exclude, and what not.
 */
class HiddenLockFileTests {

	private final LockFileRegistry hidden = LockRegistry.fileBuilder().companions(CompanionNames.HIDDEN).build();

	private final LockFileRegistry visible = LockRegistry.file();

	@TempDir
	private Path temporary;

	private Path target;

	private Path hiddenFile;

	private Path visibleFile;

	@BeforeEach
	void names() throws IOException {
		Path directory = this.temporary.toRealPath();
		this.target = directory.resolve("f");
		this.hiddenFile = directory.resolve(".f.lock");
		this.visibleFile = directory.resolve("f.lock");
	}

	@AfterEach
	void close() {
		this.hidden.close();
		this.visible.close();
	}

	@Test
	void onlyTheHiddenLockFileIsThereWhileTheLockIsHeld() {
		try (LockLease lease = this.hidden.tryAcquire(this.target).orElseThrow()) {
			lease.ensureHeld();
			assertThat(this.hiddenFile).exists();
			assertThat(this.visibleFile).doesNotExist();
		}
		assertThat(this.hiddenFile).doesNotExist();
	}

	@Test
	void aHiddenWriterWaitsForAVisibleOne() throws Exception {
		try (ForkedJvm other = LockPeer.start(this.target)) {
			assertThat(other.ask("try")).startsWith("acquired");
			assertThat(this.hidden.tryAcquire(this.target)).isEmpty();
			assertThat(this.hiddenFile).doesNotExist();
			assertThat(this.hidden.inspect(this.target).state()).isEqualTo(LockInfo.State.HELD);
			other.ask("release");
			this.hidden.acquire(this.target, LockRequest.waitUpTo(Duration.ofSeconds(10))).close();
		}
	}

	@Test
	void aVisibleLockFileThatIsThereIsLockedToo() throws IOException {
		Files.createFile(this.visibleFile);
		try (LockLease lease = this.hidden.tryAcquire(this.target).orElseThrow()) {
			assertThat(this.visible.tryAcquire(this.target)).isEmpty();
			lease.ensureHeld();
		}
		this.visible.tryAcquire(this.target).orElseThrow().close();
	}

	@Test
	void aFileWithDataIsNotItsLockFile() throws IOException {
		Files.writeString(this.visibleFile, "dependencies");
		try (LockLease lease = this.hidden.tryAcquire(this.target).orElseThrow()) {
			lease.ensureHeld();
		}
		assertThat(this.visibleFile).hasContent("dependencies");
	}

	@Test
	void aVisibleWriterThatCameLaterIsSeenBeforeTheCommit() {
		try (LockLease lease = this.hidden.tryAcquire(this.target).orElseThrow();
				LockLease later = this.visible.tryAcquire(this.target).orElseThrow()) {
			assertThat(later.target()).isEqualTo(this.target);
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld)
				.withMessageContaining("f.lock")
				.withMessageContaining("atomicwrite.companions");
		}
	}

	@Test
	void leftoversOfBothSpellingsAreFoundAndReleased() throws IOException {
		Files.createFile(this.visibleFile);
		Files.createFile(this.hiddenFile);
		assertThat(this.hidden.leftovers(this.target)).containsExactly(this.hiddenFile, this.visibleFile);
		assertThat(this.visible.leftovers(this.target)).containsExactly(this.visibleFile, this.hiddenFile);
		assertThat(this.visible.releaseLeftover(this.target, this.hiddenFile)).isTrue();
		assertThat(this.visibleFile).exists();
		assertThat(this.hiddenFile).doesNotExist();
		assertThat(this.hidden.releaseLeftover(this.target)).isTrue();
		assertThat(this.visibleFile).doesNotExist();
	}

}
