package io.atomicwrite.cli;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The launcher: finds what it needs wherever it is, and keeps silent.
 */
@Forks
@RequiresCommand({ "jq", "zsh" })
class LauncherIT extends EndToEnd {

	private static final String IMAGE_WITHOUT_ARCHIVE = "cp -r " + IMAGE + " image && rm -rf image/cache; ";

	/** A process of the directory has it in its environment. */
	private static final String NO_PROCESS_IS_LEFT = "for p in /proc/[0-9]*; do [ ${p#/proc/} = $$ ] || "
			+ "! readlink $p/cwd 2> /dev/null | grep -qxF \"$PWD\" || [ $(sed 's/.*) . \\([0-9]*\\).*/\\1/' $p/stat) = $$ ] "
			+ "|| { echo left: $p; exit 1; }; done";

	@ParameterizedTest
	@ValueSource(strings = { "sh", "bash", "dash", "zsh --emulate sh" })
	void runsUnderEachShell(String shell) {
		sh("echo x | " + shell + " " + IMAGE + "/bin/atomic-write f").silent();
		assertThat(file("f")).hasContent("x\n");
	}

	@Test
	void worksThroughLinksAndSpaces() {
		sh("mkdir 'a b' && cp -r " + IMAGE
				+ " 'a b/the image' && rm -rf 'a b/the image/cache' && ln -s 'a b/the image/bin/atomic-write' one && ln -s ../one 'a b/two' "
				+ "&& ln -s 'a b/two' three")
			.silent();
		for (String name : new String[] { "./one", "'a b/two'", "./three", "'a b/the image/bin/atomic-write'" }) {
			sh("rm -f f; echo x | " + name + " f").silent();
			assertThat(file("f")).hasContent("x\n");
		}
		sh("cd 'a b/the image/bin' && echo x | PATH=.:$PATH sh atomic-write ../f && PATH=:$PATH && cd .. && cat f > /dev/null")
			.silent();
		sh("'a b/the image/lib/build-archive'").succeeds();
		assertThat(names(file("a b/the image/cache"))).hasSize(1);
		sh("echo y | ./one f").silent();
		assertThat(file("f")).hasContent("y\n");
	}

	@Test
	void findsJavaOrSaysThatItDoesNot() {
		String java = System.getProperty("java.home") + "/bin";
		sh("unset JAVA_HOME; PATH=" + java + ":/usr/bin:/bin; echo x | " + IMAGE + "/bin/atomic-write f").silent();
		sh("mkdir bin && ln -s " + java + "/java bin/java && unset JAVA_HOME && PATH=$PWD/bin:/usr/bin:/bin; echo x | "
				+ IMAGE + "/bin/atomic-write f")
			.silent();
		sh("JAVA_HOME=/gone atomic-write f < /dev/zero").fails(1, "JAVA_HOME is /gone, which has no bin/java");
		assertThat(
				sh("JAVA_HOME='/go\\n\"e' atomic-write --json f 2>&1 < /dev/zero | jq -r '.level, .status, .message'")
					.out())
			.isEqualTo("error\n1\nJAVA_HOME is /go\\n\"e, which has no bin/java; "
					+ "set it to Java 17 or newer, or unset it\n");
		sh("mkdir none && ln -s /bin/sh none && unset JAVA_HOME && PATH=$PWD/none && " + IMAGE + "/bin/atomic-write f")
			.fails(1, "Java was not found");
		sh("mkdir -p old/bin && echo 'JAVA_VERSION=\"11.0.2\"' > old/release && cp /bin/true old/bin/java && JAVA_HOME=$PWD/old atomic-write f")
			.fails(1, "is Java 11.0.2; set JAVA_HOME to Java 17 or newer");
	}

	/** Without an archive: nothing is made up for. */
	@ParameterizedTest
	@ValueSource(strings = { "mkdir home; export HOME=$PWD/home", "mkdir -m 555 home; export HOME=$PWD/home",
			"export HOME=$PWD/gone", "export HOME=/dev/null", "unset HOME XDG_CACHE_HOME",
			"mkdir home; export XDG_CACHE_HOME=$PWD/home" })
	void callCreatesNothingButItsFile(String home) throws Exception {
		sh(IMAGE_WITHOUT_ARCHIVE).silent();
		sh(home + "; image/bin/atomic-write --version > /dev/null; echo x | image/bin/atomic-write f; "
				+ NO_PROCESS_IS_LEFT)
			.silent();
		assertThat(file("f")).hasContent("x\n");
		assertThat(names()).contains("f", "image").isSubsetOf("f", "home", "image");
		assertThat(sh("[ ! -d home ] || ls -A home").out()).isEmpty();
		assertThat(names(file("image"))).containsExactly("bin", "lib", "share");
	}

	@Test
	void callKeepsNoDescriptorOfItsCaller() {
		sh(IMAGE_WITHOUT_ARCHIVE).silent();
		Result result = sh(
				"exec 9> lock; flock 9; echo x | image/bin/atomic-write f; exec 9>&-; flock -n lock echo free; "
						+ NO_PROCESS_IS_LEFT);
		assertThat(result.succeeds().out()).isEqualTo("free\n");
	}

