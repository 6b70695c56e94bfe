package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.lock.ClusterLockRegistry;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.lock.LockStore;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.metrics.AtomicWriteMetrics;
import io.atomicwrite.spring.metrics.MicrometerLockListener;
import io.atomicwrite.test.MemoryLockStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Locks of several hosts by {@code atomicwrite.lock.scope=cluster}.
 */
class ClusterLockingTests {

	private final MemoryLockStore store = new MemoryLockStore();

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withPropertyValues("atomicwrite.housekeeping.enabled=false", "atomicwrite.lock.scope=cluster",
					"atomicwrite.directories.data.path=" + this.directory)
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));
	}

	@Test
	void theStoreOfTheApplicationExcludesTheWritersOfAllHosts() {
		runner().withBean("etcd", LockStore.class, () -> this.store)
			.withPropertyValues("atomicwrite.lock.key-prefix=app")
			.run((context) -> {
				LockRegistry locks = context.getBean(LockRegistry.class);
				assertThat(locks.scope()).isEqualTo(LockScope.CLUSTER);
				try (LockLease lease = locks.acquire(this.directory.resolve("a"), LockRequest.failFast())) {
					assertThat(lease.isFenced()).isTrue();
					assertThat(this.store.held()).containsExactly("app/data/a");
				}
				context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("a"), "1");
				assertThat(this.directory.resolve("a")).hasContent("1");
				assertThat(this.store.held()).isEmpty();
			});
	}

	@Test
	void aFileOutsideOfTheManagedDirectoriesIsRefused(@TempDir Path elsewhere) {
		runner().withBean(LockStore.class, () -> this.store)
			.run((context) -> assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> context.getBean(AtomicFileTemplate.class).writeString(elsewhere.resolve("a"), "1"))
				.withMessageContaining("in no managed directory"));
	}

	@Test
	void theBeanIsChosenByItsName() {
		runner().withBean("one", LockStore.class, MemoryLockStore::new)
			.withBean("two", LockStore.class, () -> this.store)
			.withPropertyValues("atomicwrite.lock.store=two")
			.run((context) -> {
				context.getBean(LockRegistry.class).acquire(this.directory.resolve("a"), LockRequest.failFast());
				assertThat(this.store.held()).hasSize(1);
			});
	}

	@Test
	void withoutAStoreTheStartFailsWithWhatToDo() {
		runner().run((context) -> assertThat(analyze(context.getStartupFailure()).getDescription())
			.contains("there is no bean of type LockStore"));
	}

	@Test
	void withSeveralStoresTheStartFailsWithWhatToDo() {
		runner().withBean("one", LockStore.class, MemoryLockStore::new)
			.withBean("two", LockStore.class, MemoryLockStore::new)
			.run((context) -> assertThat(analyze(context.getStartupFailure()).getAction())
				.contains("Set 'atomicwrite.lock.store' to one of one, two."));
	}

	@Test
	void aStoreThatDoesNotExistIsNamed() {
		runner().withBean("one", LockStore.class, MemoryLockStore::new)
			.withPropertyValues("atomicwrite.lock.store=three")
			.run((context) -> assertThat(analyze(context.getStartupFailure()).getDescription()).contains("'three'"));
	}

	private static FailureAnalysis analyze(Throwable failure) {
		assertThat(failure).isNotNull();
		FailureAnalysis analysis = new LockStoreNotChosenFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		return analysis;
	}

	@Test
	void aStoreIsNotUsedUnlessAskedFor() {
		runner().withPropertyValues("atomicwrite.lock.scope=host")
			.withBean(LockStore.class, () -> this.store)
			.run((context) -> assertThat(context.getBean(LockRegistry.class))
				.isNotInstanceOf(ClusterLockRegistry.class));
	}

	@Test
	void theLevelOfExclusionIsThatOfTheStore() {
		this.store.linearizable(false);
		runner().withBean(LockStore.class, () -> this.store)
			.run((context) -> assertThat(context.getBean(DirectoryInspector.class).requirements().linearizable())
				.isFalse());
	}

	@Test
	void renewalsAreMeasuredFromTheStart() {
		ApplicationContextRunner measured = runner()
			.withConfiguration(AutoConfigurations.of(AtomicWriteMetricsAutoConfiguration.class))
			.withBean(LockStore.class, () -> this.store)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new);
		measured.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			context.getBean(AtomicWriteMetrics.class).bindTo(meters);
			assertThat(meters.get("atomicwrite.lock.renew").timer().count()).isZero();
		});
		measured.withPropertyValues("atomicwrite.lock.scope=host").run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			context.getBean(AtomicWriteMetrics.class).bindTo(meters);
			assertThat(meters.find("atomicwrite.lock.renew").timer()).isNull();
		});
	}

	@Test
	void lossesAndRenewalsAreCounted() {
		MeterRegistry meters = new SimpleMeterRegistry();
		runner().withBean(LockStore.class, () -> this.store)
			.withBean(MeterRegistry.class, () -> meters)
			.run((context) -> {
				MicrometerLockListener listener = new MicrometerLockListener(meters,
						context.getBean(ManagedDirectories.class));
				try (LockRegistry locks = LockRegistry.clusterBuilder(this.store)
					.directory("data", this.directory)
					.listener(listener)
					.build()) {
					LockLease lease = locks.acquire(this.directory.resolve("a"), LockRequest.failFast());
					lease.ensureHeld();
					this.store.expire();
					assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
				}
				assertThat(meters.get("atomicwrite.lock.renew").timer().count()).isEqualTo(1);
				assertThat(meters.get("atomicwrite.lock.lost").tag("reason", "taken").counter().count()).isEqualTo(1);
			});
	}

}
