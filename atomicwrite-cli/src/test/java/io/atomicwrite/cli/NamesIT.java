package io.atomicwrite.cli;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names of files, whatever they are made of and in whatever locale.
 */
@Forks
@RequiresCommand("jq")
class NamesIT extends EndToEnd {

	@ParameterizedTest
	@ValueSource(strings = { "a b  c", "new\nline", "-n", "--help", "ä日本語", "😀", "a'b\"c$d`e\\f*g?h", "@list", " ",
			"~", "x=y", "#x" })
	void anyNameIsWritten(String name) throws Exception {
		Result result = run("sh", "-c",
				"for l in C C.UTF-8 de_DE.ISO-8859-1; do echo $l | LC_ALL=$l atomic-write -b -- \"$1\" "
						+ "|| exit; done; cat -- \"./$1\" \"./$1.backup\"",
				"sh", name);
		assertThat(result.succeeds().out()).isEqualTo("de_DE.ISO-8859-1\nC.UTF-8\n");
		assertThat(result.err()).isEmpty();
		assertThat(names()).containsExactlyInAnyOrder(name, name + ".backup");
	}

	@Test
	void anyNameIsFoundByEachCommand() {
		String name = "-n\n日本 😀";
		Result result = run("sh", "-ec", """
				export LC_ALL=C
				for n in 1 2; do echo $n | atomic-write -b --checksum sidecar -- "$1"; done
				atomic-write verify -q -- "$1"
				atomic-write verify --json -- "$1" | jq -r .file > file
				atomic-write restore --list --json -- "$1" | jq -r .path > path
				atomic-write restore -- "$1"
				atomic-write lock -- "$1" sh -c 'atomic-write locks --json | jq -r .lock_file' > held
				: > "./$1.lock"
				atomic-write locks --json | jq -r .lock_file > left
				atomic-write housekeep --clean-locks --json | jq -r .path > deleted
				cat "./$1"
				""", "sh", name);
		assertThat(result.succeeds().out()).isEqualTo("1\n");
		assertThat(file("file")).hasContent(name + "\n");
		assertThat(file("path")).content().endsWith("/" + name + ".backup\n");
		for (String told : new String[] { "held", "left", "deleted" }) {
			assertThat(file(told)).content().endsWith("/" + name + ".lock\n");
		}
	}

	@Test
	void nameOf255Bytes() throws Exception {
		String ascii = "n".repeat(255);
		String wide = "日".repeat(85);
		for (String name : new String[] { ascii, wide }) {
			run("sh", "-c", "for n in 1 2; do echo $n | atomic-write --keep 1 --checksum sidecar \"$1\" || exit; done",
					"sh", name)
				.silent();
			assertThat(file(name)).hasContent("2\n");
			assertThat(run("atomic-write", "verify", name).succeeds().out()).endsWith(": OK (SHA-256, sidecar)\n");
		}
		run("sh", "-c", "echo x | atomic-write \"$1\"", "sh", ascii + "n").fails(1, "File name too long");
		assertThat(names()).noneMatch((name) -> name.endsWith(".lock") || name.endsWith(".tmp"));
	}

	@Test
	void nameThatIsNoUtf8IsRefusedRatherThanWrittenElsewhere() {
		sh("echo x | atomic-write \"$(printf 'caf\\351')\"").fails(1, "the name is not UTF-8");
		assertThat(names()).isEmpty();
		sh("echo x | atomic-write \"$(printf '\\357\\277\\275')\"").silent();
		assertThat(names()).containsExactly("\uFFFD");
	}

}
