package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.atomicwrite.FormatException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Typed values, versions and updates.
 */
class ValueTests {

	private final RecordingFileOps files = new RecordingFileOps(FileOps.system());

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().files(this.files).build();

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void target() {
		this.target = this.directory.resolve("settings.json");
	}

	@Test
	void roundTrip() {
		WriteResult result = this.template.writeValue(this.target, new Settings("dark", 3));
		assertThat(this.template.readValue(this.target, Settings.class)).isEqualTo(new Settings("dark", 3));
		assertThat(result.version()).contains(this.template.version(this.target));
		assertThat(result.version()).contains(Version.of(this.template.read(this.target)));
	}

	@Test
	void genericTypes() {
		this.template.writeValue(this.target, List.of(new Settings("a", 1), new Settings("b", 2)));
		List<Settings> read = this.template.readValue(this.target, new TypeReference<List<Settings>>() {
		});
		assertThat(read).containsExactly(new Settings("a", 1), new Settings("b", 2));
	}

	@Test
	void valueThatCanNotBeEncodedTouchesNoFile() {
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.writeValue(this.target, new Broken()))
			.withMessageContaining(this.target.toString())
			.withMessageContaining("nothing was written");
		assertThat(this.files.calls()).isEmpty();
	}

	@Test
	void unknownExtensionIsExplained() {
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.writeValue(this.directory.resolve("a.ini"), 1))
			.withMessageContaining("no format for the extension 'ini'")
			.withMessageContaining("json");
	}

	@Test
	void malformedContentIsExplained() throws Exception {
		for (String content : new String[] { "{\"theme\": \"da", "null", "{\"theme\":\"a\",\"count\":1} trailing",
				"" }) {
			Files.writeString(this.target, content);
			assertThatExceptionOfType(FormatException.class)
				.isThrownBy(() -> this.template.readValue(this.target, Settings.class))
				.withMessageContaining(this.target.toString())
				.withMessageContaining("does not hold a value");
		}
		assertThatExceptionOfType(TargetMissingException.class)
			.isThrownBy(() -> this.template.readValue(this.directory.resolve("no.json"), Settings.class));
	}

	@Test
	void versionOfNoFileIsExpectedOfATargetThatMustNotExist() throws Exception {
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().expectedVersion(Version.none()).build();
		this.template.writeString(this.target, "1", options);
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "2", options))
			.withMessageContaining("expected no file but found");
		assertThat(this.target).hasContent("1");
		assertThatIllegalArgumentException().isThrownBy(() -> Version.parse(Version.none().toString()));
		assertThatIllegalStateException().isThrownBy(() -> Version.none().checksum());
	}

	@Test
	void noDigestStandsForAFileThatIsMissing() {
		Version zeros = Version.parse("0".repeat(64));
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().expectedVersion(zeros).build();
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "1", options))
			.withMessageContaining("expected version 000");
		assertThat(this.target).doesNotExist();
	}

	@Test
	void expectedVersionIsCheckedUnderTheLease() throws Exception {
		Version first = this.template.writeValue(this.target, new Settings("a", 1)).version().orElseThrow();
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().expectedVersion(first).build();
		this.files.clear();
		this.template.writeValue(this.target, new Settings("b", 2), options);
		List<FileCall.Op> calls = this.files.calls().stream().map(FileCall::op).toList();
		assertThat(calls.indexOf(FileCall.Op.OPEN_READ)).isGreaterThan(calls.indexOf(FileCall.Op.LOCK))
			.isLessThan(calls.indexOf(FileCall.Op.CREATE));
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.template.writeValue(this.target, new Settings("c", 3), options))
			.satisfies((ex) -> {
				assertThat(ex.expected()).isEqualTo(first.toString());
				assertThat(ex.found()).isEqualTo(this.template.version(this.target).toString());
			});
		Files.delete(this.target);
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.template.writeValue(this.target, new Settings("c", 3), options))
			.withMessageContaining("no file");
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void updateBeginsWithNothingAndSeesWhatIsThere() {
		Path nested = this.directory.resolve("a/b/settings.json");
		UpdateResult<Settings> first = this.template.update(nested, Settings.class, (settings) -> {
			assertThat(settings).isNull();
			return new Settings("a", 1);
		});
		UpdateResult<Settings> second = this.template.update(nested, Settings.class,
				(settings) -> new Settings(settings.theme(), settings.count() + 1));
		assertThat(second.value()).isEqualTo(new Settings("a", 2));
		assertThat(second.version()).isNotEqualTo(first.version()).isEqualTo(this.template.version(nested));
	}

	@Test
	void updateThatChangesNothingWritesNothing() {
		this.template.writeValue(this.target, new Settings("a", 1));
		this.files.clear();
		this.template.update(this.target, Settings.class, (settings) -> new Settings("a", 1));
		assertThat(this.files.calls()).extracting(FileCall::op).doesNotContain(FileCall.Op.RENAME);
		assertThat(DirectoryContent.of(this.directory)).containsExactly("settings.json");
	}

	@Test
	void updateThatFailsChangesNothing() {
		this.template.writeValue(this.target, new Settings("a", 1));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.template.update(this.target, Settings.class, (settings) -> {
				throw new IllegalStateException("no");
			}));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.template.update(this.target, Settings.class, (settings) -> settings,
					WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build()));
		assertThat(this.template.readValue(this.target, Settings.class).count()).isEqualTo(1);
		assertThat(DirectoryContent.of(this.directory)).containsExactly("settings.json");
	}

	@Test
	void noUpdateIsLost() throws Exception {
		AtomicFileTemplate other = AtomicFileTemplate.create();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<?>> updates = new ArrayList<>();
			for (int i = 0; i < 80; i++) {
				AtomicFileTemplate used = (i % 2 == 0) ? this.template : other;
				updates.add(threads.submit(() -> used.update(this.target, Settings.class,
						(settings) -> new Settings("a", (settings != null) ? settings.count() + 1 : 1))));
			}
			for (Future<?> update : updates) {
				update.get();
			}
		}
		finally {
			threads.shutdown();
		}
		assertThat(this.template.readValue(this.target, Settings.class).count()).isEqualTo(80);
	}

	record Settings(String theme, int count) {
	}

	static final class Broken {

		public String getValue() {
			throw new IllegalStateException("broken getter");
		}

	}

}
