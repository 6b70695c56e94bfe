package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.health.HealthOf;
import io.atomicwrite.spring.autoconfigure.health.AtomicWriteHealthContributorAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Checksums and backups of an application: its files, and the messages for invalid
 * properties.
 */
class IntegrityPropertiesTests {

	/** As sha256sum prints it of {@code content}. */
	private static final String SHA_256 = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

	@TempDir
	private Path directory;

	private FileOps files = new MountedAs("ext4");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
				AtomicWriteHealthContributorAutoConfiguration.class))
		.withBean(FileOps.class, () -> this.files);

	@Test
	void nothingIsKeptUnlessAsked() {
		this.runner.run((context) -> {
			writeTwice(context.getBean(AtomicFileTemplate.class));
			assertThat(this.directory.toFile().list()).containsExactly("a.txt");
		});
	}

	@Test
	void aSidecarIsKept() {
		this.runner.withPropertyValues("atomicwrite.checksum.mode=sidecar").run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			template.writeString(file(), "content");
			assertThat(this.directory.resolve("a.txt.sha256")).content().startsWith(SHA_256 + "  a.txt");
			Files.writeString(file(), "damaged");
			assertThat(template.readString(file())).isEqualTo("damaged");
			assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> template.verify(file()));
		});
	}

	@Test
	void aSidecarOfAnotherAlgorithmIsKept() {
		this.runner.withPropertyValues("atomicwrite.checksum.mode=sidecar", "atomicwrite.checksum.algorithm=sha-512")
			.run((context) -> {
				context.getBean(AtomicFileTemplate.class).writeString(file(), "content");
				assertThat(this.directory.toFile().list()).containsExactlyInAnyOrder("a.txt", "a.txt.sha512");
			});
	}

	@Test
	void anAttributeIsKept() {
		this.runner.withPropertyValues("atomicwrite.checksum.mode=attribute").run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(file(), "content");
			assertThat(this.directory.toFile().list()).containsExactly("a.txt");
			assertThat(FileOps.system().userAttributes(file()).get("atomicwrite.sha256")).asString().contains(SHA_256);
		});
	}

	@Test
	void allCompanionsAreHiddenIfAsked() {
		this.runner
			.withPropertyValues("atomicwrite.companions=hidden", "atomicwrite.checksum.mode=sidecar",
					"atomicwrite.backup.enabled=true", "atomicwrite.lock.file=keep")
			.run((context) -> {
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				writeTwice(template);
				assertThat(this.directory.toFile().list()).containsExactlyInAnyOrder("a.txt", ".a.txt.sha256",
						".a.txt.backup", "..a.txt.backup.sha256", ".a.txt.lock");
				assertThat(template.verify(file()).location()).hasFileName(".a.txt.sha256");
				assertThat(template.generations(file())).hasSize(1);
			});
	}

	@Test
	void everyReadVerifiesIfAsked() {
		this.runner.withPropertyValues("atomicwrite.checksum.mode=sidecar", "atomicwrite.checksum.verify-on-read=true")
			.run((context) -> {
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				template.writeString(file(), "content");
				assertThat(template.readString(file())).isEqualTo("content");
				Files.writeString(file(), "damaged");
				assertThatExceptionOfType(ChecksumMismatchException.class)
					.isThrownBy(() -> template.readString(file()));
				Path other = Files.writeString(this.directory.resolve("b.txt"), "no checksum");
				assertThatExceptionOfType(ChecksumMissingException.class).isThrownBy(() -> template.readString(other));
			});
	}

	@Test
	void aBackupIsKept() {
		this.runner.withPropertyValues("atomicwrite.backup.enabled=true").run((context) -> {
			writeTwice(context.getBean(AtomicFileTemplate.class));
			assertThat(this.directory.resolve("a.txt.backup")).hasContent("old");
			assertThat(this.directory.resolve("a.txt")).hasContent("new");
		});
	}

	@Test
	void backupsGoWhereTheyAreToGoUnderTheirNames() {
		this.runner.withPropertyValues("atomicwrite.backup.enabled=true", "atomicwrite.backup.directory=old",
				"atomicwrite.backup.suffix=.bak", "atomicwrite.backup.timestamped=true", "atomicwrite.backup.keep=2")
			.run((context) -> {
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				for (String content : new String[] { "1", "2", "3", "4" }) {
					template.writeString(file(), content);
				}
				assertThat(this.directory.resolve("old").toFile().list()).hasSize(2)
					.allMatch((name) -> name.matches("a\\.txt\\.\\d{8}-\\d{6}(-\\d+)?\\.bak"));
				assertThat(template.generations(file())).extracting(Backup::path)
					.allSatisfy((path) -> assertThat(path).hasParent(this.directory.toRealPath().resolve("old")))
					.extracting(Files::readString)
					.containsExactly("3", "2");
			});
	}

	@Test
	void valuesThatCanNotBeAreExplained() {
		assertThat(failure("atomicwrite.checksum.algorithm=MD5").getDescription())
			.contains("atomicwrite.checksum.algorithm")
			.contains("'MD5' is not a supported checksum algorithm")
			.contains("SHA-256");
		assertThat(failure("atomicwrite.checksum.mode=file").getAction()).contains("SIDECAR");
		assertThat(failure("atomicwrite.backup.suffix=.lock").getDescription()).contains("atomicwrite.backup.suffix")
			.contains("is not a valid suffix for backups");
		assertThat(failure("atomicwrite.backup.keep=0").getDescription()).contains("atomicwrite.backup.keep")
			.contains("The number of backups to keep must be at least 1");
		assertThat(failure("atomicwrite.backup.directory=a\0b").getDescription()).contains("control character, U+0000");
	}

	@Test
	void severalBackupsNeedTheirTimesInTheirNames() {
		assertThat(failure("atomicwrite.backup.enabled=true", "atomicwrite.backup.keep=5").getDescription())
			.contains("atomicwrite.backup.keep")
			.contains("Set 'atomicwrite.backup.timestamped' to true");
	}

	@Test
	void integrityThatIsRequiredNeedsAChecksum() {
		String[] required = { "atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.require.integrity-detection=guaranteed" };
		FailureAnalysis analysis = failure(required);
		assertThat(analysis.getDescription())
			.contains("INTEGRITY_DETECTION must be GUARANTEED but is UNSUPPORTED " + "(the write keeps no checksum)");
		assertThat(analysis.getAction()).isEqualTo("Set 'atomicwrite.checksum.mode' to sidecar or attribute, or, if "
				+ "you accept the risk, relax 'atomicwrite.require.integrity-detection'.");
		for (String mode : new String[] { "sidecar", "attribute" }) {
			this.runner.withPropertyValues(required)
				.withPropertyValues("atomicwrite.checksum.mode=" + mode)
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void anotherFilesystemAloneIsNoHelpWithoutAChecksum() {
		this.files = new MountedAs("jfs");
		assertThat(failure("atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.require.integrity-detection=guaranteed")
			.getAction())
			.isEqualTo("Set 'atomicwrite.directories.data.path' to a directory on another filesystem and "
					+ "'atomicwrite.checksum.mode' to sidecar or attribute, or, if you accept the risk, relax "
					+ "'atomicwrite.require.integrity-detection' and 'atomicwrite.safety' (warn or best-effort).");
	}

	@Test
	void attributesThatAreMissingAreExplained() {
		this.files = new ForwardingFileOps(new MountedAs("ext4")) {
			@Override
			public Set<Capability> capabilities() {
				return EnumSet.complementOf(EnumSet.of(Capability.USER_ATTRIBUTES));
			}
		};
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.checksum.mode=attribute");
		assertThat(analysis.getDescription()).contains("writes need USER_ATTRIBUTES");
		assertThat(analysis.getAction())
			.endsWith("or 'atomicwrite.checksum.mode' to sidecar, which needs no extended " + "attributes.");
	}

	@Test
	void levelAndHealthFollowTheMode() {
		this.runner.withPropertyValues("atomicwrite.directories.data.path=" + this.directory).run((context) -> {
			assertThat(level(context.getBean(DirectoryInspector.class))).isEqualTo(GuaranteeLevel.UNSUPPORTED);
			assertThat(HealthOf.directory(context, "data").getDetails().toString())
				.contains("the write keeps no checksum");
		});
		this.runner
			.withPropertyValues("atomicwrite.directories.data.path=" + this.directory,
					"atomicwrite.checksum.mode=sidecar")
			.run((context) -> assertThat(level(context.getBean(DirectoryInspector.class)))
				.isEqualTo(GuaranteeLevel.GUARANTEED));
	}

	private GuaranteeLevel level(DirectoryInspector inspector) throws IOException {
		return inspector.inspect(new ManagedDirectory("data", this.directory))
			.guarantees()
			.get(Guarantee.INTEGRITY_DETECTION)
			.level();
	}

	private void writeTwice(AtomicFileTemplate template) {
		template.writeString(file(), "old");
		template.writeString(file(), "new");
	}

	private Path file() {
		return this.directory.resolve("a.txt");
	}

	private FailureAnalysis failure(String... properties) {
		return Analyses.ofStart(this.runner, properties);
	}

}
