package io.atomicwrite.spring.autoconfigure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.lock.LockRegistry;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Tells those who wait for a lock to give up before a template is closed, which waits for
 * writes under way. Runs when a template is destroyed, hence after the beans that use it:
 * they can still write while they are destroyed.
 */
final class OrderlyShutdown implements DestructionAwareBeanPostProcessor {

	private final Set<LockRegistry> registries = Collections
		.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof LockRegistry registry) {
			this.registries.add(registry);
		}
		return bean;
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof AtomicFileTemplate;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		Set.copyOf(this.registries).forEach(LockRegistry::shutdown);
	}

}
