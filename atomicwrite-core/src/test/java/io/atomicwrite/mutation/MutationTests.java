package io.atomicwrite.mutation;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.test.Enumerates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The checks of the order of calls, of crashes and of faults are not blind: each mutation
 * of the calls is found by the check that is about it, and without one the same check
 * finds nothing.
 */
@Enumerates
class MutationTests {

	@TempDir
	private Path temp;

	private Path directory;

	@BeforeEach
	void directory() throws Exception {
		this.directory = this.temp.toRealPath();
	}

	@ParameterizedTest
	@EnumSource
	void aMutationIsFound(FileMutation mutation) {
		assertThatExceptionOfType(AssertionError.class).as(mutation.check().toString())
			.isThrownBy(() -> mutation.check().run(mutation.mutation(), this.directory));
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsFoundWithoutAMutation(Check check) throws Exception {
		check.run(UnaryOperator.identity(), this.directory);
	}

	@Test
	void eachCheckHasAMutation() {
		Set<Check> used = Stream.of(FileMutation.values()).map(FileMutation::check).collect(Collectors.toSet());
		assertThat(used).containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Check.class));
	}

}
