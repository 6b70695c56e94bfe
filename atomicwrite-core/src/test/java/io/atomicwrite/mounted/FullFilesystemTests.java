package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * On a filesystem that is full for real, a write fails with the target as it was.
 */
@Mounts
@RequiresRoot
@RequiresCommand({ "fallocate", "mkfs.ext4" })
class FullFilesystemTests {

	private static final String FULL = "No space left on device";

	/** More than what is left when not even one block can be had in one piece. */
	private static final byte[] LARGE = new byte[8 << 20];

	/** Room is the subject here, and nothing in memory is durable. */
	private static final WriteOptions OPTIONS = WriteOptions.engineDefaults()
		.toBuilder()
		.safety(SafetyPolicy.BEST_EFFORT)
		.build();

	private static final WriteOptions WITHOUT_LOCK = OPTIONS.toBuilder().lock(LockRequest.none()).build();

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	@TempDir
	private Path temp;

	@AfterEach
	void close() {
		this.template.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "EXT4", "XFS", "BTRFS", "TMPFS" })
	void writeThatDoesNotFitLeavesTheOldContent(RealFilesystem filesystem) throws Exception {
		try (MountedFilesystem mounted = filesystem.mount(this.temp)) {
			Reports.of(this.template, mounted.point());
			Path target = mounted.point().resolve("directory/target");
			this.template.writeString(target, "old", OPTIONS);
			Path filler = Files.createDirectory(mounted.point().resolve("filler"));
			Path room = mounted.point().resolve("room");
			assertThat(take(room, 1 << 20)).isTrue();
			fill(filler);
			assertNoRoom(target, WITHOUT_LOCK);
			assertNoRoomForTheLock(target);
			// now the lock file and a part of the content do fit
			Files.delete(room);
			assertNoRoom(target, OPTIONS);
			for (String name : DirectoryContent.of(filler)) {
				Files.delete(filler.resolve(name));
			}
			this.template.write(target, LARGE, OPTIONS);
			assertThat(target).hasSize(LARGE.length);
		}
	}

	@Test
	void writeWithoutAnInodeLeavesTheOldContent() throws Exception {
		Path image = this.temp.resolve("disk.img");
		Path point = Files.createDirectory(this.temp.resolve("disk"));
		try (Mounted mounted = Mounted.image(image, point, "mkfs.ext4", "-q", "-F", "-N", "32")) {
			Reports.of(this.template, mounted.point());
			Path target = point.resolve("directory/target");
			this.template.writeString(target, "old", OPTIONS);
			Path filler = Files.createDirectory(point.resolve("filler"));
			int files = useInodes(filler);
			assertNoRoom(target, WITHOUT_LOCK);
			assertNoRoomForTheLock(target);
			// now the lock file does fit, and the staging file does not
			Files.delete(filler.resolve("0"));
			assertNoRoom(target, OPTIONS);
			Files.delete(filler.resolve(Integer.toString(files - 1)));
			this.template.write(target, LARGE, OPTIONS);
			assertThat(target).hasSize(LARGE.length);
		}
	}

	/** Without room for the lock file already, whatever the phase that says so. */
	private void assertNoRoomForTheLock(Path target) {
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> this.template.write(target, LARGE, OPTIONS))
			.withMessageContaining(target.toString())
			.withMessageContaining(FULL)
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(target).hasContent("old");
		// an empty lock file may be left: the next holder takes it away
		assertThat(DirectoryContent.of(target.getParent())).isSubsetOf("target", "target.lock");
	}

	private void assertNoRoom(Path target, WriteOptions options) {
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(WriteFailedException.class)
				.isThrownBy(() -> this.template.write(target, LARGE, options))
				.withMessageContaining(target.toString())
				.withMessageContaining(FULL)
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
			assertThat(target).hasContent("old");
			assertThat(DirectoryContent.of(target.getParent())).containsExactly("target");
		}
	}

	/** Takes the room in pieces that get smaller, down to one block. */
	private static void fill(Path filler) throws IOException {
		int pieces = 0;
		for (long size = 512L << 20; size >= 4096; size /= 2) {
			while (take(filler.resolve("piece" + pieces), size)) {
				pieces++;
			}
		}
	}

	private static boolean take(Path piece, long size) throws IOException {
		try {
			Shell.run("fallocate", "-l", Long.toString(size), piece.toString());
			return true;
		}
		catch (IllegalStateException ex) {
			assertThat(ex).hasMessageContaining(FULL);
			Files.deleteIfExists(piece);
			return false;
		}
	}

	private static int useInodes(Path filler) throws IOException {
		int files = 0;
		try {
			while (true) {
				Files.createFile(filler.resolve(Integer.toString(files)));
				files++;
			}
		}
		catch (FileSystemException ex) {
			assertThat(ex).hasMessageContaining(FULL);
			return files;
		}
	}

}
