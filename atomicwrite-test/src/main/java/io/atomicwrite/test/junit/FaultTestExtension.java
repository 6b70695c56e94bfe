package io.atomicwrite.test.junit;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs a {@link FaultTest} for each fault.
 */
final class FaultTestExtension implements TestTemplateInvocationContextProvider {

	@Override
	public boolean supportsTestTemplate(ExtensionContext context) {
		return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), FaultTest.class);
	}

	@Override
	public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
		FaultTest test = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), FaultTest.class)
			.orElseThrow();
		return new FaultPlan(test.errors()).faults().map(FaultTestExtension::invocation);
	}

	private static TestTemplateInvocationContext invocation(Fault fault) {
		return new TestTemplateInvocationContext() {

			@Override
			public String getDisplayName(int index) {
				return fault.toString();
			}

			@Override
			public List<Extension> getAdditionalExtensions() {
				return List.of(new FaultRun(fault));
			}

		};
	}

}
