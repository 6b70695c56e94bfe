package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockScope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a registry of lock files must do in addition: which files there are, and when.
 */
public abstract class LockFileContract extends ExternalLockContract {

	private final boolean keepsFile;

	/**
	 * Creates the contract for a kind of registry.
	 * @param keepsFile whether a lock file stays after the release
	 */
	protected LockFileContract(boolean keepsFile) {
		super(LockScope.HOST);
		this.keepsFile = keepsFile;
	}

	@Override
	protected abstract LockFileRegistry create(List<LockListener> listeners);

	private LockFileRegistry registry() {
		return (LockFileRegistry) locks();
	}

	private Path lockFile() {
		return target().resolveSibling("config.json.lock");
	}

	@Test
	void leaseMarksItsWriterByTheLockFileBesideTheTarget() {
		assertThat(locks().leaseMarksWriter()).isTrue();
		locks().acquire(target(), SOON);
		assertThat(lockFile()).isRegularFile();
	}

	@Test
	void lockFileIsLeftOverAfterTheReleaseOnlyIfItIsKept() {
		LockLease lease = locks().acquire(target(), SOON);
		assertThat(registry().leftover(target())).isEmpty();
		lease.close();
		assertThatTheFileIsKeptOrGone();
		assertThat(lease.leftover()).isEmpty();
	}

	@Test
	void lockFileIsLeftOverAfterTheCloseOnlyIfItIsKept() {
		locks().acquire(target(), SOON);
		locks().close();
		assertThatTheFileIsKeptOrGone();
	}

	private void assertThatTheFileIsKeptOrGone() {
		assertThat(locks().inspect(target()).state()).isEqualTo(LockInfo.State.FREE);
		if (this.keepsFile) {
			assertThat(registry().leftover(target())).contains(lockFile());
		}
		else {
			assertThat(registry().leftover(target())).isEmpty();
			assertThat(lockFile()).doesNotExist();
		}
	}

	@Test
	void leftoverLockFileIsFoundAndReleased() throws IOException {
		Files.createFile(lockFile());
		Path link = Files.createSymbolicLink(target().resolveSibling("link"), target());
		assertThat(registry().leftover(link)).contains(lockFile());
		assertThat(locks().inspect(target()).state()).isEqualTo(LockInfo.State.FREE);
		assertThat(registry().releaseLeftover(link)).isTrue();
		assertThat(lockFile()).doesNotExist();
		assertThat(registry().releaseLeftover(target())).isFalse();
	}

	@Test
	void heldLockFileIsNotLeftOver() {
		try (LockFileRegistry other = create(List.of()); LockLease lease = other.acquire(target(), SOON)) {
			for (LockFileRegistry registry : List.of(registry(), other)) {
				assertThat(registry.leftover(target())).isEmpty();
				assertThat(registry.releaseLeftover(target())).isFalse();
			}
			lease.ensureHeld();
		}
	}

}
