package io.atomicwrite.spring.config;

import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Validation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.validation.Validator;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/**
 * The constraints of Jakarta Validation. Loaded only where its API is on the class path.
 */
final class JakartaConstraints {

	private JakartaConstraints() {
	}

	/**
	 * Returns what validates them: the validator of the application, or else one of our
	 * own; {@code null} without a provider.
	 */
	static @Nullable Validator find(ApplicationContext context) {
		BeanFactory beans = context.getAutowireCapableBeanFactory();
		jakarta.validation.Validator found = beans.getBeanProvider(jakarta.validation.Validator.class).getIfUnique();
		try {
			return new SpringValidatorAdapter(
					(found != null) ? found : Validation.buildDefaultValidatorFactory().getValidator());
		}
		catch (NoProviderFoundException ex) {
			return null;
		}
	}

}
