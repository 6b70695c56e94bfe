package io.atomicwrite.spring.config;

import java.util.function.Consumer;

import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.validation.annotation.Validated;

/**
 * The {@code @ConfigurationProperties} beans of an application. Where Spring Cloud binds
 * them anew it does so one by one, and one that fails has lost its values: so they are
 * tried before.
 */
final class ConfigurationBeans implements Consumer<MutablePropertySources> {

	private final ApplicationContext context;

	private final PropertyBinder.Factory binders;

	ConfigurationBeans(ApplicationContext context, PropertyBinder.Factory binders) {
		this.context = context;
		this.binders = binders;
	}

	/**
	 * Binds properties to new objects of all types.
	 * @throws BindException if one can't be bound that can be with the properties of now
	 */
	@Override
	public void accept(MutablePropertySources candidate) {
		PropertyBinder binder = this.binders.of(candidate);
		for (ConfigurationPropertiesBean bean : ConfigurationPropertiesBean.getAll(this.context).values()) {
			try {
				bind(binder, bean);
			}
			catch (BindException ex) {
				if (isBound(bean)) {
					throw ex;
				}
			}
		}
	}

	private boolean isBound(ConfigurationPropertiesBean bean) {
		try {
			bind(this.binders.ofEnvironment(), bean);
			return true;
		}
		catch (BindException ex) {
			// it can't be made as we make it
			return false;
		}
	}

	private static void bind(PropertyBinder binder, ConfigurationPropertiesBean bean) {
		Bindable<?> target = bean.asBindTarget();
		Bindable<?> fresh = Bindable.of(target.getType()).withAnnotations(target.getAnnotations());
		binder.tryToBind(bean.getAnnotation().prefix(), fresh, target.getAnnotation(Validated.class) != null);
	}

}