	@Test
	@RequiresRoot
	void callKeepsNoFilesystemBusy() {
		sh(IMAGE_WITHOUT_ARCHIVE + "mkdir mnt; mount -t tmpfs none mnt; ( cd mnt; "
				+ "echo x | ../image/bin/atomic-write --safety best-effort f ); umount mnt || { umount -l mnt; exit 1; }")
			.silent();
	}

	@Test
	void archiveOfTheBuildIsUsed() {
		assertThat(archivedClasses("atomic-write", "f")).isGreaterThan(50);
	}

	@Test
	void archiveIsBuiltByItsScriptAndReplacesTheOldOne() throws Exception {
		sh(IMAGE_WITHOUT_ARCHIVE).silent();
		assertThat(archivedClasses("image/bin/atomic-write", "f")).isZero();
		String built = sh("ATOMIC_WRITE_JAVA_OPTS=-Xmx16m image/lib/build-archive").succeeds().out();
		String archive = names(file("image/cache")).get(0);
		assertThat(built).endsWith("/image/cache/" + archive + "\n");
		assertThat(archivedClasses("image/bin/atomic-write", "f")).isGreaterThan(50);
		sh("cd image/cache && stat -c %a * && cp * $(ls | sed 's/\\(.*\\)-[0-9a-f]*-\\(.*\\)/\\1-0123456789ab-\\2/')")
			.succeeds();
		assertThat(names(file("image/cache"))).hasSize(2);
		sh("ln -s $PWD/image/lib/build-archive build && ./build").succeeds();
		assertThat(names(file("image/cache"))).containsExactly(archive);
		assertThat(sh("stat -c %a image/cache/*").out()).isEqualTo("644\n");
	}

	@Test
	void archiveThatCannotBeBuiltLeavesNothing() {
		sh(IMAGE_WITHOUT_ARCHIVE + "touch image/cache").silent();
		sh("image/lib/build-archive").fails(1, "image/cache can't be written to");
		sh("rm image/cache; mkdir -p jdk/bin && cp \"$JAVA_HOME/release\" jdk && cp /bin/true jdk/bin/java").silent();
		sh("JAVA_HOME=$PWD/jdk image/lib/build-archive").fails(1, "made no class archive that it can use");
		assertThat(names(file("image/cache"))).isEmpty();
	}

	@Test
	void javaOtherThanThatOfTheArchiveStartsWithoutIt() {
		sh("mkdir jdk && ln -s \"$JAVA_HOME\"/* jdk && ln -s \"$JAVA_HOME\" link").silent();
		sh("export JAVA_HOME=$PWD/jdk; echo x | atomic-write f").silent();
		assertThat(file("f")).hasContent("x\n");
		assertThat(archivedClasses("export JAVA_HOME=$PWD/jdk; atomic-write", "f")).isZero();
		assertThat(archivedClasses("export JAVA_HOME=$PWD/link; atomic-write", "f")).isGreaterThan(50);
	}

	@ParameterizedTest
	@ValueSource(strings = { "head -c 200 /dev/zero; tail -c +201 \"$old\"", "echo nothing",
			"head -c 1000 \"$old\"; head -c 200 /dev/zero; tail -c +1201 \"$old\"" })
	void archiveThatIsDamagedIsIgnored(String damage) {
		sh(IMAGE_WITHOUT_ARCHIVE + "image/lib/build-archive > name; old=$(cat name); { " + damage
				+ "; } > new; mv new \"$old\"")
			.silent();
		sh("echo x | image/bin/atomic-write f").silent();
		assertThat(file("f")).hasContent("x\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS=-Da=b _JAVA_OPTIONS=-Dc=d JDK_JAVA_OPTIONS=-De=f",
			"ATOMIC_WRITE_JAVA_OPTS='-XX:NoSuchOption=1'", "ATOMIC_WRITE_JAVA_OPTS=-XX:+UseParallelGC" })
	void isSilentWhateverIsSetForJava(String setting) {
		sh("export " + setting + "; echo x | atomic-write f").silent();
		assertThat(file("f")).hasContent("x\n");
	}

	private int archivedClasses(String program, String file) {
		String count = sh("export ATOMIC_WRITE_JAVA_OPTS=-Xlog:class+load:file=loaded; " + program + " --allow-empty "
				+ file + " < /dev/null; grep -c 'io.atomicwrite.*shared objects file' loaded; true")
			.succeeds()
			.out();
		return Integer.parseInt(count.trim());
	}

	@Test
	void streamsMoreThanItsHeapInConstantMemory() {
		sh("head -c 200000000 /dev/zero | ATOMIC_WRITE_JAVA_OPTS=-Xmx32m atomic-write --stream f && [ $(stat -c %s f) = 200000000 ]")
			.silent();
	}

}
