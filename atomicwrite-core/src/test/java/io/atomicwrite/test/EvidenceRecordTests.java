package io.atomicwrite.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.atomicwrite.fs.NativeCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is written is read back by a parser that has no part in it.
 */
class EvidenceRecordTests {

	private static final String HARD = "\"quoted\" \\ back\nslash\r\t \u0001 é € \ud83d\ude00 lone \ud83d";

	@Test
	void everyKeyComesBackAsItWasPutIn() {
		EvidenceRecord record = new EvidenceRecord("lock-stress", HARD, HARD, 25_013, "acquisitions", 2, "mvn 'x'",
				EvidenceRecord.Scope.LONG)
			.withControl(HARD, 7, 3)
			.withControl("naive", 1, 1);
		Map<?, ?> read = JsonMapper.shared()
			.readValue(record.json(Instant.parse("2026-11-21T01:02:03Z"), "JDK 17"), Map.class);
		assertThat(read.keySet().stream().map(Object::toString)).containsExactly("lane", "method", "tried", "count",
				"unit", "losses", "controls", "command", "scope", "ran", "on");
		assertThat(read.get("lane")).isEqualTo("lock-stress");
		assertThat(read.get("method")).isEqualTo(HARD);
		assertThat(read.get("tried")).isEqualTo(HARD);
		assertThat(read.get("count")).isEqualTo(25_013);
		assertThat(read.get("losses")).isEqualTo(2);
		assertThat(read.get("controls")).isEqualTo(List.of(Map.of("name", HARD, "count", 7, "losses", 3),
				Map.of("name", "naive", "count", 1, "losses", 1)));
		assertThat(read.get("scope")).isEqualTo("long");
		assertThat(read.get("ran")).isEqualTo("2026-11-21T01:02:03Z");
		assertThat(read.get("on")).isEqualTo("JDK 17");
	}

	@Test
	void eachLaneAndScopeHasItsFile(@TempDir Path directory) throws Exception {
		String before = System.getProperty(EvidenceRecord.DIRECTORY);
		System.setProperty(EvidenceRecord.DIRECTORY, directory.resolve("new").toString());
		try {
			Path file = new EvidenceRecord("kills", "m", "t", 1, "kills", 0, "c", EvidenceRecord.Scope.SLICE).write();
			String lane = NativeCalls.status().used() ? "kills-native" : "kills";
			assertThat(file).isEqualTo(directory.resolve("new").resolve(lane + "-slice.json"));
			Map<?, ?> read = JsonMapper.shared().readValue(Files.readString(file), Map.class);
			assertThat(Instant.parse(String.valueOf(read.get("ran")))).isBefore(Instant.now());
			assertThat(String.valueOf(read.get("on"))).startsWith("JDK " + System.getProperty("java.version"));
			assertThat(read.get("controls")).isEqualTo(List.of());
		}
		finally {
			if (before != null) {
				System.setProperty(EvidenceRecord.DIRECTORY, before);
			}
			else {
				System.clearProperty(EvidenceRecord.DIRECTORY);
			}
		}
	}

	@Test
	void nameThatIsNoFileNameIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new EvidenceRecord("../x", "m", "t", 1, "kills", 0, "c", EvidenceRecord.Scope.SLICE));
	}

}
