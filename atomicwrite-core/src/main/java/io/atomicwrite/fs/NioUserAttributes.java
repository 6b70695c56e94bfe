package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.IoErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * The user attributes of a file, over the view of the JDK.
 */
final class NioUserAttributes {

	private final Path file;

	private final @Nullable UserDefinedFileAttributeView view;

	NioUserAttributes(Path file) {
		this.file = file;
		this.view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
	}

	Map<String, byte[]> all() throws IOException {
		UserDefinedFileAttributeView present = this.view;
		return (present != null) ? declared(() -> readAll(present)) : Map.of();
	}

	private static Map<String, byte[]> readAll(UserDefinedFileAttributeView view) throws IOException {
		Map<String, byte[]> attributes = new LinkedHashMap<>();
		for (String name : list(view)) {
			ByteBuffer value = ByteBuffer.allocate(view.size(name));
			view.read(name, value);
			attributes.put(name, value.array());
		}
		return attributes;
	}

	private static List<String> list(UserDefinedFileAttributeView view) throws IOException {
		try {
			return view.list();
		}
		catch (FileSystemException ex) {
			// the message of ENOTSUP is all that the JDK passes on; a filesystem without
			// attributes has none
			if (IoErrors.classify(ex) == IoErrorKind.NOT_SUPPORTED) {
				return List.of();
			}
			throw ex;
		}
	}

	void set(String name, byte[] value) throws IOException {
		UserDefinedFileAttributeView present = this.view;
		if (present == null) {
			throw new FileSystemException(this.file.toString(), null, "user attributes are not supported here");
		}
		declared(() -> present.write(name, ByteBuffer.wrap(value)));
	}

	/**
	 * Where close(2) fails, the view throws the JDK's own exception, which is checked and
	 * which it does not declare.
	 */
	private <T> T declared(Access<T> access) throws IOException {
		try {
			return access.run();
		}
		catch (IOException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			FileSystemException declared = new FileSystemException(this.file.toString(), null, ex.getMessage());
			declared.initCause(ex);
			throw declared;
		}
	}

	private interface Access<T> {

		T run() throws Exception;

	}

}
