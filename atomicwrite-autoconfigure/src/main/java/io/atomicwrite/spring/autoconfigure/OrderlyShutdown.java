package io.atomicwrite.spring.autoconfigure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.lock.LockRegistry;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Shuts down the lock registries before a template is closed, so that threads waiting for
 * a lock give up; closing the template then only waits for running writes. This happens
 * when the template bean is destroyed. Beans that depend on the template are destroyed
 * earlier and can still write.
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
		return bean instanceof AtomicFileOperations;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		Set.copyOf(this.registries).forEach(LockRegistry::shutdown);
	}

}
