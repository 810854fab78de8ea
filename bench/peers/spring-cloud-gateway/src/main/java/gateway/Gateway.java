package gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Passes every request on to the provider. */
@SpringBootApplication
public class Gateway {
    public static void main(String... arguments) {
        SpringApplication.run(Gateway.class, arguments);
    }
}
