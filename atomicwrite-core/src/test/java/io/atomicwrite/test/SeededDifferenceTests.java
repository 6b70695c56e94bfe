package io.atomicwrite.test;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.CrashStates.Profile;
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

	private static <T> void run(Class<T> contract, Supplier<? extends T> subjects, Set<String> failing)
			throws IllegalAccessException {
		for (Method method : contract.getDeclaredMethods()) {
			if (method.isAnnotationPresent(Test.class)) {
				T subject = subjects.get();
				try {
					if (subject instanceof FileOpsContract opened) {
						opened.openDirectory();
					}
					method.invoke(subject);
				}
				catch (InvocationTargetException ex) {
					if (!(ex.getCause() instanceof TestAbortedException)) {
						failing.add(method.getName());
					}
				}
				catch (IOException ex) {
					failing.add(method.getName());
				}
				finally {
					// as the test of interrupts leaves it
					Thread.interrupted();
				}
			}
		}
	}

}
