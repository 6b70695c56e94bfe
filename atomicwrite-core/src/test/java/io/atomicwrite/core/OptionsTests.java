package io.atomicwrite.core;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.manifest.Stamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Options: derived from what is configured, and values.
 */
class OptionsTests {

	private static final Map<String, Consumer<WriteOptions.Builder>> CHANGES = Map.ofEntries(
			Map.entry("overwrite", (o) -> o.overwrite(false)),
			Map.entry("expectedVersion", (o) -> o.expectedVersion(Version.of(new byte[1]))),
			Map.entry("reportVersion", (o) -> o.reportVersion(true)), Map.entry("verify", (o) -> o.verify(true)),
			Map.entry("checksum", (o) -> o.checksum(ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_512))),
			Map.entry("stamp", (o) -> o.stamp(Stamp.ofRun("42"))),
			Map.entry("backup", (o) -> o.backup(BackupPolicy.single())),
			Map.entry("lock", (o) -> o.lock(LockRequest.waitUpTo(Duration.ofSeconds(7)))),
			Map.entry("mode", (o) -> o.mode(ModePolicy.exactly(0640))),
			Map.entry("owner", (o) -> o.owner(MetadataPolicy.REQUIRE)),
			Map.entry("attributes", (o) -> o.attributes(MetadataPolicy.REQUIRE)),
			Map.entry("reportLosses", (o) -> o.reportLosses(false)),
			Map.entry("symlinks", (o) -> o.symlinks(SymlinkPolicy.REJECT)),
			Map.entry("safety", (o) -> o.safety(SafetyPolicy.WARN)),
			Map.entry("require", (o) -> o.require(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT)),
			Map.entry("createDirectories", (o) -> o.createDirectories(false)),
			Map.entry("formatting", (o) -> o.formatting(Formatting.REWRITE)));

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.defaults(WriteOptions.engineDefaults().with((o) -> o.backup(BackupPolicy.single())))
		.build();

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void target() throws Exception {
		this.target = this.directory.resolve("f.json");
		Files.writeString(this.target, "[1]");
	}

	static Stream<BiFunction<AtomicFileTemplate, Path, WriteResult>> customizedForms() {
		Consumer<WriteOptions.Builder> changes = (o) -> o.reportVersion(true);
		byte[] bytes = "[2]".getBytes(StandardCharsets.UTF_8);
		return Stream.of((t, f) -> t.write(f, bytes, changes),
				(t, f) -> t.write(f, new ByteArrayInputStream(bytes), changes),
				(t, f) -> t.write(f, (out) -> out.write(bytes), (o) -> o.reportVersion(true)),
				(t, f) -> t.writeString(f, "[2]", (o) -> o.reportVersion(true)),
				(t, f) -> t.writeString(f, "[2]", StandardCharsets.US_ASCII, changes),
				(t, f) -> t.writeValue(f, List.of(2), changes), (t, f) -> t.append(f, bytes, changes),
				(t, f) -> t.append(f, new ByteArrayInputStream(bytes), changes),
				(t, f) -> t.update(f, List.class, (value) -> List.of(2), (o) -> o.reportVersion(true)).result(),
				(t, f) -> t.update(f, new TypeReference<List<Integer>>() {
				}, (value) -> List.of(2), (o) -> o.reportVersion(true)).result(), (t, f) -> {
					try (StagedWrite staged = t.open(f, changes)) {
						staged.writer(StandardCharsets.UTF_8);
						return staged.commit();
					}
				});
	}

	@ParameterizedTest
	@MethodSource("customizedForms")
	void customizerKeepsWhatIsConfigured(BiFunction<AtomicFileTemplate, Path, WriteResult> form) throws Exception {
		WriteResult result = form.apply(this.template, this.target);
		assertThat(result.version()).contains(this.template.version(this.target));
		assertThat(result.backup()).hasValueSatisfying((backup) -> assertThat(backup).hasContent("[1]"));
	}

	@Test
	void customizerOfMoveDeleteRestoreAndGenerationsKeepsWhatIsConfigured() {
		Path other = this.directory.resolve("other.json");
		this.template.writeString(other, "[3]");
		assertThat(this.template.move(other, this.target, (o) -> o.overwrite(true)).backup()).isPresent();
		List<Backup> backups = this.template.generations(this.target, (o) -> o.createDirectories(false));
		assertThat(backups).hasSize(1);
		assertThat(this.template.generations(this.target,
				(o) -> o.backup(BackupPolicy.single().with((changes) -> changes.suffix(".bak")))))
			.isEmpty();
		WriteResult restored = this.template.restore(this.target, backups.get(0), (o) -> o.reportVersion(true));
		assertThat(restored.version()).contains(Version.of("[1]".getBytes(StandardCharsets.UTF_8)));
		assertThat(restored.backup()).hasValueSatisfying((backup) -> assertThat(backup).hasContent("[3]"));
		assertThat(this.template.delete(this.target, (o) -> o.lock(LockRequest.failFast())).changed()).isTrue();
		assertThat(this.target).doesNotExist();
	}

	@Test
	void optionsReplaceWhatIsConfigured() {
		assertThat(this.template.writeString(this.target, "[2]", WriteOptions.engineDefaults()).backup()).isEmpty();
	}

	@Test
	void everySetterCountsInEqualsAndToString() {
		List<String> setters = Arrays.stream(WriteOptions.Builder.class.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !method.getName().equals("build"))
			.map(Method::getName)
			.toList();
		assertThat(setters).containsExactlyInAnyOrderElementsOf(CHANGES.keySet());
		CHANGES.forEach((name, change) -> {
			WriteOptions changed = WriteOptions.engineDefaults().with(change);
			assertThat(changed).isNotEqualTo(WriteOptions.engineDefaults())
				.isEqualTo(WriteOptions.engineDefaults().with(change))
				.isEqualTo(changed.toBuilder().build())
				.hasSameHashCodeAs(WriteOptions.engineDefaults().with(change));
			assertThat(changed.toString()).contains(name.equals("require") ? "required" : name)
				.isNotEqualTo(WriteOptions.engineDefaults().toString())
				.doesNotContain("@");
		});
	}

}
