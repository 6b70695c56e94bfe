package io.atomicwrite.spring.lock;

import javax.sql.DataSource;

import io.atomicwrite.lock.LockStore;
import io.etcd.jetcd.Client;
import net.javacrumbs.shedlock.core.LockProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.integration.jdbc.lock.LockRepository;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.util.ClassUtils;

/**
 * Makes a lock store of a bean that is named for it. A registry that serves something
 * else is never looked for.
 */
public final class LockStores {

	private static final String CHOICES = "Name a bean that is a LockStore, a RedisLockRegistry, a LockRepository of "
			+ "Spring Integration, an ExtensibleLockProvider of ShedLock or a Client of etcd.";

	private LockStores() {
	}

	/**
	 * Returns the lock store that a bean is, or that is made of it.
	 * @param name the name of the bean
	 * @param beans where the bean is, and for a {@code LockRepository} its only or
	 * primary data source
	 * @return the store
	 * @throws UnusableLockStoreException if the bean can't be used
	 * @throws org.springframework.beans.BeansException if there is no such bean, or no
	 * single data source
	 */
	public static LockStore named(String name, BeanFactory beans) {
		Object bean = beans.getBean(name);
		if (bean instanceof LockStore store) {
			return store;
		}
		LockStore made = null;
		if (isPresent("org.springframework.integration.support.locks.LockRegistry")) {
			made = IntegrationBeans.store(bean);
		}
		if (made == null && isPresent("org.springframework.integration.jdbc.lock.LockRepository")) {
			made = JdbcBeans.store(bean, beans);
		}
		if (made == null && isPresent("net.javacrumbs.shedlock.core.LockProvider")) {
			made = ShedLockBeans.store(bean);
		}
		if (made == null && isPresent("io.etcd.jetcd.Client")) {
			made = EtcdBeans.store(bean);
		}
		if (made == null) {
			throw new UnusableLockStoreException(
					"the bean '" + name + "' of " + bean.getClass().getName() + " is no lock store", CHOICES);
		}
		return made;
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, LockStores.class.getClassLoader());
	}

	/** Loaded only where Spring Integration is there, and so are the others. */
	private static final class IntegrationBeans {

		static @Nullable LockStore store(Object bean) {
			return (bean instanceof LockRegistry<?> registry) ? SpringIntegrationLockStore.of(registry) : null;
		}

	}

	private static final class JdbcBeans {

		static @Nullable LockStore store(Object bean, BeanFactory beans) {
			return (bean instanceof LockRepository repository)
					? JdbcLockStore.of(repository, beans.getBean(DataSource.class)) : null;
		}

	}

	private static final class ShedLockBeans {

		static @Nullable LockStore store(Object bean) {
			return (bean instanceof LockProvider provider) ? ShedLockStore.of(provider) : null;
		}

	}

	private static final class EtcdBeans {

		static @Nullable LockStore store(Object bean) {
			return (bean instanceof Client client) ? EtcdLockStore.of(client) : null;
		}

	}

}
