package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Programs that read a plain directory while it is exchanged, by the calls of the kernel.
 * Where there are no native calls, the same publication is refused.
 */
class ExchangeReadersTests {

	private static final boolean NATIVE = NativeCalls.status().used();

	private static final int FILES = 5;

	@TempDir
	private Path directory;

	private final AtomicInteger walks = new AtomicInteger();

	private final AtomicInteger mixed = new AtomicInteger();

	private final AtomicInteger whole = new AtomicInteger();

	@Test
	@Timeout(120)
	void theDirectoryIsAlwaysThereAndWhoOpensItSeesOneVersion() throws Exception {
		exchangeWhileOthersRead(50);
	}

	@Test
	@Stresses
	@Timeout(1800)
	void theDirectoryIsAlwaysThereWhileAThousandVersionsArePublished() throws Exception {
		exchangeWhileOthersRead(1000);
	}

	private void exchangeWhileOthersRead(int versions) throws Exception {
		Publication set = AtomicFileTemplate.create().publication(this.directory, "set");
		if (!NATIVE) {
			assertThatExceptionOfType(CapabilityNotSupportedException.class).isThrownBy(() -> publish(set, 0));
			return;
		}
		publish(set, 0);
		AtomicBoolean ended = new AtomicBoolean();
		AtomicReference<Throwable> wrong = new AtomicReference<>();
		List<Thread> readers = new ArrayList<>();
		Path latest = this.directory.resolve("set/latest");
		readers.add(reading(() -> walk(latest), ended, wrong));
		readers.add(reading(() -> readOpened(latest), ended, wrong));
		for (int number = 1; number <= versions && wrong.get() == null; number++) {
			publish(set, number);
		}
		ended.set(true);
		for (Thread reader : readers) {
			reader.join();
		}
		assertThat(wrong.get()).isNull();
		assertThat(this.walks.get()).isPositive();
		assertThat(this.whole.get()).isPositive();
		System.out
			.println(versions + " exchanges while " + this.whole + " opened directories were each of one version, and "
					+ this.walks + " walks by path found every file, " + this.mixed + " of them of two versions");
	}

	private static Thread reading(Reader reader, AtomicBoolean ended, AtomicReference<Throwable> wrong) {
		Thread thread = new Thread(() -> {
			try {
				while (!ended.get()) {
					reader.read();
				}
			}
			catch (Throwable ex) {
				wrong.compareAndSet(null, ex);
			}
		});
		thread.start();
		return thread;
	}

	private static void publish(Publication set, int number) {
		set.publish((out) -> {
			for (int i = 0; i < FILES; i++) {
				out.file("f" + i, ("version " + number).getBytes());
			}
		}, PublishOptions.defaults()
			.withSyncsInFlight(4)
			.withPointer(PointerKind.DIRECTORY)
			// whoever is in the version before has the time of forty more to finish: on a
			// busy machine
			// a thread may have to wait for longer than eight take
			.withRetention(Retention.keep(40)));
	}

	/** Each path leads through latest: a file is always there, of whichever version. */
	private void walk(Path latest) throws IOException {
		String first = Files.readString(latest.resolve("f0"));
		boolean same = true;
		for (int i = 1; i < FILES; i++) {
			same &= Files.readString(latest.resolve("f" + i)).equals(first);
		}
		this.walks.incrementAndGet();
		if (!same) {
			this.mixed.incrementAndGet();
		}
	}

	@SuppressWarnings("unchecked")
	private void readOpened(Path latest) throws IOException {
		try (DirectoryStream<Path> opened = Files.newDirectoryStream(latest)) {
			SecureDirectoryStream<Path> directory = (SecureDirectoryStream<Path>) opened;
			String first = read(directory, "f0");
			for (int i = 1; i < FILES; i++) {
				assertThat(read(directory, "f" + i)).isEqualTo(first);
			}
		}
		this.whole.incrementAndGet();
	}

	private static String read(SecureDirectoryStream<Path> directory, String name) throws IOException {
		try (SeekableByteChannel channel = directory.newByteChannel(Path.of(name), Set.of())) {
			ByteBuffer bytes = ByteBuffer.allocate(64);
			channel.read(bytes);
			return new String(bytes.array(), 0, bytes.position());
		}
	}

	private interface Reader {

		void read() throws IOException;

	}

}
