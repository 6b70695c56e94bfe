package io.atomicwrite.hosts;

import java.nio.file.Path;
import java.time.Duration;

class ShedLockServerTests extends ServerContract {

	ShedLockServerTests() {
		super("shedlock", Duration.ofMillis(500));
	}

	@Override
	RunningServer start(Path data) throws Exception {
		return RunningServer.postgres(data);
	}

}
