package io.atomicwrite.spring.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.ClusterLockRegistry;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockStore;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.lock.LockStores;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Creates the lock registry of {@code atomicwrite.lock.scope=cluster}. Its own class, so
 * that nothing of it is loaded with another scope.
 */
final class ClusterLocking {

	private final ListableBeanFactory beans;

	private final AtomicWriteProperties properties;

	ClusterLocking(ListableBeanFactory beans, AtomicWriteProperties properties) {
		this.beans = beans;
		this.properties = properties;
	}

	LockRegistry create(FileOps files, Supplier<? extends List<LockListener>> listeners) {
		AtomicWriteProperties.Lock lock = this.properties.lock();
		ClusterLockRegistry.Builder builder = LockRegistry.clusterBuilder(store(lock.store()))
			.leaseTime(lock.leaseTime())
			.storeTimeout(lock.storeTimeout())
			.keyPrefix(lock.keyPrefix())
			.companions(this.properties.companions())
			.files(files)
			.listeners(listeners);
		if (lock.maxClockSkew() != null) {
			builder.maxClockSkew(lock.maxClockSkew());
		}
		for (ManagedDirectory directory : this.beans.getBean(ManagedDirectories.class).all()) {
			builder.directory(directory.name(), directory.path());
		}
		return builder.build();
	}

	/**
	 * A registry that serves something else is never found by chance: it must be named.
	 */
	private LockStore store(@Nullable String name) {
		String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, LockStore.class);
		if (name != null && !name.isBlank()) {
			if (!this.beans.containsBean(name)) {
				throw new LockStoreNotChosenException(name, List.of(names));
			}
			return LockStores.named(name, this.beans);
		}
		return Optional.ofNullable(this.beans.getBeanProvider(LockStore.class).getIfUnique())
			.orElseThrow(() -> new LockStoreNotChosenException(null, List.of(names)));
	}

}
