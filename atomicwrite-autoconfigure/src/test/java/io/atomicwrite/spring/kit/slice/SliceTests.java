package io.atomicwrite.spring.kit.slice;

import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.test.spring.AtomicFileTest;
import io.atomicwrite.test.spring.AutoConfigureAtomicFiles;
import io.atomicwrite.test.spring.TemporaryDirectories;
import io.atomicwrite.test.spring.TemporaryPlace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The attributes of {@link AtomicFileTest}, and its parts on their own.
 */
class SliceTests {

	private final List<TestContextManager> loaded = new ArrayList<>();

	@AfterEach
	void close() {
		this.loaded
			.forEach((manager) -> manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE));
	}

	private ApplicationContext load(Class<?> test) {
		TestContextManager manager = new TestContextManager(test);
		this.loaded.add(manager);
		return manager.getTestContext().getApplicationContext();
	}

	private static boolean has(ApplicationContext context, Class<?> type) {
		return context.getBeanNamesForType(type).length > 0;
	}

	@Test
	void theWholeApplicationDoesNotStart() {
		assertThatIllegalStateException().isThrownBy(() -> load(Whole.class))
			.havingRootCause()
			.withMessageStartingWith("no ");
	}

	@Test
	void filtersLetMorePass() {
		ApplicationContext context = load(More.class);
		assertThat(has(context, PriceList.class)).isTrue();
		assertThat(has(context, TextFormat.class)).isTrue();
	}

	@Test
	void filtersLetLessPass() {
		assertThat(has(load(Less.class), TextFormat.class)).isFalse();
		ApplicationContext none = load(None.class);
		assertThat(has(none, TextFormat.class)).isFalse();
		assertThat(has(none, VerifiedReads.class)).isFalse();
		assertThat(has(none, AtomicFileOperations.class)).isTrue();
	}

	@Test
	void anAutoConfigurationIsLeftOut() {
		ApplicationContext context = load(WithoutJackson.class);
		assertThat(has(context, JsonMapper.class)).isFalse();
		assertThat(has(context, AtomicFileOperations.class)).isTrue();
	}

	@Test
	void anotherSliceGetsTheTemplate() {
		ApplicationContext context = load(OfJson.class);
		assertThat(has(context, AtomicFileOperations.class)).isTrue();
		assertThat(has(context, TemporaryPlace.class)).isTrue();
		assertThat(has(context, Warehouse.class)).isFalse();
	}

	@SpringBootTest(classes = Shop.class, properties = "atomicwrite.documents.prices.path=prices.yaml")
	@TemporaryDirectories
	static class Whole {

	}

	@AtomicFileTest(properties = "atomicwrite.documents.prices.path=prices.yaml",
			includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = PriceList.class))
	static class More {

	}

	@AtomicFileTest(excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = TextFormat.class))
	static class Less {

	}

	@AtomicFileTest(useDefaultFilters = false)
	static class None {

	}

	@AtomicFileTest(excludeAutoConfiguration = JacksonAutoConfiguration.class)
	static class WithoutJackson {

	}

	@JsonTest
	@AutoConfigureAtomicFiles
	@TemporaryDirectories
	static class OfJson {

	}

}
