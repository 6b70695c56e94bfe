package io.atomicwrite.test;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

class SliceTests {

	@Test
	void slicesTogetherHaveEachCaseOnce() {
		List<Integer> all = IntStream.range(0, 10).boxed().toList();
		Stream<Integer> found = IntStream.rangeClosed(1, 4)
			.boxed()
			.flatMap((part) -> new Slice(part, 4).of(all.stream()));
		assertThat(found).containsExactlyInAnyOrderElementsOf(all);
		assertThat(Slice.of("1/1").of(all.stream())).containsExactlyElementsOf(all);
	}

	@Test
	void thereIsNoSliceBeyondTheLast() {
		assertThatIllegalArgumentException().isThrownBy(() -> Slice.of("5/4"));
		assertThatIllegalArgumentException().isThrownBy(() -> Slice.of("0/4"));
	}

	@Test
	void methodsOfTheEvidenceAreInOneSliceAndTheOthersInEach() {
		List<List<String>> slices = IntStream.rangeClosed(1, 4)
			.mapToObj((part) -> methods(new Slice(part, 4)))
			.toList();
		assertThat(slices).allSatisfy((found) -> assertThat(found).contains("plain()", "byItself()"));
		for (String method : List.of("enumerates()", "stresses()", "forks()", "mounts()")) {
			assertThat(slices.stream().filter((found) -> found.contains(method))).as(method).hasSize(1);
		}
		assertThat(methods(Slice.of("1/1"))).hasSize(6);
	}

	private static List<String> methods(Slice slice) {
		LauncherConfig config = LauncherConfig.builder()
			.enablePostDiscoveryFilterAutoRegistration(false)
			.addPostDiscoveryFilters(new SliceFilter(slice))
			.build();
		TestPlan plan = LauncherFactory.create(config)
			.discover(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Tagged.class)).build());
		return plan.getRoots()
			.stream()
			.flatMap((root) -> plan.getDescendants(root).stream())
			.filter((found) -> found.getType() == TestDescriptor.Type.TEST)
			.map(TestIdentifier::getLegacyReportingName)
			.toList();
	}

	static class Tagged {

		@Test
		void plain() {
		}

		@Test
		@Enumerates
		void enumerates() {
		}

		@Test
		@Stresses
		void stresses() {
		}

		@Test
		@Forks
		void forks() {
		}

		@Test
		@Mounts
		void mounts() {
		}

		@Test
		@Enumerates
		@SlicesItself
		void byItself() {
		}

	}

}
