package io.atomicwrite.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.WritePhase;
import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values changed by the packaged program.
 */
@RequiresCommand("strace")
class ChangeValueIT extends EndToEnd {

	private static final String YAML = "# first\nserver:\n  port: 80 # http\n";

	/** Numbers the writers; each sets keys of its own in one file. */
	private static final String WRITERS = """
			seq %d | xargs -P %1$d -I{} sh -c 'for n in $(seq %d %d); do atomic-write set -q f.yaml "keys.w{}.n$n=$n" || exit 1; done'
			""";

	@Test
	void oneCommandLineChangesAValue() throws Exception {
		write("f.yaml", YAML);
		sh("echo '{\"server\": {\"port\": 443}}' | atomic-write merge f.yaml && printf 's3cret\\n' "
				+ "| atomic-write set f.yaml --value-file db.password=- && atomic-write unset f.yaml server.none")
			.silent();
		assertThat(file("f.yaml")).hasContent("# first\nserver:\n  port: 443 # http\ndb:\n  password: s3cret\n");
		assertThat(
				sh("atomic-write get f.yaml db.password && ! atomic-write get -q f.yaml none 2> err").succeeds().out())
			.isEqualTo("s3cret\n");
		assertThat(sh("cat f.yaml | atomic-write get --format yaml - server.port").succeeds().out()).isEqualTo("443\n");
		sh("mkfifo f.json; timeout 20 atomic-write set f.json a=1").fails(1, "only regular files are written");
		sh("atomic-write set f.yaml \"a=$(printf '\\377')\"").fails(1, "an argument is not UTF-8");
		assertThat(names()).containsExactly("err", "f.json", "f.yaml");
	}

	@Test
	void onlyWhatAFormatNeedsIsInitializedAndAllOfItFromTheArchive() throws Exception {
		write("f.json", "{\"a\": 1}");
		write("f.properties", "a=1\n");
		write("f.toml", "a = 1\n");
		write("f.yaml", "a: 1\n");
		for (String name : List.of("f.json", "f.properties", "f.toml", "f.yaml")) {
			String loaded = sh("ATOMIC_WRITE_JAVA_OPTS=-Xlog:class+load,class+init:file=loaded atomic-write set " + name
					+ " a=2 && grep ' source: ' loaded | grep -v 'shared objects file' | grep -c 'io.atomicwrite\\|org.snakeyaml'"
					+ "; grep -c \"nitializing 'org/snakeyaml\" loaded; grep -c 'com.networknt\\|tools.jackson' loaded")
				.out();
			String[] counts = loaded.split("\n");
			// a lambda of the program itself is made at each start
			assertThat(Integer.parseInt(counts[0])).as(name).isLessThan(5);
			// a cache of Java 25 loads all of its classes at the start of the runtime,
			// and initializes those that are used
			assertThat(Integer.parseInt(counts[1]) > 0).as(name).isEqualTo(name.endsWith("yaml"));
			assertThat(counts[2]).as(name).isEqualTo("0");
		}
	}

	@Test
	void schemaIsReadByItsLibraryAndNothingIsFetched() throws Exception {
		write("f.yaml", YAML);
		write("s.yaml", "properties: {server: {properties: {port: {maximum: 65535}}}}\n");
		sh("atomic-write set --schema s.yaml f.yaml server.port=443").silent();
		sh("atomic-write set --schema s.yaml f.yaml server.port=99999").fails(1,
				"Error: f.yaml: would violate s.yaml: /server/port (line 3, column 9) must have a maximum value of 65535");
		write("s.json", "{\"$ref\": \"http://127.0.0.1:9/x\"}");
		Result result = sh(
				"strace -f -qq -e trace=connect -o calls atomic-write set --schema s.json f.yaml server.port=1");
		result.fails(1, "not found: http://127.0.0.1:9/x");
		assertThat(file("calls")).content().doesNotContain("AF_INET");
		assertThat(file("f.yaml")).content().contains("port: 443 # http");
	}

	/**
	 * In the lane of evidence 8 processes with 20 changes each, and in the slow one 100.
	 */
	@Test
	void processesLoseNoChange() throws Exception {
		lose(4, 3, 1);
	}

	@Test
	@Stresses
	void changesOfManyProcessesAreAllThere() throws Exception {
		lose(8, 20, 4);
	}

	@Test
	@Tag("slow")
	void hundredsOfChangesOfManyProcessesAreAllThere() throws Exception {
		lose(8, 100, 20);
	}

	private void lose(int processes, int each, int parts) throws Exception {
		write("f.yaml", YAML + "# last\n");
		for (int part = 0; part < parts; part++) {
			int size = each / parts;
			sh(WRITERS.formatted(processes, part * size + 1, (part + 1) * size)).silent();
		}
		List<String> lines = Files.readAllLines(file("f.yaml"));
		assertThat(lines).startsWith("# first", "server:", "  port: 80 # http").contains("# last");
		for (int writer = 1; writer <= processes; writer++) {
			int at = lines.indexOf("  w" + writer + ":");
			assertThat(at).isPositive();
			for (int n = 1; n <= each; n++) {
				assertThat(lines.get(at + n)).isEqualTo("    n" + n + ": " + n);
			}
		}
		assertThat(lines).hasSize(5 + processes * (each + 1));
		assertThat(names()).containsExactly("f.yaml");
	}

	/** The file is old or new, and the next change needs no cleaning up. */
	@ParameterizedTest
	@EnumSource(WritePhase.class)
	@Forks
	void killLeavesOneContentOrTheOther(WritePhase phase) throws Exception {
		Path file = write("f.yaml", YAML);
		try (PhaseStop stop = new PhaseStop();
				Running running = start("env", "ATOMIC_WRITE_JAVA_OPTS=" + stop.javaOptions(), "atomic-write", "set",
						"f.yaml", "server.port=443")) {
			assertThat(stop.kill(phase, running)).as(running.err()).isTrue();
			assertThat(running.endAsItIs().status()).isEqualTo(128 + 9);
		}
		boolean committed = phase.compareTo(WritePhase.COMMIT) > 0;
		assertThat(file).hasContent(committed ? YAML.replace("80", "443") : YAML);
		sh("atomic-write set --no-wait f.yaml server.port=8080 && atomic-write recover -q --older-than 0s && "
				+ "atomic-write housekeep -q --clean-locks --clean-orphans --older-than 0s")
			.silent();
		assertThat(file).hasContent(YAML.replace("80", "8080"));
		assertThat(names()).containsExactly("f.yaml");
	}

}
