package io.atomicwrite.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filesystems that are full, can't be written to, or promise too little.
 */
@Mounts
@RequiresRoot
class MountIT extends EndToEnd {

	@ParameterizedTest
	@ValueSource(strings = { "", "--stream", "--append" })
	void fullFilesystemKeepsTheOldContent(String option) throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted full = Mounted.image(file("image"), point, "mkfs.ext4", "-q", "-F")) {
			sh("cd mnt && echo old > f").silent();
			Result result = sh("head -c 60000000 /dev/zero | atomic-write --safety best-effort " + option + " mnt/f");
			result.fails(1, "Error: mnt/f: No space left on device");
			assertThat(result.err()).contains("\nHint: the target is as it was, free space");
			assertThat(point.resolve("f")).hasContent("old\n");
			assertThat(names(point)).containsExactly("f", "lost+found");
			sh("echo new | atomic-write --safety best-effort mnt/f").silent();
		}
	}

	@Test
	void readOnlyFilesystemIsCalledThat() throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted mounted = Mounted.image(file("image"), point, "mkfs.ext4", "-q", "-F")) {
			sh("echo old > mnt/f && mount -o remount,ro mnt").silent();
			sh("echo new | atomic-write mnt/f").fails(1, "Read-only file system");
			assertThat(point.resolve("f")).hasContent("old\n");
			sh("atomic-write housekeep --clean-locks mnt; true").succeeds();
		}
	}

	@Test
	void fileThatIsAMountOfItsOwnIsRefused() throws Exception {
		write("f", "old");
		write("below", "below");
		try (Mounted mounted = Mounted.bind(file("below"), file("f"))) {
			sh("echo new | atomic-write f").fails(1, "Error: f: Device or resource busy: is a mount point of its own");
			assertThat(file("below")).hasContent("below");
		}
		assertThat(names()).containsExactly("below", "f");
	}

	@Test
	void volatileFilesystemIsRefusedUnlessAllowed() throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted mounted = Mounted.tmpfs(point, "size=1m")) {
			Result result = sh("echo new | atomic-write mnt/f");
			result.fails(1, "CRASH_DURABILITY must be BEST_EFFORT but is");
			assertThat(result.err()).contains("--safety").doesNotContain("atomicwrite.");
			assertThat(names(point)).isEmpty();
			assertThat(sh("echo new | atomic-write --safety warn mnt/f").succeeds().err())
				.startsWith("Warning: mnt/f: CRASH_DURABILITY is ");
			assertThat(sh("echo new | atomic-write -q --safety warn mnt/f").silent().err()).isEmpty();
			sh("echo new | atomic-write --safety best-effort mnt/f").silent();
			sh("head -c 3000000 /dev/zero | atomic-write --safety best-effort --stream mnt/f").fails(1,
					"No space left on device");
			assertThat(point.resolve("f")).hasContent("new\n");
			assertThat(names(point)).containsExactly("f");
			sh("atomic-write doctor --require crash-durability mnt").status();
			assertThat(sh("atomic-write doctor --require crash-durability mnt").status()).isEqualTo(1);
		}
	}

}
