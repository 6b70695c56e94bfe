package io.atomicwrite.test.junit;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.test.fault.FileCall;

/**
 * The runs of a {@link FaultTest}: the first one finds out which calls there are.
 */
final class FaultPlan {

	private final List<FaultError> errors;

	private volatile List<FileCall> calls = List.of();

	FaultPlan(IoErrorKind[] errors) {
		this.errors = Stream.of(errors).map(FaultError::of).toList();
	}

	void found(List<FileCall> changes) {
		this.calls = List.copyOf(changes);
	}

	String call(int number) {
		return "call " + number + ", " + this.calls.get(number - 1) + ",";
	}

	/** The fault of each run. The calls are asked for when the first one has ended. */
	Stream<Fault> faults() {
		Stream<Fault> none = Stream.of(new Fault(this, 0, FaultError.of(IoErrorKind.INPUT_OUTPUT)));
		return Stream.concat(none,
				Stream.of(this)
					.flatMap((plan) -> IntStream.rangeClosed(1, plan.calls.size())
						.boxed()
						.flatMap((number) -> plan.errors.stream().map((error) -> new Fault(plan, number, error)))));
	}

}
