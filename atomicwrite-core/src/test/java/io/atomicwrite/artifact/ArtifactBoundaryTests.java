package io.atomicwrite.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names of artifacts at the edges: as long as may be, one longer, and of every kind.
 */
class ArtifactBoundaryTests {

	private static final Instant MADE = Instant.parse("2026-01-31T23:59:59Z");

	@Test
	void nameOfTheLargestLengthIsKeptAndOneMoreIsShortenedToIt() throws Exception {
		for (String letter : new String[] { "x", "é", "€" }) {
			int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
			String fits = letter.repeat(60 / bytes);
			assertThat(ArtifactNames.lock(fits, 65)).isEqualTo(fits + ".lock");
			String longer = fits + "y";
			String hash = HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(longer.getBytes(StandardCharsets.UTF_8)), 0, 8);
			assertThat(ArtifactNames.lock(longer, 65)).isEqualTo(letter.repeat(43 / bytes) + "~" + hash + ".lock");
		}
	}

	@Test
	void eachKindHasTheWholeLimit() {
		String target = "x".repeat(300);
		assertThat(ArtifactNames.staging(target, 1, 255)).hasSize(255).endsWith(".0000000000000001.tmp");
		assertThat(ArtifactNames.sidecar(target, "sha256", 255)).hasSize(255).endsWith(".sha256");
		assertThat(ArtifactNames.backup(target, BackupGeneration.PLAIN, ".backup", 255)).hasSize(255);
		assertThat(ArtifactNames.backup(target, new BackupGeneration(MADE, 2), ".backup", 255)).hasSize(255)
			.endsWith(".20260131-235959-2.backup");
	}

	@Test
	void backupsAreNamedAndKnownAgain() {
		BackupGeneration first = new BackupGeneration(MADE, 1);
		assertThat(ArtifactNames.backup("f", BackupGeneration.PLAIN, ".bak", 255)).isEqualTo("f.bak");
		assertThat(ArtifactNames.backup("f", first, ".backup", 255)).isEqualTo("f.20260131-235959.backup");
		assertThat(ArtifactNames.generation("f.20260131-235959.backup", "f", ".backup", 255)).isEqualTo(first);
		assertThat(ArtifactNames.generation("g.20260131-235959.backup", "f", ".backup", 255)).isNull();
		assertThat(ArtifactNames.generation("f.txt", "f", ".backup", 255)).isNull();
		assertThat(BackupGeneration.PLAIN.plain()).isTrue();
		assertThat(first.plain()).isFalse();
	}

	@Test
	void probesAndWhatIsSetAsideHaveTheirNames() {
		String probe = ArtifactNames.probe(0xfeL);
		assertThat(probe).isEqualTo(".atomicwrite-probe-00000000000000fe");
		ArtifactNames.Artifact parsed = Objects.requireNonNull(ArtifactNames.parse(probe + ".lock"));
		assertThat(parsed).isEqualTo(new ArtifactNames.Artifact(ArtifactKind.PROBE, probe));
		assertThat(parsed.shortened()).isFalse();
		assertThat(ArtifactNames.aside(".f.00000000000000fe.tmp")).isEqualTo(".f.00000000000000fe.aside");
	}

	/** A name is looked up only where some filesystem may not take it. */
	@ParameterizedTest
	@CsvSource({ "26, x, 0", "27, x, 0", "79, x, 0", "80, x, 1", "39, é, 0", "40, é, 1" })
	void limitIsLookedForOnlyWhereItMatters(int length, String letter, int looks, @TempDir Path directory)
			throws IOException {
		AtomicInteger stats = new AtomicInteger();
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public @Nullable FileStat stat(Path path) throws IOException {
				if (!path.equals(directory)) {
					stats.incrementAndGet();
				}
				return super.stat(path);
			}

		};
		assertThat(NameLimit.of(files, directory, letter.repeat(length))).isEqualTo(255);
		assertThat(stats).hasValue(looks);
	}

}
