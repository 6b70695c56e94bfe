package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API of a module as it is kept in {@code docs/reference/api}.
 *
 * @param file the file
 * @param write whether to write it anew, as {@code -Dapi.write=true} demands
 */
public record ApiBaseline(Path file, boolean write) {

	private static final String HOW = "-Dapi.write=true writes %s anew; what others use may go away in a major version only";

	/**
	 * Returns the baseline of a module.
	 * @param module the name of the module
	 * @return its baseline
	 */
	public static ApiBaseline of(String module) {
		return new ApiBaseline(Path.of("../docs/reference/api", module + ".txt"), Boolean.getBoolean("api.write"));
	}

	/**
	 * Requires that an API is the one that is kept.
	 * @param api the API
	 * @throws IOException if the file can't be read
	 */
	public void require(PublicApi api) throws IOException {
		if (this.write) {
			Files.createDirectories(this.file.getParent());
			Files.write(this.file, api.lines());
		}
		PublicApi kept = new PublicApi(Files.readAllLines(this.file));
		assertThat(api.breaksOf(kept)).as("breaks of the API (" + HOW + ")", this.file).isEmpty();
		assertThat(api.lines()).as("the API (" + HOW + ")", this.file).isEqualTo(kept.lines());
	}

}
