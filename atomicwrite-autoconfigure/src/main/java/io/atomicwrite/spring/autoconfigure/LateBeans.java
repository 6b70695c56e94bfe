package io.atomicwrite.spring.autoconfigure;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Beans that are looked up after the template has been created, so that they may use it:
 * at the first event, and at the latest when all singletons exist. An event that occurs
 * while one of them is being created reaches only those that exist meanwhile.
 *
 * @param <T> the type of the beans
 */
final class LateBeans<T> implements Supplier<List<T>>, SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(LateBeans.class);

	private final ConfigurableListableBeanFactory beans;

	private final Class<T> type;

	private final String user;

	private final List<T> meanwhile;

	private final AtomicBoolean failed = new AtomicBoolean();

	private volatile @Nullable List<T> found;

	/**
	 * Creates the look-up.
	 * @param beans where to look
	 * @param type the type of the beans
	 * @param user the name of the bean that uses them, which is destroyed before them
	 * @param meanwhile those that exist already
	 */
	LateBeans(ConfigurableListableBeanFactory beans, Class<T> type, String user, List<T> meanwhile) {
		this.beans = beans;
		this.type = type;
		this.user = user;
		this.meanwhile = meanwhile;
	}

	@Override
	public List<T> get() {
		List<T> known = this.found;
		if (known != null) {
			return known;
		}
		try {
			return find();
		}
		catch (BeansException ex) {
			if (!isInCreation(ex) && this.failed.compareAndSet(false, true)) {
				logger.warn("A listener of atomicwrite can't be created, so events do not reach it", ex);
			}
			return this.meanwhile;
		}
	}

	private List<T> find() {
		List<T> all = this.beans.getBeanProvider(this.type).orderedStream().toList();
		if (this.found == null) {
			// a registry of meters that is closed takes no more of them
			for (String name : this.beans.getBeanNamesForType(this.type, false, false)) {
				this.beans.registerDependentBean(name, this.user);
			}
			this.found = all;
		}
		return all;
	}

	private static boolean isInCreation(BeansException ex) {
		return ex instanceof BeanCreationException creation && (ex instanceof BeanCurrentlyInCreationException
				|| creation.contains(BeanCurrentlyInCreationException.class));
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.found == null) {
			find();
		}
	}

}
