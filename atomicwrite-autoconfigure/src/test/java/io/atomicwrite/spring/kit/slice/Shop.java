package io.atomicwrite.spring.kit.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication(proxyBeanMethods = false)
class Shop {

}
