package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.NativeCalls;

/**
 * Exchanges two names on any JDK, for tests of all that surrounds the exchange: by one
 * call where there are native calls, and by three renames otherwise.
 */
public final class ExchangingFileOps extends ForwardingFileOps {

	/**
	 * Creates such operations.
	 * @param delegate does all else
	 */
	public ExchangingFileOps(FileOps delegate) {
		super(delegate);
	}

	@Override
	public void exchange(Path one, Path other) throws IOException {
		if (NativeCalls.status().used()) {
			super.exchange(one, other);
			return;
		}
		for (Path name : new Path[] { one, other }) {
			if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
				throw new NoSuchFileException(name.toString());
			}
		}
		Path aside = one.resolveSibling(one.getFileName() + ".aside");
		Files.move(one, aside);
		Files.move(other, one);
		Files.move(aside, other);
	}

}
