package io.atomicwrite.test.junit;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.test.directory.DurableDirectory;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Creates the directories of {@link DurableTempDir}.
 */
final class DurableTempDirectory implements TempDirFactory {

	@Override
	public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
		return DurableDirectory.create();
	}

}
