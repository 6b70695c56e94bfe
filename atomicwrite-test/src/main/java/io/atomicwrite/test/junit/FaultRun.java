package io.atomicwrite.test.junit;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileTemplate;
import org.jspecify.annotations.Nullable;
import io.atomicwrite.test.directory.DurableDirectory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Gives one run of a {@link FaultTest} what it works with.
 */
final class FaultRun implements ParameterResolver, InvocationInterceptor, AfterEachCallback {

	private final Fault fault;

	private @Nullable AtomicFileTemplate template;

	private @Nullable Path directory;

	FaultRun(Fault fault) {
		this.fault = fault;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Parameter declared = parameter.getParameter();
		Class<?> type = declared.getType();
		return type == Fault.class || type == AtomicFileTemplate.class
				|| (type == Path.class && declared.getAnnotations().length == 0);
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		if (type == Fault.class) {
			return this.fault;
		}
		return (type == Path.class) ? directory() : template();
	}

	private Path directory() {
		Path created = (this.directory != null) ? this.directory : DurableDirectory.create();
		this.directory = created;
		return created;
	}

	private AtomicFileTemplate template() {
		AtomicFileTemplate built = (this.template != null) ? this.template
				: AtomicFileTemplate.builder().files(this.fault.fileOps()).build();
		this.template = built;
		return built;
	}

	@Override
	public void interceptTestTemplateMethod(Invocation<@Nullable Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) throws Throwable {
		invocation.proceed();
		this.fault.requireUsed();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.template != null) {
			this.template.close();
		}
		if (this.directory != null) {
			DurableDirectory.delete(this.directory);
		}
	}

}
