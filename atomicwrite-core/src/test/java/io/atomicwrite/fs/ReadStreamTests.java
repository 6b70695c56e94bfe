package io.atomicwrite.fs;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reading what is no regular file, in each of the ways that a stream has.
 */
@Timeout(60)
class ReadStreamTests {

	private static final byte[] CONTENT = content();

	@TempDir
	private Path directory;

	private static byte[] content() {
		byte[] content = new byte[200_000];
		new Random(1).nextBytes(content);
		return content;
	}

	static Stream<Way> ways() {
		return Stream.of(InputStream::readAllBytes, (in) -> in.readNBytes(CONTENT.length + 1), (in) -> {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			in.transferTo(out);
			return out.toByteArray();
		}, (in) -> {
			in.available();
			byte[] all = new byte[CONTENT.length + 1];
			int length = 0;
			for (int read = in.read(all); read > 0; read = in.read(all, length, all.length - length)) {
				length += read;
			}
			return java.util.Arrays.copyOf(all, length);
		}, (in) -> {
			long skipped = 0;
			for (long step = in.skip(1000); skipped < 1000; step = in.skip(1000 - skipped)) {
				skipped += step;
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			out.write(CONTENT, 0, (int) skipped);
			out.write(in.readAllBytes());
			return out.toByteArray();
		});
	}

	@ParameterizedTest
	@MethodSource("ways")
	void fifo(Way way) throws Exception {
		Path file = Files.write(this.directory.resolve("f"), CONTENT);
		Path fifo = this.directory.resolve("fifo");
		Shell.run("mkfifo", fifo.toString());
		Process writer = new ProcessBuilder("sh", "-c", "cat \"$0\" > \"$1\"", file.toString(), fifo.toString())
			.start();
		try (InputStream in = FileOps.system().openRead(fifo)) {
			assertThat(way.read(in)).isEqualTo(CONTENT);
		}
		assertThat(writer.waitFor()).isZero();
	}

	@ParameterizedTest
	@MethodSource("ways")
	void regularFile(Way way) throws Exception {
		Path file = Files.write(this.directory.resolve("f"), CONTENT);
		try (InputStream in = FileOps.system().openRead(file)) {
			assertThat(way.read(in)).isEqualTo(CONTENT);
			assertThat(in.skip(1)).isZero();
			assertThat(in.available()).isZero();
		}
	}

	/** Its size is 0. */
	@Test
	void fileOfTheKernel() throws Exception {
		for (Way way : ways().limit(3).toList()) {
			try (InputStream in = FileOps.system().openRead(Path.of("/proc/self/status"))) {
				assertThat(new String(way.read(in), StandardCharsets.UTF_8)).contains("Name:", "VmRSS:").endsWith("\n");
			}
		}
	}

	@Test
	void device() throws Exception {
		try (InputStream in = FileOps.system().openRead(Path.of("/dev/zero"))) {
			assertThat(in.readNBytes(100_000)).hasSize(100_000).containsOnly(0);
			assertThat(in.skip(100)).isEqualTo(100);
			assertThat(in.skip(-1)).isZero();
		}
	}

	/** A way of reading a stream to its end. */
	@FunctionalInterface
	interface Way {

		byte[] read(InputStream in) throws Exception;

	}

}
