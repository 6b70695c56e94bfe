package io.atomicwrite.spring.pages.shop;

import io.atomicwrite.test.spring.AtomicFileTest;
import io.atomicwrite.test.spring.TemporaryPlace;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static io.atomicwrite.test.assertj.AtomicFileAssertions.assertThatFile;

/**
 * The test of a slice that the page shows.
 */
@AtomicFileTest
@Import(ThemeStore.class)
class ThemeStoreTests {

	@Autowired
	ThemeStore store;

	@Autowired
	TemporaryPlace place;

	@Test
	void themeIsSaved() {
		this.store.choose("dark");
		assertThatFile(this.place.of("/etc/shop/settings.yaml")).content().contains("dark");
	}

}
