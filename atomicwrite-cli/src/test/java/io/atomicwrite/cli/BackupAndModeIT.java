package io.atomicwrite.cli;

import java.nio.file.Files;
import java.util.List;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of the old file: its content, mode and owner.
 */
@Forks
@RequiresCommand({ "jq", "strace", "setpriv", "setfacl", "chattr" })
class BackupAndModeIT extends EndToEnd {

	private static final String AS_ANOTHER_USER = "setpriv --reuid 65534 --regid 65534 --clear-groups "
			+ "./image/bin/atomic-write ";

	@Test
	void keepsOneBackup() throws Exception {
		sh("echo 1 | atomic-write -b f").silent();
		assertThat(names()).containsExactly("f");
		sh("echo 2 | atomic-write --backup f && echo 3 | atomic-write --backup f").silent();
		assertThat(file("f.backup")).hasContent("2\n");
		assertThat(names()).containsExactly("f", "f.backup");
	}

	@Test
	void backupGetsItsNameInOneStepAndBeforeTheContent() throws Exception {
		write("f", "1");
		write("f.backup", "0");
		sh("echo 2 | strace -f -o calls -e trace=rename,renameat,renameat2 atomic-write -b f").succeeds();
		assertThat(Files.readAllLines(file("calls"))).filteredOn((call) -> call.contains("rename"))
			.satisfiesExactly(
					(call) -> assertThat(call).matches(".*/\\.f\\.backup\\.[0-9a-f]+\\.tmp\".*/f\\.backup\"\\) += 0"),
					(call) -> assertThat(call).matches(".*/\\.f\\.[0-9a-f]+\\.tmp\".*/f\"\\) += 0"));
	}

	@Test
	void suffixAndDirectoryCanBeChosen() throws Exception {
		write("f", "1\n");
		sh("echo 2 | atomic-write --backup-suffix .bak f && echo 3 | atomic-write --backup --backup-dir old f")
			.silent();
		assertThat(file("f.bak")).hasContent("1\n");
		assertThat(file("old/f.backup")).hasContent("2\n");
		sh("mkdir sub && echo 4 | atomic-write sub/g && echo 5 | atomic-write --backup-dir old sub/g").silent();
		assertThat(file("old/g.backup")).hasContent("4\n");
	}

	@Test
	void keepsGenerations() throws Exception {
		sh("for n in 1 2 3 4; do echo $n | atomic-write --backup-timestamp f; done").silent();
		assertThat(names()).hasSize(4).allMatch((name) -> name.matches("f(\\.\\d{8}-\\d{6}(-\\d)?\\.backup)?"));
		sh("echo 5 | atomic-write --keep 2 f").silent();
		assertThat(names()).hasSize(3);
		assertThat(sh("atomic-write restore --list f").succeeds().out().lines()).hasSize(2);
		sh("atomic-write restore -q f && cat f").succeeds();
		assertThat(file("f")).hasContent("4\n");
	}

	@Test
	void backupHasTheModeOfWhatItKeepsUnlessChosen() {
		sh("echo 1 > f && chmod 600 f && echo 2 | atomic-write -b -m 644 f").silent();
		assertThat(modes("f f.backup")).isEqualTo("644\n600\n");
		sh("echo 3 | atomic-write -b --backup-mode 0400 f").silent();
		assertThat(modes("f.backup")).isEqualTo("400\n");
	}

	@Test
	void keepsTheModeUnlessToldOtherwise() {
		sh("umask 027; echo 1 | atomic-write new && echo 1 > f && chmod 604 f && echo 2 | atomic-write f").silent();
		assertThat(modes("new f")).isEqualTo("640\n604\n");
		sh("umask 027; echo 3 | atomic-write --preserve-mode f").silent();
		assertThat(modes("f")).isEqualTo("604\n");
		sh("umask 027; echo 3 | atomic-write --no-preserve-mode f").silent();
		assertThat(modes("f")).isEqualTo("640\n");
		sh("umask 077; echo 4 | atomic-write --mode 0666 f && echo 5 | atomic-write -m 0640 other").silent();
		assertThat(modes("f other")).isEqualTo("666\n640\n");
	}

	@Test
	void stagingFileIsNoMoreOpenThanTheFile() throws Exception {
		try (Running writer = start("atomic-write", "--stream", "-m", "600", "f").type(new byte[100_000])) {
			patiently().until(() -> names().stream().anyMatch((name) -> name.endsWith(".tmp")));
			assertThat(modes(".f.*.tmp")).isEqualTo("600\n");
			writer.end().silent();
		}
	}

	@Test
	@RequiresRoot
	void keepsTheOwnerUnlessToldOtherwise() {
		sh("echo 1 > f && chmod 600 f && chown 65534:65533 f").silent();
		for (String option : List.of("", "--try-preserve-owner", "--preserve-owner")) {
			sh("echo 2 | atomic-write " + option + " f").silent();
			assertThat(sh("stat -c %u:%g:%a f").out()).isEqualTo("65534:65533:600\n");
		}
		sh("chmod 664 f").silent();
		Result result = sh("echo 3 | atomic-write -v --no-preserve-owner f").succeeds();
		assertThat(sh("stat -c %u:%g:%a f").out()).isEqualTo("0:0:644\n");
		assertThat(result.err()).contains("Lost: mode (0664 has become 0644");
		sh("chmod 600 f && chown 65534 f").silent();
		assertThat(sh("echo 4 | atomic-write --no-preserve-owner f").succeeds().err())
			.contains("Warning: f: belongs to user 0 now", "user 65534, can't read it any more");
	}

