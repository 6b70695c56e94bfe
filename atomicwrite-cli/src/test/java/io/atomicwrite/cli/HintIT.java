package io.atomicwrite.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hint of a failure is about its cause, not about another one with the same error
 * number.
 */
@Mounts
@RequiresRoot
@RequiresCommand({ "chattr", "bindfs", "setpriv" })
class HintIT extends EndToEnd {

	/** Runs what follows as a user without privileges. */
	private static final String NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nowhere ";

	@ParameterizedTest
	@CsvSource({ "i,f", "a,f", "i,.", "a,." })
	void attributeOfTheFileOrItsDirectoryIsNoMatterOfTheOwner(String attribute, String what) throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted mounted = Mounted.image(file("image"), point, "mkfs.ext4", "-q", "-F")) {
			sh("mkdir mnt/d && echo old > mnt/d/f && chattr +" + attribute + " mnt/d/" + what).silent();
			for (String options : List.of("", "--append", "-b", "--checksum attribute", "--preserve-owner")) {
				Result result = sh("echo new | atomic-write " + options + " mnt/d/f");
				assertThat(result.status()).as(result.err()).isEqualTo(1);
				assertHint(result, "lsattr", "chattr").doesNotContain("owner policy", "--preserve-owner", "--mode");
			}
			sh("chattr -" + attribute + " mnt/d/" + what).silent();
			assertThat(point.resolve("d/f")).hasContent("old\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "atomic-write --append d/f", "atomic-write --diff d/f", "atomic-write -b d/f",
			"atomic-write --backup-timestamp d/f", "atomic-write --checksum sidecar d/f", "atomic-write verify d/f",
			"atomic-write --append --checksum attribute d/f" })
	void oldFileThatCanNotBeReadNeedsReadPermission(String command) throws Exception {
		sh("chmod 755 . && mkdir -m 777 d && echo old > d/f && chmod 600 d/f").silent();
		Result result = sh("echo new | " + NOBODY + command);
		assertThat(result.status()).as(result.err()).isEqualTo(1);
		assertThat(result.err()).contains("Permission denied");
		assertHint(result, "read permission on the file").doesNotContain("write permission", "directory", "lock");
		assertThat(file("d/f")).hasContent("old\n");
	}

	@Test
	void backupsThatCanNotBeWrittenNeedAnotherDirectory() throws Exception {
		sh("chmod 755 . && mkdir -m 777 d && mkdir b && echo old > d/f").silent();
		Result result = sh("echo new | " + NOBODY + "atomic-write -b --backup-dir b d/f");
		assertThat(result.status()).as(result.err()).isEqualTo(1);
		assertHint(result, "--backup-dir", "write and search permission");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--mode 0640" })
	void mountThatForcesTheOwnerNeedsNoMode(String options) throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		sh("chmod 755 . && mkdir -m 777 below && echo old > below/f").silent();
		try (Mounted mounted = Mounted.by(point, "bindfs", "--force-user=65533", "--force-group=65533", "-o",
				"allow_other", file("below").toString(), point.toString())) {
			Result result = sh("echo new | " + NOBODY + "atomic-write -q --safety warn " + options + " mnt/f");
			assertThat(result.status()).as(result.err()).isEqualTo(1);
			assertHint(result, "--no-preserve-mode", "owner of its choice").doesNotContain("--preserve-owner",
					"as root");
			sh("echo new | " + NOBODY + "atomic-write -q --safety warn --no-preserve-mode mnt/f").silent();
			assertThat(file("below/f")).hasContent("new\n");
		}
	}

	/** Such as vfat; the user is root and the owner already. */
	@Test
	void mountThatRefusesModesNeedsNoMode() throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		sh("mkdir below && echo old > below/f && chmod 640 below/f && cp below/f below/f.backup").silent();
		write("list", "{\"path\": \"mnt/f\", \"content\": \"new\"}\n");
		try (Mounted mounted = Mounted.by(point, "bindfs", "--chmod-deny", file("below").toString(),
				point.toString())) {
			for (String command : List.of("mnt/f", "--append mnt/f", "--mode 0600 mnt/f", "batch -i list",
					"restore mnt/f", "set --format properties mnt/f a=b")) {
				Result result = sh("echo new | atomic-write " + command + " --safety best-effort");
				assertThat(result.status()).as(command).isEqualTo(1);
				assertHint(result, "--no-preserve-mode").doesNotContain("as root", "--preserve-owner");
				String without = command.replace("--mode 0600", "") + " --no-preserve-mode --safety best-effort";
				sh("echo new | atomic-write " + without).succeeds();
			}
		}
	}

	@Test
	void inputOnAMountWhoseDaemonIsGoneNeedsTheDaemon() throws Exception {
		Result result = sh("mkdir below dead; echo a=1 > below/f; bindfs -f below dead > /dev/null 2>&1 & n=$!; "
				+ "until mountpoint -q dead; do sleep 0.1; done; kill -9 $n; wait $n; "
				+ "for c in '-i dead/f g' 'get --format properties dead/f a' 'batch -i dead/f'; do atomic-write $c; done; "
				+ "umount -l dead");
		assertThat(result.err().lines().filter((line) -> line.startsWith("Hint: "))).hasSize(3)
			.allMatch((line) -> line.contains("mount it anew"));
	}

	@Test
	void ownerThatCanNotBeKeptIsAMatterOfTheOwner() throws Exception {
		sh("chmod 755 . && mkdir -m 777 d && echo old > d/f && chmod 644 d/f").silent();
		Result result = sh("echo new | " + NOBODY + "atomic-write --preserve-owner d/f");
		assertThat(result.status()).as(result.err()).isEqualTo(1);
		assertHint(result, "--preserve-owner").doesNotContain("--no-preserve-mode", "lsattr");
	}

	@Test
	void noPolicyMakesAReadOnlyFilesystemWritable() throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted mounted = Mounted.tmpfs(point, "size=1m,ro")) {
			Result result = sh("echo new | atomic-write mnt/f");
			result.fails(1, "Read-only file system");
			assertHint(result, "remount").doesNotContain("--safety");
		}
	}

	@Test
	void filesystemWithoutInodesIsFull() throws Exception {
		Path point = Files.createDirectory(file("mnt"));
		try (Mounted mounted = Mounted.tmpfs(point, "size=1m,nr_inodes=2")) {
			sh("echo old > mnt/f").silent();
			for (String options : List.of("", "--lock-file l")) {
				Result result = sh("echo new | atomic-write -q " + options + " mnt/f");
				assertThat(result.status()).as(result.err()).isEqualTo(1);
				assertThat(result.err()).contains("No space left on device");
				assertHint(result, "inodes");
			}
		}
	}

	@Test
	void lockFileThatCanNotBeWrittenMayBeAnother() throws Exception {
		sh("chmod 755 . && mkdir -m 777 d && touch d/f.lock && chmod 600 d/f.lock").silent();
		Result result = sh("echo new | " + NOBODY + "atomic-write d/f");
		result.fails(1, "Permission denied");
		assertHint(result, "write permission on the lock file", "--lock-file");
	}

	private static org.assertj.core.api.AbstractStringAssert<?> assertHint(Result result, String... words) {
		List<String> hints = result.err().lines().filter((line) -> line.startsWith("Hint: ")).toList();
		assertThat(hints).as(result.err()).hasSize(1);
		return assertThat(hints.get(0)).contains(words);
	}

}
