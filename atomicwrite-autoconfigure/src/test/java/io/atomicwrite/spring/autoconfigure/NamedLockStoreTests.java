package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.lock.ClusterLockRegistry;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.support.locks.DefaultLockRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bean of another type than ours is used if it is named, and only then.
 */
class NamedLockStoreTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withPropertyValues("atomicwrite.lock.scope=cluster",
					"atomicwrite.directories.data.path=" + this.directory);
	}

	@Test
	void aProviderThatIsNamedIsUsed() {
		runner().withBean("jobs", ExtensibleLockProvider.class, () -> (configuration) -> Optional.empty())
			.withPropertyValues("atomicwrite.lock.store=jobs")
			.run((context) -> assertThat(context.getBean(ClusterLockRegistry.class).store()).isEqualTo("shedlock"));
	}

	@Test
	void aProviderThatServesSomethingElseIsNotFound() {
		runner().withBean("jobs", ExtensibleLockProvider.class, () -> (configuration) -> Optional.empty())
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("there is no bean of type LockStore"));
	}

	@Test
	void aRegistryThatCanNotRenewEndsTheStartWithWhatToDo() {
		runner().withBean("registry", DefaultLockRegistry.class)
			.withPropertyValues("atomicwrite.lock.store=registry")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("DefaultLockRegistry can't renew a lock").endsWith(".");
				assertThat(analysis.getAction()).contains("RedisLockRegistry");
			});
	}

	private static FailureAnalysis analysis(Throwable failure) {
		return Analyses.of(Objects.requireNonNull(failure));
	}

}
