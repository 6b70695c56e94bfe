package io.atomicwrite.spring.config;

import java.util.Set;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.context.refresh.ContextRefresher;

/**
 * Lets a refresh of Spring Cloud that others ask for, as {@code /actuator/refresh} does,
 * keep the properties of watched files: these follow their file once it has settled.
 */
public final class SettledRefreshes implements BeanPostProcessor {

	private static final Set<String> REFRESHES = Set.of("refresh", "refreshEnvironment");

	private final Supplier<ImportedFiles> files;

	/**
	 * Creates an instance.
	 * @param files the imported files, asked for at each refresh
	 */
	public SettledRefreshes(Supplier<ImportedFiles> files) {
		this.files = files;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (!(bean instanceof ContextRefresher)) {
			return bean;
		}
		ProxyFactory proxy = new ProxyFactory(bean);
		proxy.setProxyTargetClass(true);
		proxy.addAdvice((MethodInterceptor) this::invoke);
		return proxy.getProxy(bean.getClass().getClassLoader());
	}

	private @Nullable Object invoke(MethodInvocation call) throws Throwable {
		if (!REFRESHES.contains(call.getMethod().getName())) {
			return call.proceed();
		}
		Outcome outcome = new Outcome();
		AcceptedSources.ofWatched(this.files.get()).during(() -> outcome.of(call));
		return outcome.get();
	}

	/** What a call has returned or thrown. */
	private static final class Outcome {

		private @Nullable Object result;

		private @Nullable Throwable failure;

		void of(MethodInvocation call) {
			try {
				this.result = call.proceed();
			}
			catch (Throwable ex) {
				this.failure = ex;
			}
		}

		@Nullable Object get() throws Throwable {
			if (this.failure != null) {
				throw this.failure;
			}
			return this.result;
		}

	}

}
