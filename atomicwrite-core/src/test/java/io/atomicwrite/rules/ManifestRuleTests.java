package io.atomicwrite.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.manifest.Manifest;
import io.atomicwrite.manifest.Manifest.Entry;
import io.atomicwrite.manifest.Stamp;
import io.atomicwrite.test.UnsyncedFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A manifest never lies, whatever changes the file.
 */
class ManifestRuleTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	@BeforeEach
	void paths() throws Exception {
		this.directory = this.temporary.toRealPath();
		this.target = this.directory.resolve(Change.TARGET);
	}

	private AtomicFileTemplate template(WriteOptions defaults) {
		return AtomicFileTemplate.builder()
			.files(FILES)
			.locks(LockRegistry.fileBuilder().files(FILES).build())
			.defaults(defaults)
			.build();
	}

	private void prepare(Change change) throws Exception {
		change.prepare(this.directory);
		AtomicFileTemplate template = template(WriteOptions.engineDefaults());
		if (!change.needsFreeName()) {
			template.writeString(this.target, Change.OLD, (options) -> options.stamp(Stamp.ofRun("old")));
		}
		if (change.moves()) {
			template.writeString(this.directory.resolve(Change.SOURCE), "43",
					(options) -> options.stamp(Stamp.ofRun("moved")));
		}
	}

	@ParameterizedTest
	@EnumSource
	void withoutAStampTheManifestIsTrue(Change change) throws Exception {
		prepare(change);
		AtomicFileTemplate template = template(WriteOptions.engineDefaults());
		change.run(template, this.target, this.directory);
		check(change, template, change.moves() ? Optional.of("moved") : Optional.empty(), change == Change.CREATE);
	}

	@ParameterizedTest
	@EnumSource
	void withAStampItIsThatOfTheContent(Change change) throws Exception {
		prepare(change);
		AtomicFileTemplate template = template(
				WriteOptions.engineDefaults().with((options) -> options.stamp(Stamp.ofRun("new"))));
		change.run(template, this.target, this.directory);
		check(change, template, Optional.of("new"), false);
	}

	private void check(Change change, AtomicFileTemplate template, Optional<String> run, boolean none) {
		assertThat(this.directory.resolve(Change.SOURCE + ".manifest.json")).doesNotExist();
		if (change == Change.DELETE || none) {
			assertThat(this.directory.resolve(Change.TARGET + ".manifest.json")).doesNotExist();
			return;
		}
		assertThat(Files.exists(this.target)).isTrue();
		Manifest found = template.manifest(this.target).orElseThrow();
		assertThat(found.state()).isEqualTo(Manifest.State.FITS);
		assertThat(found.entry().flatMap(Entry::run)).isEqualTo(run);
	}

}
