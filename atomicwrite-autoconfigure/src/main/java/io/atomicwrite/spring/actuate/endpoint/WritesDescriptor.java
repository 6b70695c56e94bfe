package io.atomicwrite.spring.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.atomicwrite.WritePhase;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.spring.directory.LiveWrites;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of writes, moves and deletes.
 *
 * @param active those under way, the oldest first
 * @param ended the last ones that ended, the newest first
 */
public record WritesDescriptor(List<ActiveWrite> active, List<EndedWrite> ended) implements OperationResponseBody {

	static WritesDescriptor of(LiveWrites writes) {
		return new WritesDescriptor(
				writes.active()
					.stream()
					.map((write) -> new ActiveWrite(write.target().toString(), write.attempt().kind(),
							write.attempt().phase(), write.since(), write.thread()))
					.toList(),
				writes.ended()
					.stream()
					.map((write) -> new EndedWrite(write.attempt().target().toString(), write.attempt().kind(),
							write.outcome(), write.attempt().phase(), write.since(), write.took(), write.phases()))
					.toList());
	}

	/**
	 * Description of a write under way.
	 *
	 * @param target the target
	 * @param kind what is attempted
	 * @param phase the phase it is in
	 * @param since when it began
	 * @param thread the thread that began it
	 */
	public record ActiveWrite(String target, WriteAttempt.Kind kind, WritePhase phase, Instant since, String thread) {
	}

	/**
	 * Description of a write that ended.
	 *
	 * @param target the target
	 * @param kind what was attempted
	 * @param outcome its outcome, or {@code DISCARDED} if it was given up
	 * @param phase the phase it ended in
	 * @param since when it began
	 * @param took how long it took
	 * @param phases how long each phase took; empty if it did not succeed
	 */
	public record EndedWrite(String target, WriteAttempt.Kind kind, String outcome, WritePhase phase, Instant since,
			Duration took, Map<WritePhase, Duration> phases) {
	}

}
