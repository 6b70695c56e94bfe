package io.atomicwrite.spring.lock;

import java.time.Duration;
import java.util.Optional;

import javax.sql.DataSource;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.StoreLease;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.support.locks.DefaultLockRegistry;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LockStoresTests {

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private LockStore named(Object bean) {
		this.beans.addBean("locks", bean);
		return LockStores.named("locks", this.beans);
	}

	@Test
	void aStoreIsUsedAsItIs() {
		LockStore store = new LockStore() {

			@Override
			public String name() {
				return "own";
			}

			@Override
			public boolean linearizable() {
				return true;
			}

			@Override
			public Optional<StoreLease> tryAcquire(String key, Duration leaseTime) {
				return Optional.empty();
			}

		};
		assertThat(named(store)).isSameAs(store);
	}

	@Test
	void aRepositoryIsUsedWithTheDataSource() {
		DataSource dataSource = new DriverManagerDataSource("jdbc:none");
		this.beans.addBean("dataSource", dataSource);
		LockStore store = named(new DefaultLockRepository(dataSource));
		assertThat(store.name()).isEqualTo("jdbc");
		assertThat(store.linearizable()).isTrue();
		assertThat(((JdbcLockStore) store).withAsynchronousFailover().linearizable()).isFalse();
	}

	@Test
	void aRepositoryWithoutADataSourceIsRefused() {
		DefaultLockRepository repository = new DefaultLockRepository(new DriverManagerDataSource("jdbc:none"));
		assertThatThrownBy(() -> named(repository)).isInstanceOf(NoSuchBeanDefinitionException.class)
			.hasMessageContaining("DataSource");
	}

	@Test
	void aRegistryOverJdbcIsRefusedWithWhatToUse() {
		JdbcLockRegistry registry = new JdbcLockRegistry(
				new DefaultLockRepository(new DriverManagerDataSource("jdbc:none")));
		assertThatThrownBy(() -> named(registry)).isInstanceOfSatisfying(UnusableLockStoreException.class,
				(refused) -> {
					assertThat(refused).hasMessageContaining("retries failed requests without a limit");
					assertThat(refused.action()).contains("JdbcLockStore.of(lockRepository, dataSource)");
				});
	}

	@Test
	void aRegistryThatCanNotRenewIsRefused() {
		assertThatThrownBy(() -> named(new DefaultLockRegistry()))
			.isInstanceOfSatisfying(UnusableLockStoreException.class, (refused) -> {
				assertThat(refused).hasMessageContaining("DefaultLockRegistry can't renew a lock");
				assertThat(refused.action()).contains("RedisLockRegistry");
			});
	}

	@Test
	void aProviderThatCanNotExtendIsRefused() {
		LockProvider plain = (configuration) -> Optional.empty();
		assertThatThrownBy(() -> named(plain)).isInstanceOf(UnusableLockStoreException.class)
			.hasMessageContaining("can't extend a lock");
		ExtensibleLockProvider extensible = (configuration) -> Optional.empty();
		assertThat(ShedLockStore.of(extensible).name()).isEqualTo("shedlock");
	}

	@Test
	void anythingElseIsRefused() {
		assertThatThrownBy(() -> named("text")).isInstanceOf(UnusableLockStoreException.class)
			.hasMessage("the bean 'locks' of java.lang.String is no lock store");
	}

	@Test
	void aNameWithoutABeanIsRefused() {
		assertThatThrownBy(() -> LockStores.named("missing", this.beans))
			.isInstanceOf(NoSuchBeanDefinitionException.class);
	}

}
