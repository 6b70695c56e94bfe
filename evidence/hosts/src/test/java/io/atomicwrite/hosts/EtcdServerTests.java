package io.atomicwrite.hosts;

import java.nio.file.Path;
import java.time.Duration;

class EtcdServerTests extends ServerContract {

	EtcdServerTests() {
		super("etcd", Duration.ofMillis(1000));
	}

	@Override
	RunningServer start(Path data) throws Exception {
		return RunningServer.etcd(data);
	}

}
