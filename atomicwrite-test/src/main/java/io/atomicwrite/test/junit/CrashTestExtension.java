package io.atomicwrite.test.junit;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs what a {@link CrashTest} has described.
 */
final class CrashTestExtension implements ParameterResolver, InvocationInterceptor {

	private static final Namespace NAMESPACE = Namespace.create(CrashTestExtension.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Crashes.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return crashes(context);
	}

	@Override
	public void interceptTestMethod(Invocation<@Nullable Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) throws Throwable {
		invocation.proceed();
		crashes(context).check();
	}

	private static Crashes crashes(ExtensionContext context) {
		CrashTest test = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), CrashTest.class)
			.orElseThrow();
		return context.getStore(NAMESPACE).computeIfAbsent(Crashes.class, (type) -> new Crashes(test), Crashes.class);
	}

}
