package io.atomicwrite.spring.pages.shop;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.test.spring.TemporaryDirectories;
import io.atomicwrite.test.spring.TemporaryPlace;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.test.context.SpringBootTest;

import static io.atomicwrite.test.assertj.AtomicFileAssertions.assertThatFile;
import static io.atomicwrite.test.spring.AtomicHealthAssertions.assertThatHealth;

/**
 * The test that the page shows.
 */
@SpringBootTest
@TemporaryDirectories
class ShopTests {

	@Autowired
	AtomicDocument<Settings> settings;

	@Autowired
	AtomicFileOperations files;

	@Autowired
	ManagedDirectories directories;

	@Autowired
	TemporaryPlace place;

	@Autowired
	HealthEndpoint health;

	@Test
	void themeIsSaved() {
		this.settings.update((old) -> old.withTheme("dark"));
		assertThatFile(this.place.of("/etc/shop/settings.yaml")).content().contains("dark");
		assertThatHealth(this.health).ofDocument("settings").isUp();
	}

	@Test
	void reportHasABackup() {
		this.files.writeString(this.directories.path("data").resolve("report.csv"), "a");
		this.files.writeString(this.directories.path("data").resolve("report.csv"), "b");
		assertThatFile(this.place.of("/var/lib/shop/report.csv")).hasContent("b")
			.hasBackupsIn(this.place.of("/var/backups/shop"), 1)
			.hasNoLeftovers();
		assertThatHealth(this.health).ofDirectory("data").isUp();
	}

}
