package io.atomicwrite.spring.autoconfigure;

import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.ScopeNotActiveException;

/**
 * Finds the one bean of a type that the starter works with: the only one that is a
 * candidate for injection, or the one that is primary. Where an application has several
 * of a kind, as templates that it chooses by qualifier, the starter uses none of them and
 * logs what it uses instead.
 */
final class SoleBean {

	private static final Log logger = LogFactory.getLog(SoleBean.class);

	private SoleBean() {
	}

	/**
	 * Finds the bean.
	 * @param beans where to look
	 * @param type its type
	 * @param otherwise what is used if there are several, for the log
	 * @return the bean; empty if there is none, if there are several, and if it belongs
	 * to a scope that is not active, as a request
	 */
	static <T> Optional<T> of(ListableBeanFactory beans, Class<T> type, String otherwise) {
		Optional<T> found = inScope(beans, type);
		if (found.isEmpty()) {
			String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false);
			if (names.length > 1) {
				logger.info("There are several beans of type " + type.getSimpleName() + " (" + String.join(", ", names)
						+ ") and none is primary: atomicwrite itself uses " + otherwise);
			}
		}
		return found;
	}

	private static <T> Optional<T> inScope(ListableBeanFactory beans, Class<T> type) {
		try {
			return Optional.ofNullable(beans.getBeanProvider(type).getIfUnique());
		}
		catch (BeanCreationException ex) {
			if (ex.contains(ScopeNotActiveException.class)) {
				return Optional.empty();
			}
			throw ex;
		}
	}

}
