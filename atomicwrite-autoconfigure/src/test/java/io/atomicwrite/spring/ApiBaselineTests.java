package io.atomicwrite.spring;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.test.ApiBaseline;
import io.atomicwrite.test.PublicApi;
import org.junit.jupiter.api.Test;

/**
 * The API of the starter and of the test kit.
 */
class ApiBaselineTests {

	@Test
	void theApiOfTheStarterIsTheOneThatIsKept() throws IOException {
		ApiBaseline.of("atomicwrite-autoconfigure").require(PublicApi.ofModuleOf(AtomicWriteAutoConfiguration.class));
	}

	/** Here is all that the test kit is compiled with. */
	@Test
	void theApiOfTheTestKitIsTheOneThatIsKept() throws IOException {
		ApiBaseline.of("atomicwrite-test")
			.require(PublicApi.of(Path.of("../atomicwrite-test/target/classes"), getClass().getClassLoader()));
	}

}
