package io.atomicwrite.spring.autoconfigure;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.ScopeNotActiveException;

/**
 * What the starter itself works with: its template, inspection, housekeeping, endpoint
 * and metrics. That is the bean of each type that is the only candidate or primary. Where
 * an application has several of a type, and for what it has none of, the starter uses its
 * own, as the properties configure it. Thread-safe.
 */
public final class AtomicWriteInfrastructure implements DisposableBean {

	private final ListableBeanFactory beans;

	private final Supplier<? extends List<LockListener>> listeners;

	private final boolean keepLockFiles;

	private final CompanionNames companions;

	private final AtomicWriteProperties properties;

	private final FileOps files;

	private final InstantSource clock;

	private @Nullable LockRegistry ownLocks;

	private @Nullable LockRegistry locks;

	AtomicWriteInfrastructure(ListableBeanFactory beans, AtomicWriteProperties properties,
			Supplier<? extends List<LockListener>> listeners) {
		this.beans = beans;
		this.listeners = listeners;
		this.keepLockFiles = properties.lock().file() == AtomicWriteProperties.Lock.Disposal.KEEP;
		this.companions = properties.companions();
		this.properties = properties;
		this.files = SoleBean.of(beans, FileOps.class, "the file operations of this machine")
			.orElseGet(FileOps::system);
		this.clock = SoleBean.of(beans, InstantSource.class, "the system's clock").orElseGet(InstantSource::system);
	}

	/**
	 * Returns the file operations.
	 * @return the operations
	 */
	public FileOps files() {
		return this.files;
	}

	/**
	 * Returns the clock.
	 * @return the clock
	 */
	public InstantSource clock() {
		return this.clock;
	}

	/**
	 * Returns the lock registry. What {@link LockRegistry#held() is held} and awaited
	 * includes all registries of the application.
	 * @return the registry; not to be closed
	 */
	public synchronized LockRegistry locks() {
		LockRegistry known = this.locks;
		if (known == null) {
			known = SoleBean.of(this.beans, LockRegistry.class, "a registry of its own, which uses lock files")
				.orElseGet(this::ownLocks);
			this.locks = known;
		}
		return known;
	}

	/**
	 * Returns the operations of the application.
	 * @return the operations; empty if there are several, or none outside of a scope
	 */
	Optional<AtomicFileOperations> operations() {
		return SoleBean.of(this.beans, AtomicFileOperations.class, "the options of the properties")
			.filter(AtomicWriteInfrastructure::isInActiveScope);
	}

	/** The proxy of a bean in a scope can be injected at any time, but not be called. */
	private static boolean isInActiveScope(AtomicFileOperations operations) {
		try {
			operations.defaults();
			return true;
		}
		catch (ScopeNotActiveException ex) {
			return false;
		}
	}

	/** Creates a registry as the properties configure it. */
	LockRegistry newLocks() {
		if (this.properties.lock().scope() == AtomicWriteProperties.Lock.Scope.CLUSTER) {
			return new ClusterLocking(this.beans, this.properties).create(this.files, this.listeners);
		}
		return LockRegistry.fileBuilder()
			.keepLockFile(this.keepLockFiles)
			.companions(this.companions)
			.files(this.files)
			.listeners(this.listeners)
			.build();
	}

	private LockRegistry ownLocks() {
		LockRegistry own = newLocks();
		this.ownLocks = own;
		return new ObservedLocks(own, () -> registries(own));
	}

	private Collection<LockRegistry> registries(LockRegistry own) {
		String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, LockRegistry.class, false,
				false);
		List<LockRegistry> all = new ArrayList<>(
				Arrays.stream(names).map((name) -> this.beans.getBean(name, LockRegistry.class)).toList());
		all.add(own);
		return all;
	}

	/**
	 * Closes what the starter has made for itself.
	 */
	@Override
	public synchronized void destroy() {
		if (this.ownLocks != null) {
			this.ownLocks.close();
		}
	}

}
