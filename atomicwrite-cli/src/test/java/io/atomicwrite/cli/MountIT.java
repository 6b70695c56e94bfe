package io.atomicwrite.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
	void volatileFilesystemIsWrittenWithAWarning() throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted mounted = Mounted.tmpfs(point, "size=1m")) {
			for (String safety : List.of("", "--safety strict", "--safety warn")) {
				Result result = sh("echo new | atomic-write -b " + safety + " mnt/f").succeeds();
				assertThat(result.err()).startsWith("Warning: mnt/f: CRASH_DURABILITY is UNSUPPORTED on tmpfs at ")
					.contains("not a reboot")
					.hasLineCount(1);
				assertThat(result.out()).isEmpty();
			}
			Result json = sh("echo new | atomic-write --json mnt/f").succeeds();
			assertThat(json.err()).containsOnlyOnce("\"level\":\"warning\"")
				.contains("\"message\":\"CRASH_DURABILITY is UNSUPPORTED", "\"outcome\":\"VISIBLE_NOT_DURABLE\"");
			assertThat(sh("atomic-write restore mnt/f").succeeds().err())
				.startsWith("Warning: mnt/f: CRASH_DURABILITY");
			sh("echo new | atomic-write -q mnt/f; echo more | atomic-write -q --append mnt/f").silent();
			sh("atomic-write restore -q mnt/f; rm -f mnt/*").silent();
			sh("echo new | atomic-write -q mnt/f").silent();
			assertThat(sh("echo new | atomic-write -q --safety warn mnt/f").silent().err()).isEmpty();
			sh("echo new | atomic-write --safety best-effort mnt/f").silent();
			sh("head -c 3000000 /dev/zero | atomic-write --safety best-effort --stream mnt/f").fails(1,
					"No space left on device");
			assertThat(point.resolve("f")).hasContent("new\n");
			assertThat(names(point)).containsExactly("f");
			sh("head -c 3000000 /dev/zero | atomic-write -q --stream mnt/f").fails(1, "No space left on device");
			assertThat(sh("atomic-write doctor --require crash-durability mnt").status()).isEqualTo(1);
		}
	}

	/** Those that write several files warn once for each mount. */
	@Test
	void severalFilesOfAVolatileFilesystemHaveOneWarning() throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted mounted = Mounted.tmpfs(point, "size=1m")) {
			write("list", "{\"path\": \"mnt/a\", \"content\": \"1\"}\n{\"path\": \"mnt/b\", \"content\": \"1\"}\n");
			for (String command : List.of("batch -i list", "batch --all-or-nothing -i list", "publish mnt/data mnt/a",
					"publish mnt/data mnt/b", "rollback mnt/data")) {
				assertThat(sh("atomic-write " + command).succeeds().err()).as(command)
					.startsWith("Warning: ")
					.contains(": CRASH_DURABILITY is UNSUPPORTED on tmpfs at ")
					.hasLineCount(1);
			}
			sh("atomic-write batch -q -i list").silent();
			sh("atomic-write batch --safety best-effort -i list").silent();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "crash-durability", "crash-durability=guaranteed", "crash-durability=best-effort",
			"CRASH_DURABILITY=BEST-EFFORT" })
	void volatileFilesystemIsRefusedWhereDurabilityIsRequired(String required) throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted mounted = Mounted.tmpfs(point, "size=1m")) {
			for (String options : List.of("", "--append", "--stream", "--safety warn", "--safety best-effort")) {
				Result result = sh("echo new | atomic-write --require " + required + " " + options + " mnt/f");
				result.fails(1, "CRASH_DURABILITY must be ");
				assertThat(result.err()).contains("but is UNSUPPORTED on tmpfs", "\nHint: ", "--require")
					.doesNotContain("atomicwrite.", "--safety");
				assertThat(names(point)).isEmpty();
			}
			sh("echo old > mnt/f; echo older > mnt/f.backup").silent();
			Result restored = sh("atomic-write restore --require=" + required + " mnt/f");
			restored.fails(1, "CRASH_DURABILITY must be ");
			assertThat(point.resolve("f")).hasContent("old\n");
		}
	}

	/** Not by its nature: it looks like a disk. */
	@Test
	void diskInMemoryIsRefusedUnlessAllowed() throws Exception {
		Path memory = Files.createDirectory(file("memory"));
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted tmpfs = Mounted.tmpfs(memory, "size=200m");
				Mounted disk = Mounted.image(memory.resolve("image"), point, "mkfs.ext4", "-q", "-F")) {
			Result result = sh("echo new | atomic-write mnt/f");
			result.fails(1, "CRASH_DURABILITY must be BEST_EFFORT but is UNSUPPORTED on ext4");
			assertThat(result.err()).contains("--safety").doesNotContain("atomicwrite.");
			assertThat(names(point)).containsExactly("lost+found");
			sh("echo new | atomic-write --safety best-effort mnt/f").silent();
		}
	}

}
