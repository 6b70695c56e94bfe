package io.atomicwrite.artifact;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The names of artifacts.
 */
class ArtifactNamesTests {

	@Test
	void formats() {
		assertThat(ArtifactNames.staging("config.json", 0xfeL, 255)).isEqualTo(".config.json.00000000000000fe.tmp");
		assertThat(ArtifactNames.lock("config.json", 255)).isEqualTo("config.json.lock");
		assertThat(ArtifactNames.manifest(CompanionNames.VISIBLE, "config.json", 255))
			.isEqualTo("config.json.manifest.json");
		assertThat(ArtifactNames.manifest(CompanionNames.HIDDEN, "config.json", 255))
			.isEqualTo(".config.json.manifest.json");
	}

	@ParameterizedTest
	@CsvSource({ ".config.json.00000000000000fe.tmp,STAGING,config.json", "config.json.lock,LOCK,config.json",
			"config.json.sha256,SIDECAR,config.json", "config.json.sha512,SIDECAR,config.json",
			"config.json.manifest.json,SIDECAR,config.json", ".config.json.manifest.json,SIDECAR,.config.json",
			"config.json.backup,BACKUP,config.json", "config.json.20261121-013000.backup,BACKUP,config.json",
			"config.json.20261121-013000-2.backup,BACKUP,config.json",
			"..hidden.00000000000000fe.tmp,STAGING,.hidden" })
	void parses(String name, ArtifactKind kind, String stem) {
		assertThat(ArtifactNames.parse(name)).isEqualTo(new Artifact(kind, stem));
	}

	@ParameterizedTest
	@ValueSource(strings = { "config.json", ".lock", ".config.json.tmp", "config.json.00000000000000fe.tmp",
			".config.json.00000000000000FE.tmp", ".config.json.0000000000000fe.tmp", ".00000000000000fe.tmp", ".backup",
			"config.sha1", "tmp", ".manifest.json", "manifest.json" })
	void doesNotRecogniseWhatIsNotOurs(String name) {
		assertThat(ArtifactNames.parse(name)).isNull();
	}

	@Test
	void longNameIsShortenedWithAHash() {
		String target = "é".repeat(127);
		String staging = ArtifactNames.staging(target, 1, 255);
		assertThat(ArtifactNames.length(staging)).isLessThanOrEqualTo(255).isGreaterThan(250);
		assertThat(ArtifactNames.length(ArtifactNames.lock(target, 255))).isLessThanOrEqualTo(255);
		assertThat(Objects.requireNonNull(ArtifactNames.parse(staging)).shortened()).isTrue();
		assertThat(ArtifactNames.lock(target, 255)).isEqualTo(ArtifactNames.lock(target, 255))
			.isNotEqualTo(ArtifactNames.lock(target.substring(1) + "e", 255));
	}

	@Test
	void nameThatFitsIsNotShortened() {
		String target = "x".repeat(250);
		assertThat(ArtifactNames.lock(target, 255)).isEqualTo(target + ".lock");
		assertThat(ArtifactNames.lock(target + "y", 255)).doesNotContain(target);
	}

	@Test
	void surrogatePairsAreNotCut() {
		String target = "𝄞".repeat(63);
		String staging = ArtifactNames.staging(target, 1, 255);
		assertThat(new String(staging.getBytes(java.nio.charset.StandardCharsets.UTF_8),
				java.nio.charset.StandardCharsets.UTF_8))
			.isEqualTo(staging);
	}

	@Test
	void limitIsMeasuredAndNotAssumed(@TempDir Path directory) throws Exception {
		String target = "x".repeat(140);
		assertThat(NameLimit.of(FileOps.system(), directory, target)).isEqualTo(255);
		Files.createFile(directory.resolve("x".repeat(255)));
		FileOps encrypted = new ForwardingFileOps(FileOps.system()) {

			@Override
			public @Nullable FileStat stat(Path path) throws java.io.IOException {
				if (path.getFileName().toString().length() > 143) {
					throw new java.nio.file.FileSystemException(path.toString(), null, "File name too long");
				}
				return super.stat(path);
			}

		};
		assertThat(NameLimit.of(encrypted, directory, target)).isEqualTo(143);
	}

	@ParameterizedTest
	@CsvSource({ "a.20260102-030405.backup, 2026-01-02T03:04:05Z, 1",
			"a.20260102-030405-2.backup, 2026-01-02T03:04:05Z, 2",
			"a.b.20260102-030405-12.backup, 2026-01-02T03:04:05Z, 12", "a.backup, , 0" })
	void generationIsInTheName(String name, java.time.@Nullable Instant made, int sequence) {
		assertThat(ArtifactNames.generation(name, ".backup")).isEqualTo(new BackupGeneration(made, sequence));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.20260231-000000.backup", "a.20260102-240000.backup", "a.20260102-030405-0.backup",
			"a.20260102-030405-1.backup", "a.20260102-030405-02.backup", "a.20260102-030405-99999999.backup", ".backup",
			"a.sha256", "a" })
	void whatIsNotFormattedHereHasNoGeneration(String name) {
		assertThat(ArtifactNames.generation(name, ".backup")).isNull();
	}

}
