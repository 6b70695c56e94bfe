package io.atomicwrite.lock;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.AtomicFileTemplateBuilder;
import io.atomicwrite.test.EvidenceRecord;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is loaded again in the same JVM, as developer tools do: for a while
 * two copies of the engine work on the same files, and the older one is closed late.
 */
@Stresses
@Timeout(300)
class ReloadTests {

	private static final int RELOADS = 12;

	private static final int APPENDS = 20;

	@TempDir
	private Path directory;

	@Test
	void closeOfTheStaleCopyLeavesTheLockOfTheOther() throws Exception {
		Path target = this.directory.resolve("config.json");
		try (ForkedJvm other = LockPeer.start(target); Copy stale = new Copy("file"); Copy fresh = new Copy("file")) {
			stale.tryAcquire(target).orElseThrow().close();
			AutoCloseable lease = fresh.tryAcquire(target).orElseThrow();
			assertThat(stale.tryAcquire(target)).isEmpty();
			stale.close();
			assertThat(other.ask("try")).startsWith("BUSY");
			fresh.ensureHeld(lease);
			lease.close();
			assertThat(other.ask("try")).startsWith("acquired");
		}
	}

	@Test
	void closeOfTheStaleCopyGivesUpWhatItHolds() throws Exception {
		Path target = this.directory.resolve("config.json");
		try (ForkedJvm other = LockPeer.start(target); Copy stale = new Copy("file"); Copy fresh = new Copy("file")) {
			AutoCloseable forgotten = stale.tryAcquire(target).orElseThrow();
			assertThat(fresh.tryAcquire(target)).isEmpty();
			stale.close();
			AutoCloseable lease = fresh.tryAcquire(target).orElseThrow();
			// a lease of a registry that is closed is closed with it
			forgotten.close();
			fresh.ensureHeld(lease);
			assertThat(other.ask("try")).startsWith("BUSY");
			lease.close();
		}
	}

	@Test
	void fileThatLingersInTheStaleCopyKeepsNobodyOut() throws Exception {
		Path target = this.directory.resolve("config.json");
		String key = "io.atomicwrite.lock.open:" + target + ".lock";
		try (Copy stale = new Copy("file"); Copy fresh = new Copy("file")) {
			for (int round = 0; round < 50; round++) {
				while (!System.getProperty(key, "").contains("LINGERING")) {
					stale.tryAcquire(target).orElseThrow().close();
				}
				// the same thread, and without a wait
				fresh.tryAcquire(target).orElseThrow().close();
			}
		}
	}

	@Test
	void noAppendIsLostBetweenCopies() throws Exception {
		long lost = lostAppends(this.directory.resolve("ours"), "file");
		long found = lostAppends(this.directory.resolve("control"), "inProcess");
		new EvidenceRecord("reloads", "reloads with two class loaders",
				"two copies of the engine in one JVM append to one file, " + RELOADS
						+ " times with a new copy while the" + " older one is closed",
				(long) RELOADS * APPENDS * 2, "appends", lost, "mvn -pl atomicwrite-core test -Dtest=ReloadTests",
				Scope.SLICE)
			.withControl("locks of each copy alone", (long) RELOADS * APPENDS * 2, found)
			.write();
		assertThat(lost).isZero();
		assertThat(found).as("lost appends where the copies do not exclude each other").isPositive();
	}

	private static long lostAppends(Path target, String locks) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Copy stale = new Copy(locks);
			for (int reload = 0; reload < RELOADS; reload++) {
				Copy fresh = new Copy(locks);
				List<Future<?>> running = new ArrayList<>();
				for (Copy copy : List.of(stale, fresh)) {
					running.add(threads.submit(() -> {
						copy.append(target, APPENDS);
						return null;
					}));
				}
				for (Future<?> one : running) {
					one.get(60, TimeUnit.SECONDS);
				}
				stale.close();
				stale = fresh;
			}
			stale.close();
		}
		finally {
			threads.shutdownNow();
		}
		return (long) RELOADS * APPENDS * 2 - Files.size(target);
	}

	/**
	 * One copy of the engine with its class loader.
	 */
	private static final class Copy implements AutoCloseable {

		private final URLClassLoader loader;

		private final Class<?> registryType;

		private final AutoCloseable registry;

		private final AutoCloseable template;

		Copy(String locks) throws ReflectiveOperationException {
			URL classes = LockRegistry.class.getProtectionDomain().getCodeSource().getLocation();
			this.loader = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader());
			this.registryType = load(LockRegistry.class);
			this.registry = (AutoCloseable) this.registryType.getMethod(locks).invoke(null);
			Object builder = load(AtomicFileTemplate.class).getMethod("builder").invoke(null);
			Class<?> builderType = load(AtomicFileTemplateBuilder.class);
			builderType.getMethod("locks", this.registryType).invoke(builder, this.registry);
			this.template = (AutoCloseable) builderType.getMethod("build").invoke(builder);
		}

		private Class<?> load(Class<?> type) throws ClassNotFoundException {
			Class<?> copy = this.loader.loadClass(type.getName());
			assertThat(copy).isNotEqualTo(type);
			return copy;
		}

		@SuppressWarnings("unchecked")
		Optional<AutoCloseable> tryAcquire(Path target) throws ReflectiveOperationException {
			return (Optional<AutoCloseable>) this.registryType.getMethod("tryAcquire", Path.class)
				.invoke(this.registry, target);
		}

		void ensureHeld(AutoCloseable lease) throws ReflectiveOperationException {
			load(LockLease.class).getMethod("ensureHeld").invoke(lease);
		}

		void append(Path target, int times) throws ReflectiveOperationException {
			Method append = this.template.getClass().getMethod("append", Path.class, byte[].class);
			for (int i = 0; i < times; i++) {
				append.invoke(this.template, target, new byte[] { 'x' });
			}
		}

		@Override
		public void close() throws IOException {
			try {
				this.template.close();
				this.registry.close();
			}
			catch (Exception ex) {
				throw new IOException(ex);
			}
			this.loader.close();
		}

	}

}
