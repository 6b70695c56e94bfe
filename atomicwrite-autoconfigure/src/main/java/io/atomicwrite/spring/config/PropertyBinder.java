package io.atomicwrite.spring.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;

/**
 * Binds properties as Spring Boot does, and validates what they are bound to.
 */
final class PropertyBinder {

	private static final BindHandler NO_HANDLER = BindHandler.DEFAULT;

	private final Binder binder;

	private final Supplier<@Nullable Validator> constraints;

	private PropertyBinder(Binder binder, Supplier<@Nullable Validator> constraints) {
		this.binder = binder;
		this.constraints = constraints;
	}

	<T> T bind(String prefix, Class<T> type) {
		return this.binder.bindOrCreate(prefix, Bindable.of(type), validating());
	}

	/** Binds properties to a new object that is not used. */
	void tryToBind(String prefix, Bindable<?> target, boolean validate) {
		this.binder.bind(prefix, target, validate ? validating() : NO_HANDLER);
	}

	private BindHandler validating() {
		Validator validator = this.constraints.get();
		return (validator != null) ? new ValidationBindHandler(validator) : NO_HANDLER;
	}

	/** Makes binders of the properties of an application. */
	static final class Factory {

		private static final boolean VALIDATION = ClassUtils.isPresent("jakarta.validation.Validator",
				PropertyBinder.class.getClassLoader());

		private final ConfigurableApplicationContext context;

		private @Nullable Validator validator;

		private boolean looked;

		Factory(ConfigurableApplicationContext context) {
			this.context = context;
		}

		PropertyBinder ofEnvironment() {
			return of(EnvironmentSources.copy(this.context.getEnvironment()));
		}

		PropertyBinder of(MutablePropertySources sources) {
			return new PropertyBinder(new Binder(ConfigurationPropertySources.from(sources),
					new PropertySourcesPlaceholdersResolver(sources), conversionServices(),
					this.context.getBeanFactory()::copyRegisteredEditorsTo, null, null), this::constraints);
		}

		private List<ConversionService> conversionServices() {
			List<ConversionService> services = new ArrayList<>();
			ApplicationConversionService own = new ApplicationConversionService();
			ApplicationConversionService.addBeans(own, this.context.getBeanFactory(),
					ConfigurationPropertiesBinding.VALUE);
			services.add(own);
			ConversionService ofContext = this.context.getBeanFactory().getConversionService();
			if (ofContext != null) {
				services.add(ofContext);
			}
			return services;
		}

		private synchronized @Nullable Validator constraints() {
			if (!this.looked) {
				this.looked = true;
				this.validator = VALIDATION ? JakartaConstraints.find(this.context) : null;
			}
			return this.validator;
		}

	}

}
