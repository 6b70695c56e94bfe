package io.atomicwrite.spring.housekeeping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.NoPause;
import io.atomicwrite.maintenance.SweepListener;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.actuate.endpoint.AtomicWriteEndpoint;
import io.atomicwrite.spring.actuate.endpoint.SweepDescriptor;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.AtomicWriteEndpointAutoConfiguration;
import io.atomicwrite.test.Snapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dry run changes nothing, and nobody counts it as a removal, whatever recovery comes
 * before the sweep; a run that is not dry does what was asked for.
 */
class DryRunRuleTests {

	private static final String ORPHAN = ".a.json.0123456789abcdef.tmp";

	@TempDir
	private Path temporary;

	private Path data;

	private final List<String> heard = new ArrayList<>();

	@BeforeEach
	void createFiles() throws IOException {
		this.data = Files.createDirectory(this.temporary.toRealPath().resolve("data"));
		aged(ORPHAN, "staged");
		aged("b.lock", "\0");
		aged("c.json.20200101-000000.backup", "old");
		aged(".atomicwrite-probe-0123456789abcdef.sync", "probe");
		// announced a write that did not happen
		aged("d.json", "is");
		aged("d.json.sha256", hex("was to be") + "  d.json\n# previous " + hex("is") + "\n");
	}

	private void aged(String name, String content) throws IOException {
		Path file = Files.writeString(this.data.resolve(name), content);
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
	}

	private static String hex(String content) {
		return Checksum.of(ChecksumAlgorithm.SHA_256, content.getBytes()).hex();
	}

	static Stream<Arguments> recoveriesAndRequests() {
		return Stream.of("", "discard", "finish", "set-aside")
			.flatMap((recovery) -> Stream.of(true, null, false).map((dry) -> Arguments.of(recovery, dry)));
	}

	@ParameterizedTest
	@MethodSource("recoveriesAndRequests")
	void dryRunChangesNothingWhateverTheRecovery(String recovery, @Nullable Boolean dry) {
		Map<String, String> before = Snapshot.of(this.data);
		runner(recovery).run((context) -> {
			AtomicWriteEndpoint endpoint = context.getBean(AtomicWriteEndpoint.class);
			SweepDescriptor report = Objects.requireNonNull(endpoint.sweep(SecurityContext.NONE, "data", dry));
			assertThat(report.dryRun()).isEqualTo(!Boolean.FALSE.equals(dry));
			boolean swept = recovery.isEmpty();
			assertThat(report.removed().keySet()).containsExactlyInAnyOrderElementsOf(swept
					? List.of(ArtifactKind.values()).stream().filter((kind) -> kind != ArtifactKind.SIDECAR).toList()
					: List.of(ArtifactKind.LOCK, ArtifactKind.BACKUP, ArtifactKind.PROBE));
			if (report.dryRun()) {
				assertThat(Snapshot.of(this.data)).isEqualTo(before);
				assertThat(this.heard).isEmpty();
			}
			else {
				checkFiles(recovery, before);
			}
		});
	}

	private void checkFiles(String recovery, Map<String, String> before) {
		List<String> left = new ArrayList<>(List.of("d.json", "d.json.sha256"));
		if (recovery.equals("finish") || recovery.equals("set-aside")) {
			left.add(ORPHAN.replace(".tmp", ".aside"));
		}
		assertThat(Snapshot.of(this.data).keySet()).containsExactlyInAnyOrderElementsOf(left);
		assertThat(this.heard).hasSize(recovery.isEmpty() ? 4 : 3);
		// without a recovery sidecars are left alone
		assertThat(Snapshot.of(this.data).get("d.json.sha256").equals(before.get("d.json.sha256")))
			.isEqualTo(recovery.isEmpty());
	}

	private ApplicationContextRunner runner(String recovery) {
		FileOps files = new MountedAs("ext4");
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteEndpointAutoConfiguration.class))
			.withPropertyValues("atomicwrite.directories.data.path=" + this.data,
					"atomicwrite.housekeeping.on-startup=false", "atomicwrite.housekeeping.backup-age=1d",
					"management.endpoints.web.exposure.include=atomicwrite",
					"management.endpoints.jmx.exposure.include=atomicwrite")
			.withBean(FileOps.class, () -> files)
			.withBean(SweepListener.class, () -> new SweepListener() {

				@Override
				public void removed(Path file, ArtifactKind kind, long size) {
					DryRunRuleTests.this.heard.add(file.toString());
				}

			});
		runner = runner.withInitializer((context) -> {
			LockRegistry locks = LockRegistry.file();
			context.getBeanFactory().registerSingleton("housekeeper", NoPause.housekeeper(files, locks));
			context.getBeanFactory().registerSingleton("recovery", NoPause.recovery(files, locks));
		});
		return recovery.isEmpty() ? runner : runner.withPropertyValues("atomicwrite.housekeeping.recovery=" + recovery);
	}

}
