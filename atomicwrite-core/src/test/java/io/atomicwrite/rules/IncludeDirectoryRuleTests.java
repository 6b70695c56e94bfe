package io.atomicwrite.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.UnsyncedFileOps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program that reads every file of a directory reads companions too: a write that
 * leaves some there says so.
 */
class IncludeDirectoryRuleTests {

	private static final FileOps FILES = new PretendedMount(new UnsyncedFileOps(), "ext4");

	private final List<String> warned = new ArrayList<>();

	@TempDir
	private Path temporary;

	@ParameterizedTest
	@EnumSource
	void everyChangeWarnsOfItsLockFile(Change change) throws Exception {
		Path directory = Files.createDirectory(this.temporary.toRealPath().resolve("conf.d"));
		change.prepare(directory);
		Path target = directory.resolve(Change.TARGET);
		if (!change.needsFreeName()) {
			Files.writeString(target, Change.OLD);
		}
		try (LockRegistry locks = LockRegistry.file(); AtomicFileTemplate template = template(locks)) {
			assertThat(change.run(template, target, directory).warnings()).isNotEmpty()
				.allSatisfy((text) -> assertThat(text).contains(directory.toString(), "f.json.lock"))
				.isEqualTo(this.warned);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "conf.d", "sites-enabled" })
	void eachCompanionThatIsSeenIsNamed(String name) {
		WriteOptions all = WriteOptions.engineDefaults()
			.with((o) -> o.backup(BackupPolicy.single()).checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256)));
		assertThat(warnings(name + "/x.conf", all)).singleElement()
			.asString()
			.contains("x.conf.lock, x.conf.backup, x.conf.sha256:");
		WriteOptions elsewhere = all.with((o) -> o.lock(LockRequest.none())
			.backup(BackupPolicy.single().with((backup) -> backup.directory(Path.of("../old"))))
			.checksum(ChecksumPolicy.none()));
		assertThat(warnings(name + "/x.conf", elsewhere)).isEmpty();
		assertThat(warnings(name + "/x.conf", all.with((o) -> o.safety(SafetyPolicy.BEST_EFFORT)))).isEmpty();
		assertThat(warnings(name + "/.hidden", all)).isEmpty();
		assertThat(warnings(name + "/sub/x.conf", all)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "conf", "d", "enabled", "conf.dir", "x.d.bak" })
	void otherDirectoriesAreNoneOfThose(String name) {
		assertThat(warnings(name + "/x.conf", WriteOptions.engineDefaults())).isEmpty();
	}

	@Test
	void lockFileElsewhereIsNotSeen() {
		try (LockRegistry locks = LockRegistry.fileBuilder().lockFile(this.temporary.resolve("lock")).build();
				AtomicFileTemplate template = template(locks)) {
			assertThat(template.write(this.temporary.resolve("conf.d/x"), new byte[1]).warnings()).isEmpty();
		}
		try (LockRegistry locks = LockRegistry.inProcess(); AtomicFileTemplate template = template(locks)) {
			assertThat(template.write(this.temporary.resolve("conf.d/x"), new byte[1]).warnings()).isEmpty();
		}
	}

	private List<String> warnings(String path, WriteOptions options) {
		try (LockRegistry locks = LockRegistry.file(); AtomicFileTemplate template = template(locks)) {
			return template.write(this.temporary.resolve(path), new byte[1], options).warnings();
		}
	}

	private AtomicFileTemplate template(LockRegistry locks) {
		return AtomicFileTemplate.builder().files(FILES).locks(locks).listener(new WriteListener() {
			@Override
			public void warned(Path target, String warning) {
				IncludeDirectoryRuleTests.this.warned.add(warning);
			}
		}).build();
	}

}
