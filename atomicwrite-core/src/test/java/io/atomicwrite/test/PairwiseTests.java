package io.atomicwrite.test;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.atomicwrite.test.Pairwise.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PairwiseTests {

	@ParameterizedTest
	@ValueSource(strings = { "2,2", "2,2,2", "3,4,5", "2,2,2,2,2,2,2,2,2,2", "6,2,2,3,5,4,3,3,2,6,4,3", "2,9" })
	void eachPairOfValuesIsInACase(String shape) {
		int[] sizes = List.of(shape.split(",")).stream().mapToInt(Integer::parseInt).toArray();
		for (long seed = 0; seed < 3; seed++) {
			Pairwise pairwise = new Pairwise();
			for (int i = 0; i < sizes.length; i++) {
				pairwise.with("p" + i, IntStream.range(0, sizes[i]).boxed().toArray());
			}
			assertCovered(pairwise.cases(seed), sizes);
		}
	}

	private static void assertCovered(List<Case> cases, int[] sizes) {
		int largest = 0;
		for (int first = 0; first < sizes.length; first++) {
			for (int second = first + 1; second < sizes.length; second++) {
				largest = Math.max(largest, sizes[first] * sizes[second]);
				for (int i = 0; i < sizes[first]; i++) {
					for (int j = 0; j < sizes[second]; j++) {
						assertThat(cases).anyMatch(holds("p" + first, i).and(holds("p" + second, j)));
					}
				}
			}
		}
		assertThat(cases).allMatch((one) -> one.values().size() == sizes.length)
			.hasSizeBetween(largest, 2 * largest + 10);
	}

	private static java.util.function.Predicate<Case> holds(String name, int value) {
		return (one) -> one.get(name, Integer.class) == value;
	}

	@Test
	void sameSeedGivesTheSameCasesAndAnotherOthers() {
		Pairwise pairwise = new Pairwise().with("a", 1, 2, 3).with("b", "x", null).withFlag("c").withFlag("d");
		assertThat(pairwise.cases(1)).isEqualTo(pairwise.cases(1)).isNotEqualTo(pairwise.cases(2));
		assertThat(pairwise.cases(1)).anyMatch((one) -> Objects.isNull(one.find("b", String.class)));
	}

	@Test
	void parameterWithoutAChoiceIsRefused() {
		Pairwise pairwise = new Pairwise().withFlag("a");
		assertThatIllegalArgumentException().isThrownBy(() -> pairwise.with("b", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> pairwise.withFlag("a"));
	}

}
