package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file that a version has from elsewhere shares its blocks with it, where the
 * filesystem can do that and the JDK asks for it.
 */
@Mounts
@RequiresRoot
@RequiresCommand("filefrag")
class SharedBlocksTests {

	private static final boolean SHARES = Runtime.version().feature() >= 20;

	@TempDir
	private Path temp;

	@ParameterizedTest
	@EnumSource(names = { "BTRFS", "XFS" })
	void aCopyTakesNoSpace(RealFilesystem filesystem) throws Exception {
		try (MountedFilesystem disk = filesystem.mount(this.temp)) {
			Path root = disk.point().toRealPath();
			Path source = source(root.resolve("source"));
			Path small = Files.write(root.resolve("small"), new byte[100]);
			PublishedVersion version = publish(root, source, small);
			Path copy = version.path().resolve("d/copy");
			assertThat(isShared(copy)).isEqualTo(SHARES);
			assertThat(isShared(version.path().resolve("written"))).isFalse();
			assertThat(copy).hasSameBinaryContentAs(source);
			Files.writeString(source, "changed");
			try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
				assertThat(template.publication(root, "set").verify("latest").problems()).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "EXT4", "TMPFS" })
	void whereBlocksCanNotBeSharedTheBytesAreCopied(RealFilesystem filesystem) throws Exception {
		try (MountedFilesystem disk = filesystem.mount(this.temp)) {
			Path root = disk.point().toRealPath();
			Path source = source(root.resolve("source"));
			Path empty = Files.createFile(root.resolve("empty"));
			assertThat(FileOps.system().shareContent(source, empty)).isFalse();
			assertThat(empty).isEmptyFile();
			PublishedVersion version = publish(root, source, source);
			assertThat(version.path().resolve("d/copy")).hasSameBinaryContentAs(source);
		}
	}

	private static Path source(Path file) throws IOException {
		byte[] content = new byte[8 << 20];
		new Random(1).nextBytes(content);
		return Files.write(file, content);
	}

	private static PublishedVersion publish(Path root, Path source, Path other) {
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			Publication set = template.publication(root, "set");
			return set.publish((out) -> {
				out.copy("d/copy", source);
				out.copy("other", other);
				out.file("written", Files.readAllBytes(source));
			});
		}
	}

	/** Whether {@code filefrag} reports each extent as one that others have as well. */
	private static boolean isShared(Path file) throws Exception {
		Process process = new ProcessBuilder("filefrag", "-v", file.toString()).redirectErrorStream(true).start();
		String report = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(report).isZero();
		long extents = report.lines().filter((line) -> line.matches("\\s*\\d+:.*")).count();
		assertThat(extents).as(report).isPositive();
		return report.lines().filter((line) -> line.matches("\\s*\\d+:.*shared.*")).count() == extents;
	}

}
