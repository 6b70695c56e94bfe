package io.atomicwrite.cli;

import java.nio.file.Files;

import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The launcher: finds what it needs wherever it is, and keeps silent.
 */
@RequiresCommand({ "jq", "zsh" })
class LauncherIT extends EndToEnd {

	@ParameterizedTest
	@ValueSource(strings = { "sh", "bash", "dash", "zsh --emulate sh" })
	void runsUnderEachShell(String shell) {
		sh("echo x | " + shell + " " + IMAGE + "/bin/atomic-write f").silent();
		assertThat(file("f")).hasContent("x\n");
	}

	@Test
	void worksThroughLinksAndSpaces() {
		sh("mkdir 'a b' && cp -r " + IMAGE
				+ " 'a b/the image' && ln -s 'a b/the image/bin/atomic-write' one && ln -s ../one 'a b/two' "
				+ "&& ln -s 'a b/two' three")
			.silent();
		for (String name : new String[] { "./one", "'a b/two'", "./three", "'a b/the image/bin/atomic-write'" }) {
			sh("export ATOMIC_WRITE_CACHE=off; rm -f f; echo x | " + name + " f").silent();
			assertThat(file("f")).hasContent("x\n");
		}
		sh("export ATOMIC_WRITE_CACHE=off; cd 'a b/the image/bin' && echo x | PATH=.:$PATH sh atomic-write ../f && PATH=:$PATH && cd .. && cat f > /dev/null")
			.silent();
		sh("export ATOMIC_WRITE_CACHE=\"$PWD/a b/cache\"; ATOMIC_WRITE_BUILD_CACHE=now 'a b/the image/bin/atomic-write' -V && echo x | ./one f")
			.succeeds();
		assertThat(names(file("a b/cache"))).hasSize(1);
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

	@Test
	void buildsItsArchiveOnFirstUseAndOnlyOnce() throws Exception {
		String cache = "export ATOMIC_WRITE_CACHE=$PWD/cache; ";
		sh(cache + "seq 8 | xargs -P 8 -I{} sh -c 'echo {} | atomic-write --append f'; [ $(wc -l < f) = 8 ]")
			.succeeds();
		org.awaitility.Awaitility.await()
			.atMost(java.time.Duration.ofSeconds(LONG_SECONDS))
			.until(() -> Files.exists(file("cache")) && names(file("cache")).size() == 1
					&& !names(file("cache")).get(0).endsWith(".new"));
		assertThat(sh("stat -c %a cache").out()).isEqualTo("700\n");
		String use = sh(cache
				+ "ATOMIC_WRITE_JAVA_OPTS='-Xlog:class+load:file=loaded' atomic-write --allow-empty f < /dev/null; "
				+ "grep -c 'io.atomicwrite.*shared objects file' loaded")
			.out();
		assertThat(Integer.parseInt(use.trim())).isGreaterThan(50);
	}

	@Test
	void triesAgainADayAfterItCouldNotBuildItsArchive() {
		String run = "export ATOMIC_WRITE_CACHE=$PWD/cache ATOMIC_WRITE_BUILD_CACHE=now; atomic-write --version; ";
		sh(run).succeeds();
		String archive = names(file("cache")).get(0);
		sh("cd cache && rm " + archive + " && mkdir " + archive + ".new").silent();
		sh(run).succeeds();
		assertThat(names(file("cache"))).containsExactly(archive + ".new");
		sh("touch -d '25 hours ago' cache/*.new; " + run).succeeds();
		assertThat(names(file("cache"))).containsExactly(archive);
	}

	@ParameterizedTest
	@ValueSource(strings = { "export ATOMIC_WRITE_CACHE=off", "export ATOMIC_WRITE_CACHE=/proc/none",
			"export ATOMIC_WRITE_CACHE=relative", "unset ATOMIC_WRITE_CACHE HOME XDG_CACHE_HOME",
			"unset ATOMIC_WRITE_CACHE; export HOME=/dev/null",
			"export JAVA_TOOL_OPTIONS=-Da=b _JAVA_OPTIONS=-Dc=d JDK_JAVA_OPTIONS=-De=f",
			"export ATOMIC_WRITE_JAVA_OPTS='-XX:NoSuchOption=1'", "export ATOMIC_WRITE_JAVA_OPTS=-XX:+UseParallelGC",
			"mkdir c; for f in \"$ATOMIC_WRITE_CACHE\"/*.???; do [ -f \"$f\" ] || continue; { head -c 200 /dev/zero; tail -c +201 \"$f\"; } > \"c/${f##*/}\"; done; export ATOMIC_WRITE_CACHE=$PWD/c" })
	void isSilentWhateverTheCacheIs(String setting) {
		sh(setting + "; echo x | atomic-write f").silent();
		assertThat(file("f")).hasContent("x\n");
	}

	@Test
	@RequiresRoot
	void archiveOfSomeoneElseIsNotUsed() {
		sh("cp -r " + CACHE + " c; touch -d tomorrow c/*; chown 65534 c/*; export ATOMIC_WRITE_CACHE=$PWD/c; "
				+ "ATOMIC_WRITE_JAVA_OPTS='-Xlog:class+load:file=loaded' atomic-write --allow-empty f < /dev/null; "
				+ "! grep -q 'io.atomicwrite.*shared objects file' loaded")
			.succeeds();
	}

	@Test
	void streamsMoreThanItsHeapInConstantMemory() {
		sh("head -c 200000000 /dev/zero | ATOMIC_WRITE_JAVA_OPTS=-Xmx32m atomic-write --stream f && [ $(stat -c %s f) = 200000000 ]")
			.silent();
	}

}
