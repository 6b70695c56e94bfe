package io.atomicwrite.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is to change in a file, whatever it holds when its turn comes.
 */
@FunctionalInterface
interface TreeEdit {

	/**
	 * Returns the changes, each of the tree that those before it have made.
	 * @param tree the tree of the file, {@code null} if it holds nothing
	 * @return the changes
	 * @throws Failure if the tree has no place for one of them
	 */
	List<TreeChange> changes(@Nullable Object tree);

}
