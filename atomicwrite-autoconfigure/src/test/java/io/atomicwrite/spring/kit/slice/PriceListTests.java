package io.atomicwrite.spring.kit.slice;

import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.document.InvalidDocumentException;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.test.spring.AtomicFileTest;
import io.atomicwrite.test.spring.TemporaryPlace;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.context.WebApplicationContext;

import static io.atomicwrite.test.assertj.AtomicFileAssertions.assertThatFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A slice of an application whose other beans don't start.
 */
@AtomicFileTest(pathProperties = "shop.report",
		properties = { "atomicwrite.directories.data.path=/var/lib/slice",
				"atomicwrite.documents.prices.path=/etc/slice/prices.yaml", "shop.report=/srv/slice/report.txt" })
@Import(PriceList.class)
class PriceListTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private PriceList prices;

	@Autowired
	private AtomicFileOperations files;

	@Autowired
	private ManagedDirectories directories;

	@Autowired
	private TemporaryPlace place;

	@Test
	void documentsAreInThePlace() {
		this.prices.raise(12);
		assertThatFile(this.place.of("/etc/slice/prices.yaml")).content().contains("apple: 12");
	}

	@Test
	void constraintsOfDocumentsCount() {
		assertThatExceptionOfType(InvalidDocumentException.class).isThrownBy(() -> this.prices.raise(0));
	}

	@Test
	void managedDirectoriesAreInThePlace() {
		Path file = this.directories.path("data").resolve("pear.price");
		assertThat(file).isEqualTo(this.place.of("/var/lib/slice/pear.price"));
		this.files.writeValue(file, "15");
		assertThatFile(file).hasContent("15");
	}

	@Test
	void pathsOfTheApplicationAreInThePlace() {
		assertThat(this.context.getEnvironment().getProperty("shop.report"))
			.isEqualTo(this.place.of("/srv/slice/report.txt").toString());
	}

	@Test
	void nothingElseOfTheApplicationIsThere() {
		assertThat(this.context).isNotInstanceOf(WebApplicationContext.class);
		assertThat(this.context.getBeanNamesForType(Warehouse.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(Warehouse.Connections.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(HealthEndpoint.class)).isEmpty();
	}

	@Test
	void whatDecidesHowFilesLookIsThere() {
		assertThat(this.context.getBeanNamesForType(TextFormat.class)).hasSize(1);
		assertThat(this.context.getBeanNamesForType(VerifiedReads.class)).hasSize(1);
		assertThat(this.context.getBeanNamesForType(JsonMapper.class)).isNotEmpty();
		assertThat(this.context.getBeanNamesForType(Validator.class)).isNotEmpty();
	}

}