	@Test
	@RequiresRoot
	void rightsStayWithThoseTheyWereGivenTo() {
		sh("echo 1 > f && chgrp 65533 f && chmod 600 f && setfacl -m u:65534:rw f && getfacl f > before").silent();
		sh("for n in 1 2; do echo $n | atomic-write f; done; echo 3 | atomic-write --append -b --backup-dir b f")
			.silent();
		sh("getfacl f | diff before - && getfacl b/f.backup | sed s,b/f.backup,f, | diff before -").silent();
		sh("echo 4 | atomic-write -m 640 f && getfacl -c f").succeeds();
		assertThat(sh("getfacl -c f").out()).doesNotContain("65534");
		sh("mkdir d && echo 1 > d/f && chmod 640 d/f && setfacl -d -m u:65534:rw d && echo 2 | atomic-write d/f")
			.silent();
		assertThat(sh("getfacl -c d/f").out()).doesNotContain("65534");
		sh("mkdir s && chmod 777 s && echo 1 > s/f && chown 65534:65533 s/f && chmod 660 s/f").silent();
		open();
		Result result = sh("echo 2 | " + AS_ANOTHER_USER + "-v s/f").succeeds();
		assertThat(result.err()).contains("Lost: group (group 65533: Operation not permitted)",
				"Lost: mode (0660 has become 0600");
		assertThat(sh("stat -c %u:%g:%a s/f").out()).isEqualTo("65534:65534:600\n");
	}

	@Test
	@RequiresRoot
	void saysWhatIsLost() {
		sh("echo 1 > f && ln f g && chattr +d f && truncate -s 1M f").silent();
		assertThat(sh("echo 2 | atomic-write -v f").succeeds().err()).contains("Lost: hard links (1 other name",
				"Lost: inode flags (flags d of lsattr)", "Lost: sparse regions (");
		sh("rm g; ln f g").silent();
		assertThat(sh("echo 2 | atomic-write --json f").succeeds().err())
			.contains("\"notCarried\":{\"HARD_LINKS\":\"1 other name", "\"notExamined\":[]");
		sh("echo 3 | atomic-write -b f && ln -f f.backup h && chattr +d f.backup").silent();
		assertThat(sh("atomic-write restore -v f").succeeds().err()).contains("Lost: inode flags (flags d of lsattr)");
	}

	@Test
	@RequiresRoot
	void ownerThatMayNotBeKeptIsAnErrorOrNot() throws Exception {
		sh("mkdir d && chmod 777 d && echo 1 > d/f && chmod 666 d/f").silent();
		open();
		String other = "echo 2 | " + AS_ANOTHER_USER;
		sh(other + "--preserve-owner d/f").fails(1, "d/f: ");
		assertThat(file("d/f")).hasContent("1\n");
		sh(other + "--try-preserve-owner d/f").silent();
		assertThat(file("d/f")).hasContent("2\n");
		assertThat(names(file("d"))).containsExactly("f");
	}

	@Test
	@RequiresRoot
	void otherUserIsDeniedWithTheNameOfTheLockFile() throws Exception {
		sh("mkdir d && echo 1 > d/f").silent();
		open();
		String other = "echo 2 | " + AS_ANOTHER_USER;
		Result result = sh(other + "d/f");
		result.fails(1, "d/f.lock: ");
		assertThat(result.err()).contains("Permission denied",
				"\nHint: give this user write permission on the lock file");
		sh(other + "-i secret d/f".replace("-i secret", "-i " + secret())).fails(1, "secret: Permission denied");
		assertThat(file("d/f")).hasContent("1\n");
	}

	/** As a rename has it: what counts is the permission of the directory. */
	@Test
	@RequiresRoot
	void fileWithoutWritePermissionIsReplacedAndKeepsItsMode() {
		sh("mkdir d && echo 1 > d/f && chown -R 65534 d && chmod 444 d/f").silent();
		open();
		sh("echo 2 | " + AS_ANOTHER_USER + "d/f").silent();
		assertThat(file("d/f")).hasContent("2\n");
		assertThat(modes("d/f")).isEqualTo("444\n");
	}

	@Test
	@RequiresRoot
	void lockFileThatCanNotBeDeletedIsReportedAndFailsNothing() {
		sh("mkdir d && chown 65534 d").silent();
		open();
		String other = AS_ANOTHER_USER + "lock ";
		Result result = sh(other + "d/f -- chmod a-w d").succeeds();
		assertThat(result.out()).isEmpty();
		assertThat(result.err())
			.matches("Warning: d/f: the lock file /.*/d/f.lock can't be deleted: Permission denied; "
					+ "it remains, and is harmless\n");
		assertThat(names(file("d"))).containsExactly("f.lock");
		assertThat(sh(other + "d/f -- sh -c 'exit 7'").status()).isEqualTo(7);
		sh(other + "-q d/f -- true").silent();
		assertThat(sh(other + "--json d/f -- true 2>&1 | jq -r 'select(.level == \"warning\") | .file'").out())
			.isEqualTo("d/f\n");
		sh("chmod u+w d; " + other + "--no-wait d/f -- true").silent();
		assertThat(names(file("d"))).isEmpty();
	}

	/** Lets another user reach the directory, and the program there. */
	private void open() {
		sh("cp -r " + IMAGE + " image && p=$PWD; while [ \"$p\" != / ]; do chmod a+x \"$p\"; p=$(dirname \"$p\"); done")
			.silent();
	}

	private String secret() throws Exception {
		Files.writeString(file("secret"), "x");
		sh("chmod 600 secret").silent();
		return file("secret").toString();
	}

	private String modes(String files) {
		return sh("stat -c %a " + files).succeeds().out();
	}

}
