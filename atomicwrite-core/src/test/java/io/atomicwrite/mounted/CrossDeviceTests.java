package io.atomicwrite.mounted;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * No policy moves a file from one mount to another.
 */
@Mounts
@RequiresRoot
class CrossDeviceTests {

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	@TempDir
	private Path temp;

	@AfterEach
	void close() {
		this.template.close();
	}

	@ParameterizedTest
	@EnumSource
	void moveBetweenDevicesIsRefused(SafetyPolicy safety) throws Exception {
		try (MountedFilesystem from = RealFilesystem.EXT4.mount(directory("from"));
				MountedFilesystem to = RealFilesystem.XFS.mount(directory("to"))) {
			assertNotMoved(from.point(), to.point(), safety);
		}
	}

	@ParameterizedTest
	@EnumSource
	void moveBetweenTwoMountsOfOneDeviceIsRefused(SafetyPolicy safety) throws Exception {
		try (MountedFilesystem disk = RealFilesystem.EXT4.mount(directory("disk"))) {
			Path a = Files.createDirectory(disk.point().resolve("a"));
			Path b = Files.createDirectory(disk.point().resolve("b"));
			try (Mounted from = Mounted.bind(a, directory("from")); Mounted to = Mounted.bind(b, directory("to"))) {
				assertThat(Files.getAttribute(from.point(), "unix:dev"))
					.isEqualTo(Files.getAttribute(to.point(), "unix:dev"));
				assertNotMoved(from.point(), to.point(), safety);
			}
		}
	}

	private void assertNotMoved(Path from, Path to, SafetyPolicy safety) throws Exception {
		Reports.of(this.template, from);
		Reports.of(this.template, to);
		Path source = Files.writeString(from.resolve("source"), "content");
		Path replaced = Files.writeString(to.resolve("existing"), "old");
		List<String> before = DirectoryContent.of(to);
		List<String> beforeAtSource = DirectoryContent.of(from);
		for (String name : List.of("target", "new/target", "existing")) {
			Path target = to.resolve(name);
			assertThatExceptionOfType(CrossDeviceException.class)
				.isThrownBy(() -> this.template.move(source, target,
						WriteOptions.engineDefaults().toBuilder().safety(safety).build()))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED))
				.withMessageContaining(target.toString());
			assertThat(source).hasContent("content");
			assertThat(replaced).hasContent("old");
			assertThat(DirectoryContent.of(to)).isEqualTo(before);
			assertThat(DirectoryContent.of(from)).isEqualTo(beforeAtSource);
		}
		assertThatExceptionOfType(CrossDeviceException.class)
			.isThrownBy(() -> this.template.move(source, to.resolve("target"),
					WriteOptions.engineDefaults().toBuilder().safety(safety).overwrite(false).build()))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(source).hasContent("content");
		assertThat(DirectoryContent.of(to)).isEqualTo(before);
	}

	private Path directory(String name) throws Exception {
		return Files.createDirectory(this.temp.resolve(name));
	}

}
