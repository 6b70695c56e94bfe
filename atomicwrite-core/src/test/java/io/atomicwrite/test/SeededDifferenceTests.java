package io.atomicwrite.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.contract.FileOpsContract;
import io.atomicwrite.test.contract.FileOpsSubject;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashStates.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contracts are not blind: a difference that is seeded into the model is found, by
 * the test that is about it.
 */
@Enumerates
class SeededDifferenceTests {

	@Test
	void nothingFailsWithoutADifference() throws Exception {
		assertThat(failing(UnaryOperator.identity(), UnaryOperator.identity())).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aDifferenceIsFound(SeededDifference difference) throws Exception {
		assertThat(failing(difference.disk(), difference.files())).contains(difference.findingTest());
	}

	private static Set<String> failing(UnaryOperator<CrashFileOps> disk, UnaryOperator<FileOps> files)
			throws Exception {
		Set<String> failing = new TreeSet<>();
		run(FileOpsContract.class, () -> contract(disk, files), failing);
		for (Profile profile : Profile.values()) {
			run(DurabilityContract.class, () -> new CrashDurability(profile, disk, files), failing);
		}
		return failing;
	}

	private static FileOpsContract contract(UnaryOperator<CrashFileOps> disk, UnaryOperator<FileOps> files) {
		return new FileOpsContract() {

			@Override
			protected FileOpsSubject subject() {
				CrashFileOps model = disk.apply(CrashFileOps.empty(Path.of("/w")));
				FileOpsSubject plain = CrashFileOpsContractTests.subject(model);
				return new FileOpsSubject(files.apply(model), plain.directory(), plain.traits(), plain.lockLook());
			}

		};
	}

	private static Set<Method> methods(Class<?> contract) {
		Set<Method> methods = new LinkedHashSet<>(List.of(contract.getDeclaredMethods()));
		methods.addAll(List.of(contract.getMethods()));
		return methods;
	}

	private static void invoke(Method method, Object subject) throws ReflectiveOperationException {
		method.setAccessible(true);
		method.invoke(subject);
	}

	private static <T> void run(Class<T> contract, Supplier<? extends T> subjects, Set<String> failing)
			throws ReflectiveOperationException {
		// the methods of a contract are inherited from its themes
		for (Method method : methods(contract)) {
			if (method.isAnnotationPresent(Test.class)) {
				T subject = subjects.get();
				try {
					if (subject instanceof FileOpsContract) {
						invoke(FileOpsContract.class.getDeclaredMethod("openDirectory"), subject);
					}
					invoke(method, subject);
				}
				catch (InvocationTargetException ex) {
					if (!(ex.getCause() instanceof TestAbortedException)) {
						failing.add(method.getName());
					}
				}
				finally {
					// as the test of interrupts leaves it
					Thread.interrupted();
				}
			}
		}
	}

}
