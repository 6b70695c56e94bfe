package io.atomicwrite.test;

import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out what belongs to the evidence and not to the current {@link Slice}: of the
 * methods with such a tag it takes some by their names. What every build runs, runs.
 */
public final class SliceFilter implements PostDiscoveryFilter {

	private static final Set<String> SLICED = Set.of(Enumerates.TAG, Stresses.TAG, Forks.TAG, Mounts.TAG);

	private final Slice slice;

	/** Creates the filter of this run. */
	public SliceFilter() {
		this(Slice.current());
	}

	SliceFilter(Slice slice) {
		this.slice = slice;
	}

	@Override
	public FilterResult apply(TestDescriptor descriptor) {
		boolean taken = this.slice.isWhole() || !(descriptor.getSource().orElse(null) instanceof MethodSource method)
				|| !isSliced(descriptor)
				|| this.slice.takes((method.getClassName() + "#" + method.getMethodName()).hashCode());
		return FilterResult.includedIf(taken);
	}

	private static boolean isSliced(TestDescriptor descriptor) {
		Set<String> tags = descriptor.getTags().stream().map(TestTag::getName).collect(Collectors.toSet());
		return !tags.contains(SlicesItself.TAG) && !Collections.disjoint(tags, SLICED);
	}

}
