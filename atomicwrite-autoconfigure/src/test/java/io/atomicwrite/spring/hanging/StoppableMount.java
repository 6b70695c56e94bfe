package io.atomicwrite.spring.hanging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.test.Shell;

import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * A FUSE mount whose daemon can be stopped: from then on no system call on it returns, as
 * on a network filesystem whose server is gone. It lies outside of any directory that a
 * test deletes, which would wait for it.
 */
final class StoppableMount implements AutoCloseable {

	private final Path place;

	private final Process daemon;

	/** Kills the daemon once this JVM is gone: a hanging mount blocks a machine. */
	private final Process watchdog;

	private StoppableMount(Path place, Process daemon, Process watchdog) {
		this.place = place;
		this.daemon = daemon;
		this.watchdog = watchdog;
	}

	static StoppableMount create() throws IOException {
		Path place = Files.createTempDirectory("hang-");
		Path source = Files.createDirectory(place.resolve("source"));
		Path point = Files.createDirectory(place.resolve("point"));
		// nothing is answered from a cache of the kernel
		Process daemon = new ProcessBuilder("bindfs", "-f", "-o", "attr_timeout=0,entry_timeout=0", source.toString(),
				point.toString())
			.inheritIO()
			.start();
		Process watchdog = new ProcessBuilder("sh", "-c", "tail -f /dev/null --pid=" + ProcessHandle.current().pid()
				+ "; kill -9 " + daemon.pid() + "; umount -l '" + point + "'")
			.start();
		StoppableMount mount = new StoppableMount(place, daemon, watchdog);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + point + " "));
		return mount;
	}

	Path point() {
		return this.place.resolve("point");
	}

	/** What lies beneath the mount, and always answers. */
	Path source() {
		return this.place.resolve("source");
	}

	void stop() {
		signal("STOP");
	}

	void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		Shell.run("kill", "-" + name, Long.toString(this.daemon.pid()));
	}

	/** Ends the daemon, whereupon all that waited for it fails, and unmounts. */
	@Override
	public void close() throws IOException {
		this.daemon.destroyForcibly();
		try {
			this.daemon.waitFor(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Shell.run("umount", "-l", point().toString());
		this.watchdog.descendants().forEach(ProcessHandle::destroyForcibly);
		this.watchdog.destroyForcibly();
		FileSystemUtils.deleteRecursively(this.place);
	}

}
